#include "vision/look_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace bongsu::vision {
namespace {

struct Grid {
    int columns;
    int rows;
};

constexpr std::array<Grid, 4> kGrids{{{1, 1}, {2, 1}, {2, 2}, {3, 2}}};
constexpr float kOverlap = 0.2F;
/// Squeezing a picture more than this to one side costs recall; beyond it a size counts as unfit.
constexpr float kMaxDistortion = 2.F;
constexpr float kMaxScale = 1.5F;  // enlarging more shows the network nothing new

float tile_share(int count) {
    return 1.F / (static_cast<float>(count) - static_cast<float>(count - 1) * kOverlap);
}

}  // namespace

LookPlan plan_look(
    std::span<const Network::Size> sizes, int width, int height, float smallest_person
) {
    LookPlan best;
    float best_cost = std::numeric_limits<float>::max();
    float best_rows = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        for (const Grid grid : kGrids) {
            const float tile_w = static_cast<float>(width) * tile_share(grid.columns);
            const float tile_h = static_cast<float>(height) * tile_share(grid.rows);
            const float scale_x = static_cast<float>(sizes[i].width) / tile_w;
            const float scale_y = static_cast<float>(sizes[i].height) / tile_h;
            const float distortion = std::max(scale_x / scale_y, scale_y / scale_x);
            // A person squeezed in width is as hard to see as one that is smaller both ways.
            const float scale = std::min({std::sqrt(scale_x * scale_y), scale_y, kMaxScale});
            const float rows = smallest_person * static_cast<float>(height) * scale;
            const int looks = grid.columns * grid.rows + (grid.columns * grid.rows > 1 ? 1 : 0);
            const float cost = static_cast<float>(looks * sizes[i].width * sizes[i].height);
            if (distortion > kMaxDistortion) {
                continue;
            }
            const bool is_enough = rows >= kNeededRows;
            const bool had_enough = best_rows >= kNeededRows;
            if ((is_enough && (!had_enough || cost < best_cost)) ||
                (!had_enough && rows > best_rows)) {
                best = {i, grid.columns, grid.rows};
                best_cost = cost;
                best_rows = rows;
            }
        }
    }
    return best;
}

float region_scale(int height, float smallest_person) {
    return std::min(kMaxScale, kNeededRows / (smallest_person * static_cast<float>(height)));
}

}  // namespace bongsu::vision
