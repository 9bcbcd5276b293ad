#include "vision/verifiers/fight/restless.hpp"

#include "vision/verifiers/fight/strip.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

/// As tools/train/recipes/fight.py chooses: width of the small pictures, and what of a change
/// counts, in grey levels.
constexpr int kWidth = 160;
constexpr double kLeast = 2;
constexpr double kMost = 40;

/// Sums of the mean change, for sums over rectangles.
cv::Mat sums_of_change(std::span<const Frame* const> frames, const cv::Size& size) {
    cv::Mat change = cv::Mat::zeros(size, CV_32F);
    cv::Mat before;
    for (const Frame* frame : frames) {
        cv::Mat now;
        cv::resize(luma_of(*frame), now, size, 0, 0, cv::INTER_AREA);
        now.convertTo(now, CV_32F);
        if (!before.empty()) {
            cv::Mat step;
            cv::absdiff(now, before, step);
            change += cv::min(step, kMost);
        }
        before = now;
    }
    change = change / static_cast<double>(std::max<std::size_t>(1, frames.size() - 1)) - kLeast;
    change = cv::max(change, 0.0);
    cv::Mat sums;
    cv::integral(change, sums, CV_64F);
    return sums;
}

double density(const cv::Mat& sums, const cv::Rect& part, double scale) {
    const auto place = [scale](int value, int most) {
        return std::clamp(static_cast<int>(std::lround(value * scale)), 0, most);
    };
    const int left = place(part.x, sums.cols - 1);
    const int right = place(part.x + part.width, sums.cols - 1);
    const int top = place(part.y, sums.rows - 1);
    const int bottom = place(part.y + part.height, sums.rows - 1);
    const double sum = sums.at<double>(bottom, right) - sums.at<double>(top, right) -
                       sums.at<double>(bottom, left) + sums.at<double>(top, left);
    return sum / std::max(1, (right - left) * (bottom - top));
}

}  // namespace

std::optional<Box> most_restless(
    std::span<const Frame* const> frames, std::span<const Box> bodies
) {
    if (frames.empty() || bodies.empty()) {
        return std::nullopt;
    }
    const Frame& present = *frames.back();
    const double scale = static_cast<double>(kWidth) / present.width;
    const cv::Size size(kWidth, std::max(1, static_cast<int>(std::lround(present.height * scale))));
    const cv::Mat sums = sums_of_change(frames, size);
    return *std::ranges::max_element(bodies, {}, [&](const Box& body) {
        return density(sums, surroundings_of(present, body), scale);
    });
}

}  // namespace bongsu::verifiers::fight
