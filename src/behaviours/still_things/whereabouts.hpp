#pragma once

#include "domain/scene.hpp"

#include <deque>
#include <vector>

namespace bongsu::behaviours::still_things {

/// Where somebody or something was at one instant.
struct Sighting {
    WallTime time;
    TrackId track;
    ObjectClass cls = ObjectClass::Person;
    Box box;
};

/// Remembers where the objects of a scene were during the last minute, some two looks a second, so
/// that it can be asked later who stood where. Somebody whom the tracker does not believe in yet
/// was there all the same: what is asked is not who he is. At most 16 kB: in a crowd it reaches
/// back less far.
class Whereabouts {
public:
    void note(const Scene& scene);

    /// Sightings between two instants whose box came within `reach` of its own height to `place`.
    std::vector<Sighting> near(const Box& place, WallTime from, WallTime to, float reach) const;

    void forget() { sightings_.clear(); }

private:
    std::deque<Sighting> sightings_;  ///< oldest first
};

/// Gap between two boxes, pixels; 0 when they touch.
float gap_between(const Box& a, const Box& b);

/// Which share of `a` lies in `b`.
float covered_share(const Box& a, const Box& b);

/// Whether a box is so near to the border of the picture that whoever it is comes or goes there.
bool is_at_border(const Box& box, int width, int height);

}  // namespace bongsu::behaviours::still_things
