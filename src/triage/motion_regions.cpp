#include "triage/motion_regions.hpp"

#include <algorithm>
#include <array>

namespace bongsu::triage {
namespace {

/// Eight maxima side by side, so that it is vectorised.
float highest_of(const CellValues& scores) {
    constexpr std::size_t kLanes = 8;
    static_assert(kGridCells % kLanes == 0);
    std::array<float, kLanes> highest{};
    for (std::size_t i = 0; i < kGridCells; i += kLanes) {
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            highest[lane] = std::max(highest[lane], scores[i + lane]);
        }
    }
    return *std::ranges::max_element(highest);
}

struct Patch {
    int left = kGridWidth;
    int top = kGridHeight;
    int right = -1;
    int bottom = -1;
    int cells = 0;
    float peak = 0;
};

void include(Patch& patch, int x, int y, float score) {
    patch.left = std::min(patch.left, x);
    patch.right = std::max(patch.right, x);
    patch.top = std::min(patch.top, y);
    patch.bottom = std::max(patch.bottom, y);
    patch.peak = std::max(patch.peak, score);
    ++patch.cells;
}

/// Flood fill over the eight neighbours; visited cells are marked in `seen`.
Patch grow(const CellValues& scores, float low, int start, std::vector<std::uint8_t>& seen) {
    Patch patch;
    std::vector<int> open{start};
    const auto visit = [&](int x, int y) {
        const int cell = y * kGridWidth + x;
        const auto index = static_cast<std::size_t>(cell);
        if (seen[index] == 0 && scores[index] >= low) {
            seen[index] = 1;
            open.push_back(cell);
        }
    };
    seen[static_cast<std::size_t>(start)] = 1;
    while (!open.empty()) {
        const int at = open.back();
        open.pop_back();
        const int cx = at % kGridWidth;
        const int cy = at / kGridWidth;
        include(patch, cx, cy, scores[static_cast<std::size_t>(at)]);
        for (int y = std::max(cy - 1, 0); y <= std::min(cy + 1, kGridHeight - 1); ++y) {
            for (int x = std::max(cx - 1, 0); x <= std::min(cx + 1, kGridWidth - 1); ++x) {
                visit(x, y);
            }
        }
    }
    return patch;
}

std::vector<Patch> find_patches(const CellValues& scores, const RegionSettings& settings) {
    const float low = settings.threshold / 2;
    std::vector<std::uint8_t> seen(kGridCells, 0);
    std::vector<Patch> patches;
    for (std::size_t i = 0; i < kGridCells; ++i) {
        if (seen[i] == 0 && scores[i] >= settings.threshold) {
            patches.push_back(grow(scores, low, static_cast<int>(i), seen));
        }
    }
    std::erase_if(patches, [&](const Patch& p) { return p.cells < settings.least_cells; });
    if (static_cast<int>(patches.size()) > settings.rain_regions) {
        std::erase_if(patches, [&](const Patch& p) {
            return p.cells < settings.least_cells_in_rain;
        });
    }
    return patches;
}

Box to_source(const Patch& patch, float padding, int width, int height) {
    const Box cells{
        static_cast<float>(patch.left),
        static_cast<float>(patch.top),
        static_cast<float>(patch.right - patch.left + 1),
        static_cast<float>(patch.bottom - patch.top + 1)
    };
    const float fx = static_cast<float>(width) / kGridWidth;
    const float fy = static_cast<float>(height) / kGridHeight;
    return clipped(
        scaled(padded(cells, padding), fx, fy),
        static_cast<float>(width),
        static_cast<float>(height)
    );
}

/// Joins boxes that overlap until none do.
void merge(std::vector<Box>& boxes) {
    for (std::size_t i = 0; i < boxes.size();) {
        bool has_merged = false;
        for (std::size_t j = i + 1; j < boxes.size(); ++j) {
            if (intersection(boxes[i], boxes[j]).area() > 0) {
                boxes[i] = enclosing(boxes[i], boxes[j]);
                boxes.erase(boxes.begin() + static_cast<std::ptrdiff_t>(j));
                has_merged = true;
                break;
            }
        }
        i = has_merged ? 0 : i + 1;
    }
}

}  // namespace

MotionRegions find_regions(
    const CellValues& scores, const RegionSettings& settings, int width, int height
) {
    MotionRegions found;
    found.peak = highest_of(scores);
    if (found.peak < settings.threshold) {
        return found;
    }
    int cells = 0;
    for (const Patch& patch : find_patches(scores, settings)) {
        cells += patch.cells;
        found.boxes.push_back(to_source(patch, settings.padding, width, height));
    }
    merge(found.boxes);
    if (static_cast<int>(found.boxes.size()) > settings.max_regions) {
        Box all;
        for (const Box& box : found.boxes) {
            all = enclosing(all, box);
        }
        found.boxes = {all};
    }
    found.share = static_cast<float>(cells) / static_cast<float>(kGridCells);
    return found;
}

}  // namespace bongsu::triage
