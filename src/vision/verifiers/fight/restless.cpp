#include "vision/verifiers/fight/restless.hpp"

#include "vision/verifiers/fight/strip.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fight {
namespace {

/// As tools/train/recipes/fight.py chooses: width of the small pictures, and what of a change
/// counts, in grey levels.
constexpr int kWidth = 160;
constexpr double kLeast = 2;
constexpr double kMost = 40;

/// A step that changes less than this share of the liveliest one is still.
constexpr double kStill = 0.1;

cv::Mat sums_of(const cv::Mat& change) {
    cv::Mat sums;
    cv::integral(cv::max(change - kLeast, 0.0), sums, CV_64F);
    return sums;
}

cv::Rect pixels_of(const Box& box) {
    const auto left = static_cast<int>(std::lround(box.x));
    const auto top = static_cast<int>(std::lround(box.y));
    return {
        left,
        top,
        static_cast<int>(std::lround(box.right())) - left,
        static_cast<int>(std::lround(box.bottom())) - top
    };
}

}  // namespace

Change::Change(std::span<const Frame* const> frames)
    : frames_(frames), scale_(static_cast<double>(kWidth) / frames.back()->width) {
    const auto height = static_cast<int>(std::lround(frames.back()->height * scale_));
    const cv::Size size(kWidth, std::max(1, height));
    cv::Mat mean = cv::Mat::zeros(size, CV_32F);
    cv::Mat before;
    for (const Frame* frame : frames) {
        cv::Mat now;
        cv::resize(luma_of(*frame), now, size, 0, 0, cv::INTER_AREA);
        now.convertTo(now, CV_32F);
        if (!before.empty()) {
            cv::Mat step;
            cv::absdiff(now, before, step);
            step = cv::min(step, kMost);
            steps_.push_back(sums_of(step));
            mean += step;
        }
        before = now;
    }
    all_ = sums_of(mean / static_cast<double>(std::max<std::size_t>(1, frames.size() - 1)));
}

double Change::density(const cv::Mat& sums, const cv::Rect& part) const {
    const auto place = [this](int value, int most) {
        return std::clamp(static_cast<int>(std::lround(value * scale_)), 0, most);
    };
    const int left = place(part.x, sums.cols - 1);
    const int right = place(part.x + part.width, sums.cols - 1);
    const int top = place(part.y, sums.rows - 1);
    const int bottom = place(part.y + part.height, sums.rows - 1);
    const double sum = sums.at<double>(bottom, right) - sums.at<double>(top, right) -
                       sums.at<double>(bottom, left) + sums.at<double>(top, left);
    return sum / std::max(1, (right - left) * (bottom - top));
}

double Change::in(const Box& part) const {
    return density(all_, pixels_of(part));
}

std::optional<Box> Change::most_restless(std::span<const Box> bodies) const {
    if (bodies.empty()) {
        return std::nullopt;
    }
    return *std::ranges::max_element(bodies, {}, [&](const Box& body) {
        return density(all_, surroundings_of(*frames_.back(), body));
    });
}

std::size_t Change::still_before(const Box& body) const {
    const cv::Rect part = surroundings_of(*frames_.back(), body);
    std::vector<double> changes;
    for (const cv::Mat& step : steps_) {
        changes.push_back(density(step, part));
    }
    const double most = changes.empty() ? 0 : std::ranges::max(changes);
    const auto first =
        std::ranges::find_if(changes, [&](double change) { return change > kStill * most; });
    return first == changes.end() ? 0 : static_cast<std::size_t>(first - changes.begin());
}

}  // namespace bongsu::verifiers::fight
