#include "recording/motion_detector.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace bongsu::recording {
namespace {

constexpr int kCellsAcross = 96;       // cells over the width of the whole picture
constexpr int kSmallestCell = 4;       // pixels
constexpr float kLearnQuiet = 0.1F;    // per key picture, where nothing differs
constexpr float kLearnMoving = 0.02F;  // what stays becomes background after about a minute
constexpr float kNoiseFactor = 4;
constexpr float kFirstNoise = 2;  // grey levels

float mean_of_cell(const Plane& luma, int x, int y, int side) {
    unsigned sum = 0;
    for (int row = y; row < y + side; ++row) {
        const std::uint8_t* pixel = luma.data + static_cast<std::ptrdiff_t>(row) * luma.stride + x;
        for (int i = 0; i < side; ++i) {
            sum += pixel[i];
        }
    }
    return static_cast<float>(sum) / static_cast<float>(side * side);
}

/// The middle difference between picture and background: how much brighter everything is.
float middle_difference(const std::vector<float>& cells, const std::vector<float>& background) {
    std::vector<float> differences(cells.size());
    std::ranges::transform(cells, background, differences.begin(), std::minus{});
    const auto middle = differences.begin() + static_cast<std::ptrdiff_t>(differences.size() / 2);
    std::ranges::nth_element(differences, middle);
    return *middle;
}

}  // namespace

MotionDetector::MotionDetector(Polygon region, float sensitivity)
    : region_(std::move(region)),
      // A thousandth of the region at full sensitivity, a tenth at none.
      least_share_(std::pow(10.0F, -1.0F - 2.0F * std::clamp(sensitivity, 0.0F, 1.0F))),
      least_levels_(24.0F - 18.0F * std::clamp(sensitivity, 0.0F, 1.0F)) {}

float MotionDetector::look(const Frame& frame) {
    if (frame.width != width_ || frame.height != height_) {
        lay_out(frame);
        background_ = measure(frame);
        noise_.assign(cells_.size(), kFirstNoise);
        return 0;
    }
    if (cells_.empty()) {
        return 0;
    }
    std::vector<float> cells = measure(frame);
    const float brighter = middle_difference(cells, background_);
    std::vector<bool> differs(cells.size());
    std::size_t count = 0;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const float distance = std::abs(cells[i] - brighter - background_[i]);
        differs[i] = distance > std::max(least_levels_, kNoiseFactor * noise_[i]);
        count += differs[i] ? 1 : 0;
    }
    learn(cells, differs);
    return static_cast<float>(count) / static_cast<float>(cells.size());
}

void MotionDetector::lay_out(const Frame& frame) {
    width_ = frame.width;
    height_ = frame.height;
    cell_side_ = std::max(kSmallestCell, width_ / kCellsAcross);
    cells_.clear();
    for (int y = 0; y + cell_side_ <= height_; y += cell_side_) {
        for (int x = 0; x + cell_side_ <= width_; x += cell_side_) {
            const float half = static_cast<float>(cell_side_) / 2;
            const Point middle{
                (static_cast<float>(x) + half) / static_cast<float>(width_),
                (static_cast<float>(y) + half) / static_cast<float>(height_)
            };
            if (region_.empty() || contains(region_, middle)) {
                cells_.push_back({.x = x, .y = y});
            }
        }
    }
}

std::vector<float> MotionDetector::measure(const Frame& frame) const {
    std::vector<float> means;
    means.reserve(cells_.size());
    for (const Cell& cell : cells_) {
        means.push_back(mean_of_cell(frame.planes[0], cell.x, cell.y, cell_side_));
    }
    return means;
}

void MotionDetector::learn(const std::vector<float>& cells, const std::vector<bool>& differs) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const float distance = cells[i] - background_[i];
        if (!differs[i]) {
            noise_[i] += kLearnQuiet * (std::abs(distance) - noise_[i]);
        }
        background_[i] += (differs[i] ? kLearnMoving : kLearnQuiet) * distance;
    }
}

}  // namespace bongsu::recording
