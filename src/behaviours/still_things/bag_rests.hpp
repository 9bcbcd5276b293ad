#pragma once

#include "domain/track.hpp"

#include <vector>

namespace bongsu::behaviours::still_things {

/// Where bags that the detector sees have come to rest, and since when. Another number at the same
/// place is the same bag. At most 16, forgotten after a minute out of sight.
class BagRests {
public:
    /// Takes in a sighting. Returns since when the bag has lain where it lies.
    WallTime rest_since(const Track& bag, WallTime now);

private:
    struct Rest {
        TrackId bag;
        Box box;
        WallTime since;
        WallTime seen;
    };

    std::vector<Rest> rests_;
};

}  // namespace bongsu::behaviours::still_things
