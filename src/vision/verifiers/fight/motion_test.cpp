#include "vision/verifiers/fight/motion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

/// A disc with a texture of its own before a still wall, at `x`, `y` from the middle. Also drawn by
/// tools/train/tests/test_motion.py, which must get the same numbers.
cv::Mat drawn(double x, double y) {
    cv::Mat picture(kSide, kSide, CV_8UC1);
    for (int row = 0; row < kSide; ++row) {
        for (int column = 0; column < kSide; ++column) {
            const double dx = column - 56 - x;
            const double dy = row - 56 - y;
            const bool is_disc = dx * dx + dy * dy < 24 * 24;
            const double value = is_disc ? 150 + 60 * std::sin(0.5 * dx) * std::cos(0.4 * dy)
                                         : 90 + 20 * std::sin(0.3 * column) * std::sin(0.2 * row);
            picture.at<std::uint8_t>(row, column) = static_cast<std::uint8_t>(std::floor(value));
        }
    }
    return picture;
}

/// Twenty pictures, ten a second.
template <class Way>
Strip film(const Way& way) {
    Strip strip;
    strip.bodies_per_pixel = 2.2F / kSide;
    for (int i = 0; i < 20; ++i) {
        const auto [x, y] = way(i);
        strip.grey.push_back(drawn(x, y));
        strip.seconds.push_back(0.1 * i);
    }
    return strip;
}

Strip thrashing() {
    return film([](int i) { return std::pair(14 * std::sin(1.1 * i), 6 * std::cos(1.7 * i)); });
}

Strip passing() {
    return film([](int i) { return std::pair(-20 + 2.0 * i, 0.0); });
}

TEST(Motion, GivesTheNumbersThatTheHeadWasTrainedWith) {
    const auto numbers = measure(thrashing()).numbers();
    constexpr std::array<float, Motion::kNumbers> trained{
        0.5739F, 1.3308F, 1.6163F, 0.4474F, 0.0056F, 0.7159F, 0.1955F, 1.2381F
    };
    for (std::size_t i = 0; i < trained.size(); ++i) {
        EXPECT_NEAR(numbers[i], trained[i], 0.01F + 0.01F * std::abs(trained[i])) << "number " << i;
    }
}

TEST(Motion, TellsThrashingFromPassingBy) {
    const Motion thrash = measure(thrashing());
    const Motion pass = measure(passing());
    EXPECT_GT(thrash.change, 2 * pass.change);
    EXPECT_GT(thrash.restlessness, 2 * pass.restlessness);
    EXPECT_LT(thrash.steadiness, 0.5F * pass.steadiness);
}

TEST(Motion, AStillPictureHasNone) {
    const Motion motion = measure(film([](int) { return std::pair(0.0, 0.0); }));
    EXPECT_NEAR(motion.change, 0, 1e-4);
    EXPECT_NEAR(motion.quick, 0, 1e-6);
    EXPECT_TRUE(std::isfinite(motion.steadiness));
    EXPECT_TRUE(std::isfinite(motion.disorder));
}

TEST(Motion, AShakingCameraIsNoMovement) {
    Strip shaking = film([](int) { return std::pair(0.0, 0.0); });
    const cv::Mat wall = drawn(0, 0);
    for (std::size_t i = 0; i < shaking.grey.size(); ++i) {
        const int off = i % 2 == 0 ? 0 : 3;
        cv::Mat moved;
        cv::copyMakeBorder(wall, moved, 0, 0, off, 0, cv::BORDER_REFLECT);
        shaking.grey[i] = moved(cv::Rect(0, 0, kSide, kSide)).clone();
    }
    EXPECT_LT(measure(shaking).change, 0.5F * measure(thrashing()).change);
}

}  // namespace
}  // namespace bongsu::verifiers::fight
