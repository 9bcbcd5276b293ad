#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/traffic/road.hpp"

#include <optional>
#include <vector>

namespace bongsu::behaviours::stopped_vehicle {

/// One vehicle and the place at which it has stood. A vehicle that creeps on stands anew.
struct Stop {
    std::vector<TrackId> tracks;  ///< the latest last: the tracker may change the number of one
    ZoneId zone;
    Box box;                 ///< where it came to stand
    WallTime since;          ///< observed there
    WallTime seen;           ///< latest
    float score = 0;         ///< of the latest sighting
    int sightings = 0;       ///< since `since`
    int displaced = 0;       ///< sightings in a row that found it elsewhere
    bool is_queued = false;  ///< it has stood in a queue since it came to stand
    Duration missed{};       ///< time looked at without seeing it, since `seen`
    EpisodeId episode;       ///< for the behaviour's own use
};

/// Follows who stands in the area of a road. One that stands is found again by its place when the
/// tracker lost it behind others or was not looking: a camera before which nothing moves is hardly
/// looked at.
class Stops {
public:
    struct Limits {
        float moved = 0.35F;  ///< of the longer side of the box: further is elsewhere
        Duration gap{};       ///< looked at for so long without seeing it, a vehicle has gone
    };

    /// Returns those that ended.
    std::vector<Stop> update(
        const Scene& scene,
        const traffic::Road& road,
        const std::vector<ObjectClass>& classes,
        const Limits& limits
    );

    std::vector<Stop>& open() { return open_; }

private:
    void observe(const Scene& scene, const Track& track, const ZoneId& zone, const Limits& limits);
    Stop* find(const Scene& scene, const Track& track);

    std::vector<Stop> open_;
    std::vector<Stop> ended_;
    std::optional<WallTime> last_;
};

}  // namespace bongsu::behaviours::stopped_vehicle
