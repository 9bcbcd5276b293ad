#include "vision/verifiers/fight/streaks.hpp"

#include "vision/verifiers/fight/motion.hpp"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

cv::Mat wall_with_somebody(double x) {
    cv::Mat picture(kSide, kSide, CV_8UC1);
    for (int row = 0; row < kSide; ++row) {
        for (int column = 0; column < kSide; ++column) {
            const double dx = column - 56 - x;
            const double dy = row - 56;
            const bool is_body = dx * dx + dy * dy < 24 * 24;
            const double value = is_body ? 130 + 40 * std::sin(0.5 * dx) * std::cos(0.4 * dy)
                                         : 90 + 20 * std::sin(0.3 * column) * std::sin(0.2 * row);
            picture.at<std::uint8_t>(row, column) = static_cast<std::uint8_t>(value);
        }
    }
    return picture;
}

/// Twenty pictures, ten a second, of somebody who passes or thrashes about.
Strip film(bool is_thrashing) {
    Strip strip{.grey = {}, .seconds = {}, .bodies_per_pixel = 2.2F / kSide};
    for (int i = 0; i < 20; ++i) {
        const double x = is_thrashing ? 14 * std::sin(1.1 * i) : i - 10.0;
        strip.grey.push_back(wall_with_somebody(x));
        strip.seconds.push_back(0.1 * i);
    }
    return strip;
}

/// With streaks of one pixel across in every picture.
Strip in_rain(Strip strip) {
    cv::RNG random(7);
    for (cv::Mat& picture : strip.grey) {
        for (int i = 0; i < 250; ++i) {
            const cv::Point top(random.uniform(0, kSide), random.uniform(0, kSide));
            cv::Mat drops = cv::Mat::zeros(picture.size(), CV_8UC1);
            cv::line(drops, top, top + cv::Point(0, random.uniform(3, 8)), 50);
            picture = cv::max(picture, picture + drops);
        }
    }
    return strip;
}

Strip with_noise(Strip strip) {
    cv::RNG random(7);
    for (cv::Mat& picture : strip.grey) {
        cv::Mat noise(picture.size(), CV_16S);
        random.fill(noise, cv::RNG::NORMAL, 0, 6);
        cv::add(picture, noise, picture, cv::noArray(), CV_8U);
    }
    return strip;
}

bool are_same(const Strip& a, const Strip& b) {
    if (a.grey.size() != b.grey.size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.grey.size(); ++i) {
        if (cv::norm(a.grey[i], b.grey[i], cv::NORM_INF) != 0) {
            return false;
        }
    }
    return a.seconds == b.seconds;
}

TEST(FightStreaks, WhoPassesInRainIsAboutAsCalmAsInTheDry) {
    const float dry = measure(film(false)).change;
    const float wet = measure(in_rain(film(false))).change;
    const float wiped = measure(without_streaks(in_rain(film(false)))).change;
    EXPECT_GT(wet, 2 * dry);
    EXPECT_LT(wiped - dry, 0.4F * (wet - dry));
}

TEST(FightStreaks, WhoThrashesInRainStillDoes) {
    const Strip wiped = without_streaks(in_rain(film(true)));
    EXPECT_EQ(wiped.grey.size(), 18U);
    EXPECT_DOUBLE_EQ(wiped.seconds.front(), 0.1);
    EXPECT_GT(measure(wiped).change, 0.6F * measure(film(true)).change);
}

TEST(FightStreaks, DryPicturesStayAsTheyAre) {
    EXPECT_TRUE(are_same(without_streaks(film(true)), film(true)));
}

TEST(FightStreaks, NoiseIsNoRain) {
    const Strip noisy = with_noise(film(true));
    EXPECT_TRUE(are_same(without_streaks(noisy), noisy));
}

}  // namespace
}  // namespace bongsu::verifiers::fight
