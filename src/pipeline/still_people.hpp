#pragma once

#include "core/clock.hpp"
#include "domain/detection.hpp"
#include "domain/second_look.hpp"

#include <vector>

namespace bongsu::pipeline {

/// Tells somebody who has stood or lain still since the first picture, after a restart or a lost
/// connection, from the signs and cones that look a little like people. The still gate drops
/// doubtful detections of either, as nothing there has moved; the pose estimator is asked once
/// about each such place, for signs have no limbs. Somebody found once is a track, or is remembered
/// here while the detector misses him.
///
/// Memory: at most 16 places. Runs on: the thread of the camera's analysis.
class StillPeople {
public:
    /// Whether a doubtful detection that the still gate dropped is somebody. Asks at most once in
    /// an instant, so that rules keep their looks; without an answer it is nobody, for now.
    bool is_somebody(const Detection& detection, WallTime now, SecondLook& looks);

    /// Whether at the latest instant somebody was found who was not known.
    bool has_found(WallTime now) const { return found_ == now; }

private:
    struct Place {
        Box box;
        bool is_person = false;
        WallTime asked;
    };

    std::vector<Place> places_;  ///< the oldest answer first
    WallTime asked_{};
    WallTime found_{};
};

}  // namespace bongsu::pipeline
