#pragma once

#include "core/clock.hpp"
#include "domain/geometry.hpp"
#include "domain/track.hpp"

#include <deque>

namespace bongsu::behaviours::fall {

/// The people whom the detector saw in the last seconds, however small. They tell whose a posture
/// is: who walks past somebody far off, or out of the picture there, hands his place to him, and
/// the small one looks like him lying. Runs on: the thread of the camera's scenes.
class Sightings {
public:
    /// Of whom a posture may be, as he was last seen.
    struct Known {
        TrackId track;
        WallTime time;   ///< when his posture was last read
        Point hips;      ///< where they were then, pixels
        float size = 0;  ///< of his standing body, pixels
    };

    /// In order of time. Tracks that nobody sees at the moment, and other things than people, are
    /// passed over.
    void remember(const Track& track, WallTime now);
    void forget(WallTime now);

    void clear() { seen_.clear(); }

    /// Whether a posture of this extent (pixels) is that of somebody much smaller than `him`, who
    /// was seen near there before, while he himself was still seen elsewhere.
    bool is_of_another(const Box& extent, WallTime now, const Known& him) const;

private:
    struct Sighting {
        WallTime time;
        TrackId track;
        Box box;
    };

    std::deque<Sighting> seen_;  ///< oldest first
};

}  // namespace bongsu::behaviours::fall
