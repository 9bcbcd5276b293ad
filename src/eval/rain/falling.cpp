#include "eval/rain/falling.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace bongsu::eval {
namespace {

constexpr float kLean = 8 * std::numbers::pi_v<float> / 180;
constexpr float kLength = 25;
constexpr float kRadius = 1.5F;
constexpr float kFlakeAlpha = 0.7F;
constexpr float kWhite = 225;
constexpr double kSoft = 0.6;
constexpr int kShift = 3;  // fractional bits of OpenCV's coordinates
constexpr int kQuality = 60;

cv::Point fixed(float x, float y) {
    constexpr float one = 1 << kShift;
    return {static_cast<int>(std::lround(x * one)), static_cast<int>(std::lround(y * one))};
}

/// How much white lies over each pixel, 0..1.
cv::Mat veil(cv::Size size, const Falling& falling, std::mt19937& random) {
    const auto between = [&](float low, float high) {
        return std::uniform_real_distribution<float>(low, high)(random);
    };
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    cv::Mat out(size, CV_32F, cv::Scalar(0));
    for (int i = 0; i < falling.streaks; ++i) {
        const float x = between(0, width);
        const float y = between(-kLength, height);
        const float length = kLength * between(0.5F, 1.5F);
        const float lean = kLean + between(-0.06F, 0.06F);
        const float alpha = falling.streak_alpha * between(0.5F, 1);
        cv::line(
            out,
            fixed(x, y),
            fixed(x + std::sin(lean) * length, y + std::cos(lean) * length),
            cv::Scalar(alpha),
            1,
            cv::LINE_8,
            kShift
        );
    }
    for (int i = 0; i < falling.flakes; ++i) {
        const float radius = kRadius * between(0.6F, 1.6F) * (1 << kShift);
        const float alpha = kFlakeAlpha * between(0.5F, 1);
        const cv::Point centre = fixed(between(0, width), between(0, height));
        const int fixed_radius = static_cast<int>(std::lround(radius));
        cv::circle(out, centre, fixed_radius, cv::Scalar(alpha), cv::FILLED, cv::LINE_8, kShift);
    }
    cv::GaussianBlur(out, out, {}, kSoft);
    return out;
}

}  // namespace

behaviours::heavy_rain::GreyPicture fallen_on(
    const behaviours::heavy_rain::GreyPicture& picture, const Falling& falling, std::mt19937& random
) {
    const cv::Size size(picture.width, picture.height);
    const cv::Mat white = veil(size, falling, random);
    std::normal_distribution<float> noise(0, std::max(falling.noise, 1.F));
    cv::Mat grey(size, CV_8U);
    for (int i = 0; i < static_cast<int>(picture.pixels.size()); ++i) {
        const auto plain = static_cast<float>(picture.pixels[static_cast<std::size_t>(i)]);
        const float alpha = white.ptr<float>()[i];
        const float error = falling.noise > 0 ? noise(random) : 0;
        const float value = plain + alpha * std::max(0.F, kWhite - plain) + error;
        grey.ptr()[i] = static_cast<std::uint8_t>(std::clamp(value, 0.F, 255.F));
    }
    std::vector<std::uint8_t> coded;
    cv::imencode(".jpg", grey, coded, {cv::IMWRITE_JPEG_QUALITY, kQuality});
    grey = cv::imdecode(coded, cv::IMREAD_GRAYSCALE);
    return {picture.width, picture.height, {grey.datastart, grey.dataend}};
}

}  // namespace bongsu::eval
