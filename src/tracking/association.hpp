#pragma once

#include "domain/detection.hpp"
#include "domain/track.hpp"
#include "tracking/motion.hpp"

#include <span>
#include <vector>

namespace bongsu::tracking {

/// What the pairing needs to know of a followed object.
struct Expectation {
    const Track* track = nullptr;
    const BoxMotion* motion = nullptr;  ///< predicted to the time of the detections
    Box last_seen_box;
    double unseen = 0;  ///< seconds since it was last detected
};

struct PairingRules {
    double largest_cost = 0.8;      ///< dearer pairs are not made
    double gate = 11.3;             ///< largest squared Mahalanobis distance (99 % of 3 dimensions)
    double smallest_overlap = 0.3;  ///< a pair that overlaps more needs not pass the gate
    double appearance_weight = 0;
    double lost_penalty = 0;  ///< added to the cost of objects not seen last time
    double tentative_penalty = 0;
};

/// Whether one object may be taken for the other from frame to frame: a car may look like a
/// truck, never like a person.
bool may_be_same(ObjectClass a, ObjectClass b);

/// The cheapest pairing of expectations with detections. Returns the index of the detection of
/// each expectation, or kUnassigned. A pair is left out when that is cheaper than making it.
std::vector<int> pair_up(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    const PairingRules& rules
);

/// Pairs by the overlap with the box where each object was last seen: finds those who stopped or
/// turned round while hidden (observation-centric recovery, Cao et al. 2023).
std::vector<int> pair_with_last_seen(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    double smallest_overlap
);

}  // namespace bongsu::tracking
