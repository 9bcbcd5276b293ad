#include "vision/look_plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

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
constexpr float kMaxScale = 1.F;  // enlarging costs time and shows the network little that is new

float tile_share(int count) {
    return 1.F / (static_cast<float>(count) - static_cast<float>(count - 1) * kOverlap);
}

struct Picture {
    int width = 0;
    int height = 0;
    float smallest_person = 0;  // share of the height
    float most_enlarged = 1;
};

struct Candidate {
    LookPlan plan;
    float rows = 0;  // of the smallest person, as the network sees it
    float cost = std::numeric_limits<float>::max();  // network pixels
};

std::optional<Candidate> weigh(
    const LookPlan& plan, const Network::Size& size, const Picture& picture
) {
    const float tile_w = static_cast<float>(picture.width) * tile_share(plan.columns);
    const float tile_h = static_cast<float>(picture.height) * tile_share(plan.rows);
    const float scale_x = static_cast<float>(size.width) / tile_w;
    const float scale_y = static_cast<float>(size.height) / tile_h;
    if (std::max(scale_x / scale_y, scale_y / scale_x) > kMaxDistortion) {
        return std::nullopt;
    }
    // A person squeezed in width is as hard to see as one that is smaller both ways.
    const float scale = std::min({std::sqrt(scale_x * scale_y), scale_y, picture.most_enlarged});
    const int tiles = plan.columns * plan.rows;
    const int looks = tiles + (tiles > 1 ? 1 : 0);
    return Candidate{
        plan,
        picture.smallest_person * static_cast<float>(picture.height) * scale,
        static_cast<float>(looks * size.width * size.height),
    };
}

bool is_better(const Candidate& a, const Candidate& b) {
    const float rows_a = std::min(a.rows, kNeededRows);
    const float rows_b = std::min(b.rows, kNeededRows);
    return rows_a != rows_b ? rows_a > rows_b : a.cost < b.cost;
}

}  // namespace

LookPlan plan_look(
    std::span<const Network::Size> sizes,
    int width,
    int height,
    float smallest_person,
    float most_enlarged
) {
    const Picture picture{width, height, smallest_person, most_enlarged};
    Candidate best;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        for (const Grid grid : kGrids) {
            const auto candidate = weigh({i, grid.columns, grid.rows}, sizes[i], picture);
            if (candidate && is_better(*candidate, best)) {
                best = *candidate;
            }
        }
    }
    return best.plan;
}

float object_scale(float object_height) {
    return object_height > 0 ? std::min(kMaxScale, kKnownRows / object_height) : kMaxScale;
}

float region_scale(int height, float smallest_person) {
    return std::min(kMaxScale, kNeededRows / (smallest_person * static_cast<float>(height)));
}

}  // namespace bongsu::vision
