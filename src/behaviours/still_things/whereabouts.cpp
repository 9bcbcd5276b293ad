#include "behaviours/still_things/whereabouts.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::still_things {
namespace {

constexpr Duration kMemory = std::chrono::seconds{70};
constexpr Duration kEvery = std::chrono::milliseconds{390};
constexpr std::size_t kMost = 400;
constexpr float kBorder = 0.15F;  ///< heights of the box

}  // namespace

void Whereabouts::note(const Scene& scene) {
    if (!sightings_.empty() &&
        (scene.time < sightings_.back().time || scene.time - sightings_.back().time < kEvery)) {
        return;
    }
    while (!sightings_.empty() && (scene.time - sightings_.front().time > kMemory)) {
        sightings_.pop_front();
    }
    for (const Track& track : scene.tracks) {
        const bool is_seen = track.state == TrackState::Confirmed ||
                             (track.state == TrackState::Tentative && scene.has_detections);
        if (is_seen) {
            sightings_.push_back({scene.time, track.id, track.cls, track.box});
        }
    }
    while (sightings_.size() > kMost) {
        sightings_.pop_front();
    }
}

std::vector<Sighting> Whereabouts::near(const Box& place, WallTime from, WallTime to, float reach)
    const {
    std::vector<Sighting> found;
    std::ranges::copy_if(sightings_, std::back_inserter(found), [&](const Sighting& sighting) {
        return sighting.time >= from && sighting.time <= to &&
               gap_between(place, sighting.box) <= reach * sighting.box.h;
    });
    return found;
}

float gap_between(const Box& a, const Box& b) {
    const float dx = std::max({0.0F, b.x - a.right(), a.x - b.right()});
    const float dy = std::max({0.0F, b.y - a.bottom(), a.y - b.bottom()});
    return std::hypot(dx, dy);
}

float covered_share(const Box& a, const Box& b) {
    return a.area() > 0 ? intersection(a, b).area() / a.area() : 0;
}

bool is_at_border(const Box& box, int width, int height) {
    const float near = kBorder * box.h;
    return box.x <= near || box.y <= near || box.right() >= static_cast<float>(width) - near ||
           box.bottom() >= static_cast<float>(height) - near;
}

}  // namespace bongsu::behaviours::still_things
