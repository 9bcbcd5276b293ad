#include "vision/verifiers/fire/flame_part.hpp"

#include "vision/verifiers/fire/pixels.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <opencv2/imgproc.hpp>

namespace bongsu::verifiers::fire {
namespace {

constexpr int kColumns = 40;
constexpr int kPerCell = 4;  ///< places looked at along a side of a cell
constexpr int kHot = 3;      ///< of its 16 places: a fifth
constexpr float kSurroundings = 1.5F;
constexpr float kSmallest = 24;

/// Row by row, kPerCell places along each side of each cell.
std::vector<YuvPixel> sampled(const Frame& frame, const Box& where, int rows) {
    const int across = kColumns * kPerCell;
    const int down = rows * kPerCell;
    std::vector<YuvPixel> out;
    out.reserve(static_cast<std::size_t>(across) * static_cast<std::size_t>(down));
    for (int y = 0; y < down; ++y) {
        for (int x = 0; x < across; ++x) {
            const float column =
                (static_cast<float>(x) + 0.5F) * where.w / static_cast<float>(across);
            const float row = (static_cast<float>(y) + 0.5F) * where.h / static_cast<float>(down);
            out.push_back(
                pixel_at(frame, static_cast<int>(where.x + column), static_cast<int>(where.y + row))
            );
        }
    }
    return out;
}

/// 1 for each cell that has the colour of flames.
cv::Mat1b hot_cells(const Frame& frame, const Box& where, int rows) {
    const std::vector<YuvPixel> pixels = sampled(frame, where, rows);
    const YuvPixel mean = mean_of(pixels);
    cv::Mat1b count(rows, kColumns, std::uint8_t{0});
    for (std::size_t i = 0; i < pixels.size(); ++i) {
        const int place = static_cast<int>(i);
        const int row = place / (kColumns * kPerCell) / kPerCell;
        const int column = place % (kColumns * kPerCell) / kPerCell;
        count(row, column) += is_flame_coloured(pixels[i], mean) ? 1 : 0;
    }
    return count >= kHot;
}

}  // namespace

std::optional<Box> flame_part(const Frame& frame, const Box& where) {
    const int rows = std::max(1, static_cast<int>(kColumns * where.h / std::max(1.F, where.w)));
    cv::Mat1i labels;
    cv::Mat1i regions;
    cv::Mat1d centres;
    const int count = cv::connectedComponentsWithStats(
        hot_cells(frame, where, rows), labels, regions, centres, 8
    );
    int largest = 0;
    for (int i = 1; i < count; ++i) {
        if (largest == 0 || regions(i, cv::CC_STAT_AREA) > regions(largest, cv::CC_STAT_AREA)) {
            largest = i;
        }
    }
    const auto cells = [&](int kind) { return static_cast<float>(regions(largest, kind)); };
    const float cell_w = where.w / static_cast<float>(kColumns);
    const float cell_h = where.h / static_cast<float>(rows);
    const Box patch{
        where.x + cells(cv::CC_STAT_LEFT) * cell_w,
        where.y + cells(cv::CC_STAT_TOP) * cell_h,
        cells(cv::CC_STAT_WIDTH) * cell_w,
        cells(cv::CC_STAT_HEIGHT) * cell_h
    };
    const float side = std::min({kSurroundings * std::max(patch.w, patch.h), where.w, where.h});
    if (largest == 0 || side < kSmallest) {
        return std::nullopt;
    }
    const Point middle = patch.centre();
    return Box{
        std::clamp(middle.x - side / 2, where.x, where.right() - side),
        std::clamp(middle.y - side / 2, where.y, where.bottom() - side),
        side,
        side
    };
}

}  // namespace bongsu::verifiers::fire
