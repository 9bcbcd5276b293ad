#include "behaviours/line_crossing/line_path.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::line_crossing {
namespace {

/// How far beyond its ends, as a share of its length, the line still counts.
constexpr float kEndTolerance = 0.02F;

}  // namespace

std::optional<LinePath::Crossing> LinePath::step(
    const Segment& line, Point point, WallTime time, float band
) {
    const float length = std::max(std::hypot(line.b.x - line.a.x, line.b.y - line.a.y), 1e-3F);
    const float offset = side_of(line, point) / length;
    if (has_begun_ && offset * last_offset_ < 0) {
        note_pass(line, point, time, offset);
    }
    has_begun_ = true;
    last_ = point;
    last_time_ = time;
    // A point exactly on the line keeps the sign that it had.
    last_offset_ = offset != 0 ? offset : std::copysign(1e-6F, last_offset_);
    if (std::abs(offset) < band) {
        return std::nullopt;
    }
    const int before = side_;
    side_ = offset > 0 ? 1 : -1;
    if (before == 0 || before == side_ || !pass_ || !pass_->is_within) {
        return std::nullopt;
    }
    return Crossing{.time = pass_->time, .is_a_to_b = side_ > 0};
}

void LinePath::note_pass(const Segment& line, Point point, WallTime time, float offset) {
    const float share = last_offset_ / (last_offset_ - offset);
    const Point at{last_.x + share * (point.x - last_.x), last_.y + share * (point.y - last_.y)};
    const float dx = line.b.x - line.a.x;
    const float dy = line.b.y - line.a.y;
    const float along =
        ((at.x - line.a.x) * dx + (at.y - line.a.y) * dy) / std::max(dx * dx + dy * dy, 1e-6F);
    const auto elapsed = static_cast<double>((time - last_time_).count());
    pass_ = Pass{
        .time =
            last_time_ + Duration{static_cast<std::int64_t>(elapsed * static_cast<double>(share))},
        .is_within = along >= -kEndTolerance && along <= 1 + kEndTolerance
    };
}

}  // namespace bongsu::behaviours::line_crossing
