#include "behaviours/still_things/still_region.hpp"

#include "behaviours/still_things/histogram.hpp"
#include "behaviours/still_things/picture_change.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::still_things {
namespace {

/// Cells this near belong to one patch.
constexpr int kReach = 2;
/// Width of what is around a patch, cells.
constexpr int kRing = 3;
/// From this correlation on a patch has kept its structure: another light on the same surface.
constexpr double kSameStructure = 0.8;

/// The four neighbours of a cell that exist.
template <class Visit>
void for_neighbours(std::size_t cell, const Visit& visit) {
    const std::size_t x = cell % kColumns;
    if (x > 0) {
        visit(cell - 1);
    }
    if (x + 1 < kColumns) {
        visit(cell + 1);
    }
    if (cell >= kColumns) {
        visit(cell - kColumns);
    }
    if (cell + kColumns < kCells) {
        visit(cell + kColumns);
    }
}

/// Moves the open cells within reach of a cell to `taken`.
void take_neighbours(
    std::vector<std::uint8_t>& open, int x, int y, std::vector<std::uint16_t>& taken
) {
    for (int ny = std::max(0, y - kReach); ny <= std::min(kRows - 1, y + kReach); ++ny) {
        for (int nx = std::max(0, x - kReach); nx <= std::min(kColumns - 1, x + kReach); ++nx) {
            const std::size_t other = cell_at(nx, ny);
            if (open[other] != 0) {
                open[other] = 0;
                taken.push_back(static_cast<std::uint16_t>(other));
            }
        }
    }
}

}  // namespace

StillRegion take_patch(std::vector<std::uint8_t>& open, std::size_t first) {
    StillRegion region;
    region.range = {kColumns, kRows, -1, -1};
    open[first] = 0;
    region.cells.push_back(static_cast<std::uint16_t>(first));
    for (std::size_t i = 0; i < region.cells.size(); ++i) {
        const int x = region.cells[i] % kColumns;
        const int y = region.cells[i] / kColumns;
        CellRange& range = region.range;
        range = {
            std::min(range.left, x),
            std::min(range.top, y),
            std::max(range.right, x),
            std::max(range.bottom, y)
        };
        take_neighbours(open, x, y, region.cells);
    }
    std::ranges::sort(region.cells);
    return region;
}

double likeness(const SmallPicture& picture, const StillRegion& region, const IsAround& is_around) {
    Histogram patch;
    for (const std::size_t cell : region.cells) {
        patch.add(picture.luma[cell]);
    }
    Histogram ring;
    const CellRange& range = region.range;
    for (int y = std::max(0, range.top - kRing); y <= std::min(kRows - 1, range.bottom + kRing);
         ++y) {
        for (int x = std::max(0, range.left - kRing);
             x <= std::min(kColumns - 1, range.right + kRing);
             ++x) {
            const std::size_t cell = cell_at(x, y);
            if (is_around(cell)) {
                ring.add(picture.luma[cell]);
            }
        }
    }
    return patch.likeness(ring);
}

float border_contrast(
    const StillRegion& region,
    const SmallPicture& before,
    const SmallPicture& now,
    const IsAround& is_around
) {
    int contrast_now = 0;
    int contrast_before = 0;
    for (const std::size_t cell : region.cells) {
        for_neighbours(cell, [&](std::size_t other) {
            if (is_around(other)) {
                contrast_now += difference(now.luma[cell], now.luma[other]);
                contrast_before += difference(before.luma[cell], before.luma[other]);
            }
        });
    }
    return static_cast<float>(contrast_now + 1) / static_cast<float>(contrast_before + 1);
}

bool is_light(const StillRegion& region, const SmallPicture& before, const SmallPicture& now) {
    constexpr double kLeastStructure = 5;  // grey levels of standard deviation
    double sum_a = 0;
    double sum_b = 0;
    double sum_aa = 0;
    double sum_bb = 0;
    double sum_ab = 0;
    int colour = 0;
    for (const std::size_t cell : region.cells) {
        const double a = before.luma[cell];
        const double b = now.luma[cell];
        sum_a += a;
        sum_b += b;
        sum_aa += a * a;
        sum_bb += b * b;
        sum_ab += a * b;
        const std::size_t c = colour_of(cell);
        colour += difference(before.u[c], now.u[c]) + difference(before.v[c], now.v[c]);
    }
    const auto n = static_cast<double>(region.cells.size());
    const double var_a = std::max(0.0, sum_aa / n - sum_a / n * sum_a / n);
    const double var_b = std::max(0.0, sum_bb / n - sum_b / n * sum_b / n);
    const double cov = sum_ab / n - sum_a / n * sum_b / n;
    const bool has_structure = var_a >= kLeastStructure * kLeastStructure && var_b > 1;
    return has_structure && colour < kOther.colour * n &&
           cov > kSameStructure * std::sqrt(var_a * var_b);
}

}  // namespace bongsu::behaviours::still_things
