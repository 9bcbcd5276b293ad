#pragma once

#include "domain/geometry.hpp"
#include "domain/pose.hpp"

#include <optional>

namespace bongsu::behaviours::fall {

/// What of a pose tells standing from lying: where head and hips are, how the trunk leans.
struct Posture {
    Point head;
    Point shoulders;
    Point hips;
    float trunk = 0;     ///< from shoulders to hips, pixels
    float lean = 0;      ///< of the trunk from upright, degrees; 90: level, 180: head down
    float height = 0;    ///< of this body when it stands, pixels; 0: it does not stand upright
    float sureness = 0;  ///< mean score of head, shoulders and hips, 0..1
    Box extent;          ///< of all joints that are believed, pixels
};

/// Nothing when head, shoulders and hips cannot be told. Ankles to eyes are 0.90 of the body's
/// height (Drillis and Contini 1966); the joints that the network calls shoulders and hips lie up
/// to 0.36 of it apart, measured on standing people.
std::optional<Posture> read_posture(const Pose& pose);

}  // namespace bongsu::behaviours::fall
