#include "behaviours/wrong_way/against.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::wrong_way {
namespace {

/// Further forward than this, in box lengths, a vehicle has gone the right way again: less is
/// jitter.
constexpr float kForward = 0.5F;

}  // namespace

Beside beside(const Segment& arrow, Point p) {
    const float dx = arrow.b.x - arrow.a.x;
    const float dy = arrow.b.y - arrow.a.y;
    const float length = std::max(std::hypot(dx, dy), 1e-3F);
    return {
        .along = ((p.x - arrow.a.x) * dx + (p.y - arrow.a.y) * dy) / length,
        .across = std::abs((p.x - arrow.a.x) * dy - (p.y - arrow.a.y) * dx) / length
    };
}

bool Against::step(
    const Segment& arrow, Point at, float length, WallTime time, const Limits& limits
) {
    seen_ = time;
    const float along = beside(arrow, at).along;
    const bool is_forward = start_ && along > furthest_back_ + kForward * length;
    if (!start_ || is_forward || along >= beside(arrow, *start_).along) {
        has_turned_ = is_forward || has_turned_;
        start_ = at;
        furthest_back_ = along;
        since_ = time;
        looks_ = 1;
        return false;
    }
    has_turned_ = false;
    furthest_back_ = std::min(furthest_back_, along);
    ++looks_;
    const float back = beside(arrow, *start_).along - along;
    const float way = distance(at, *start_);
    const float sideways = std::sqrt(std::max(0.0F, way * way - back * back));
    return back >= limits.distance * length && sideways <= limits.most_sideways * back &&
           looks_ >= limits.looks && time - since_ >= limits.least;
}

}  // namespace bongsu::behaviours::wrong_way
