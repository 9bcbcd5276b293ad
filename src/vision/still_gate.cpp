#include "vision/still_gate.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <opencv2/imgproc.hpp>

namespace bongsu::vision {
namespace {

constexpr int kColumns = 192;
constexpr float kSamePlace = 0.5F;  // overlap from which a detection belongs to a known object
/// A pause longer than this teaches no more than one this long.
constexpr Duration kMaxStep = std::chrono::seconds(5);

/// The median difference: what light, not movement, did to the whole picture.
float median_of(std::vector<float> values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

bool is_known(const Box& box, std::span<const Box> known) {
    return std::ranges::any_of(known, [&](const Box& other) {
        return iou(box, other) > kSamePlace;
    });
}

}  // namespace

StillGate::StillGate(StillGateRules rules) : rules_(rules) {}

std::vector<Detection> StillGate::filter(
    const Frame& frame, std::vector<Detection> detections, std::span<const Box> known
) {
    if (frame.width != width_ || frame.height != height_) {
        width_ = frame.width;
        height_ = frame.height;
        columns_ = std::min(kColumns, width_);
        rows_ = std::max(1, columns_ * height_ / width_);
        background_.clear();
        last_.reset();
    }
    const std::vector<float> grey = shrink(frame);
    const std::vector<std::uint8_t> changed = changed_cells(grey);
    std::erase_if(detections, [&](const Detection& detection) {
        return detection.score < rules_.sure_score && !is_known(detection.box, known) &&
               changed_share(changed, detection.box) < rules_.min_changed;
    });
    learn(grey, frame.wall);
    return detections;
}

std::vector<float> StillGate::shrink(const Frame& frame) const {
    const Plane& luma = frame.planes[0];
    // OpenCV's Mat has no const form; the source is only read.
    const cv::Mat source(
        luma.height,
        luma.width,
        CV_8UC1,
        const_cast<std::uint8_t*>(luma.data),
        static_cast<std::size_t>(luma.stride)
    );
    cv::Mat small;
    cv::resize(source, small, cv::Size(columns_, rows_), 0, 0, cv::INTER_AREA);
    std::vector<float> grey(small.total());
    std::transform(
        small.begin<std::uint8_t>(),
        small.end<std::uint8_t>(),
        grey.begin(),
        [](auto v) { return static_cast<float>(v); }
    );
    return grey;
}

std::vector<std::uint8_t> StillGate::changed_cells(const std::vector<float>& grey) const {
    std::vector<std::uint8_t> changed(grey.size(), 0);
    if (background_.empty()) {
        return changed;
    }
    std::vector<float> difference(grey.size());
    std::ranges::transform(grey, background_, difference.begin(), std::minus{});
    const float light = median_of(difference);
    for (std::size_t i = 0; i < grey.size(); ++i) {
        changed[i] = std::abs(difference[i] - light) > rules_.noise ? 1 : 0;
    }
    return changed;
}

float StillGate::changed_share(const std::vector<std::uint8_t>& changed, const Box& box) const {
    const float fx = static_cast<float>(columns_) / static_cast<float>(width_);
    const float fy = static_cast<float>(rows_) / static_cast<float>(height_);
    const int left = std::clamp(static_cast<int>(box.x * fx), 0, columns_ - 1);
    const int top = std::clamp(static_cast<int>(box.y * fy), 0, rows_ - 1);
    const int right = std::clamp(static_cast<int>(std::ceil(box.right() * fx)), left + 1, columns_);
    const int bottom = std::clamp(static_cast<int>(std::ceil(box.bottom() * fy)), top + 1, rows_);
    int count = 0;
    for (int y = top; y < bottom; ++y) {
        for (int x = left; x < right; ++x) {
            count += changed[static_cast<std::size_t>(y * columns_ + x)];
        }
    }
    return static_cast<float>(count) / static_cast<float>((right - left) * (bottom - top));
}

void StillGate::learn(const std::vector<float>& grey, WallTime now) {
    if (background_.empty()) {
        background_ = grey;
    } else if (last_ && now > *last_) {
        const Duration elapsed = std::min(now - *last_, kMaxStep);
        const float step = rules_.rate * static_cast<float>(to_seconds(elapsed));
        for (std::size_t i = 0; i < grey.size(); ++i) {
            background_[i] += std::clamp(grey[i] - background_[i], -step, step);
        }
    }
    last_ = now;
}

}  // namespace bongsu::vision
