#pragma once

#include "core/clock.hpp"
#include "domain/geometry.hpp"

#include <optional>

namespace bongsu::behaviours::wrong_way {

/// How far one vehicle has driven against the direction of its lane: positions are measured along
/// the arrow that stands for the lane. The run begins at the furthest point that the vehicle
/// reached in the right direction, so that whoever turns round is measured from there.
class Against {
public:
    struct Limits {
        float distance = 2;          ///< lengths of the vehicle's box
        float most_sideways = 0.7F;  ///< of the way against: tangent of the tolerance
        int looks = 4;
        Duration least{};  ///< of the run
    };

    /// One observation; `length` of the box, pixels. Whether the run is long enough now.
    bool step(const Segment& arrow, Point at, float length, WallTime time, const Limits& limits);

    WallTime since() const { return since_; }

    WallTime seen() const { return seen_; }

    /// Whether it has since gone its box's length in the right direction, or stands at the start.
    bool has_turned() const { return has_turned_; }

private:
    std::optional<Point> start_;
    float furthest_back_ = 0;  ///< along the arrow, pixels
    WallTime since_;
    WallTime seen_;
    int looks_ = 0;
    bool has_turned_ = false;
};

/// Where a point lies beside the arrow.
struct Beside {
    float along = 0;   ///< from the arrow's start, pixels; negative before it
    float across = 0;  ///< from its line, pixels, never negative
};

Beside beside(const Segment& arrow, Point p);

}  // namespace bongsu::behaviours::wrong_way
