#pragma once

#include "behaviours/place.hpp"
#include "behaviours/presence.hpp"
#include "core/clock.hpp"
#include "domain/scene.hpp"

#include <deque>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::behaviours::crowding {

/// How many people are expected in one place.
struct Headcount {
    double people = 0;   ///< the median of the latest looks
    float sureness = 0;  ///< people for each box that was counted, 0..1
    Box box;             ///< around those of the latest look
};

/// Counts everybody in some places by second looks, every five seconds. A single look is off by a
/// tenth or more, so three of them must agree: the median is what counts. Owned by one rule's
/// memory.
class Census {
public:
    /// Looks when it is time and the scene has a picture. Whether there is a new count.
    bool update(
        const Scene& scene, std::span<const Place> places, const PresenceSettings& settings
    );

    /// By index of the place; nothing before the first look and when the latest is older than a
    /// minute: nobody knows any more.
    std::optional<Headcount> count(std::size_t place, WallTime now) const;

private:
    struct Look {
        WallTime time;
        std::vector<Headcount> counts;  ///< by place
    };

    std::deque<Look> looks_;  ///< the latest three at most
};

}  // namespace bongsu::behaviours::crowding
