#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/detection.hpp"

#include <vector>

namespace bongsu {

enum class TrackState {
    Tentative,  ///< seen too few times to be believed
    Confirmed,  ///< seen in this scene
    Lost,       ///< confirmed before, not seen in this scene; box is predicted
};

struct TrackPoint {
    WallTime time;
    Box box;
    bool is_observed = true;  ///< false: predicted while lost
};

/// One object followed through one camera.
struct Track {
    TrackId id;
    ObjectClass cls = ObjectClass::Person;
    TrackState state = TrackState::Tentative;
    float score = 0;  ///< of the latest detection, 0..1
    Box box;          ///< now, pixels of the source frame
    Point velocity;   ///< of the foot point, pixels per second
    WallTime first_seen;
    WallTime last_seen;
    bool is_stationary = false;  ///< has not left its place for the tracker's stationary time
    std::vector<TrackPoint>
        history;            ///< oldest first, ends with now, at most the tracker's history length
    Appearance appearance;  ///< running mean, may be empty
};

}  // namespace bongsu
