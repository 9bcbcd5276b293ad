#pragma once

#include "domain/detection.hpp"
#include "domain/track.hpp"
#include "tracking/motion.hpp"

#include <span>
#include <vector>

namespace bongsu::tracking {

/// What the pairing needs to know of a followed object.
struct Expectation {
    const Track* track = nullptr;       ///< its box is predicted to the time of the detections
    const BoxMotion* motion = nullptr;  ///< predicted likewise
    Box seen_box;                       ///< the latest detection
    double unseen = 0;                  ///< seconds since then
};

/// Whether one object may be taken for the other from look to look: a car may look like a truck,
/// never like a person.
bool may_be_same(ObjectClass a, ObjectClass b);

/// The cheapest pairing of expectations with detections by place, size, overlap and, with
/// `appearance_weight` above 0, looks. Returns the index of the detection of each expectation, or
/// kUnassigned. A pair is left out when that is cheaper than making it.
std::vector<int> pair_up(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    double appearance_weight
);

/// The same by overlap with the predicted box alone, for detections that are not to be trusted far.
std::vector<int> pair_by_overlap(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    double least_overlap
);

}  // namespace bongsu::tracking
