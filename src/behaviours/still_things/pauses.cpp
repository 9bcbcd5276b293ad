#include "behaviours/still_things/pauses.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace bongsu::behaviours::still_things {
namespace {

/// Who puts something down stops: he is so long within so many body heights.
constexpr Duration kPause = std::chrono::milliseconds{1'200};
constexpr float kStops = 0.35F;
/// Somebody whose box held so much of a place for so long stood there.
constexpr float kStoodThere = 0.6F;
constexpr Duration kStoodFor = std::chrono::seconds{2};

/// Whether somebody stood still when this was seen of him.
bool has_paused(const Sighting& sighting, const std::vector<Sighting>& before) {
    return std::ranges::any_of(before, [&](const Sighting& earlier) {
        return earlier.track == sighting.track && sighting.time - earlier.time >= kPause &&
               distance(earlier.box.foot(), sighting.box.foot()) <= kStops * sighting.box.h;
    });
}

}  // namespace

void leave_out_passers_by(std::vector<Sighting>& near, const std::vector<Sighting>& first) {
    std::set<TrackId> paused;
    for (const Sighting& sighting : near) {
        const bool was_first =
            std::ranges::find(first, sighting.track, &Sighting::track) != first.end();
        if (sighting.cls == ObjectClass::Person && was_first && has_paused(sighting, near)) {
            paused.insert(sighting.track);
        }
    }
    if (!paused.empty()) {
        std::erase_if(near, [&](const Sighting& sighting) {
            return !paused.contains(sighting.track);
        });
    }
}

bool has_somebody_stood(const std::vector<Sighting>& there, const Box& place) {
    std::map<TrackId, WallTime> since;
    return std::ranges::any_of(there, [&](const Sighting& sighting) {
        if (sighting.cls == ObjectClass::Bag || covered_share(place, sighting.box) < kStoodThere) {
            return false;
        }
        const WallTime first = since.try_emplace(sighting.track, sighting.time).first->second;
        return sighting.time - first >= kStoodFor;
    });
}

}  // namespace bongsu::behaviours::still_things
