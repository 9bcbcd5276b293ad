#include "behaviours/still_things/ground_doubt.hpp"

#include <algorithm>
#include <vector>

namespace bongsu::behaviours::still_things {
namespace {

/// The middle of somebody's box: so much of its width is left out at each side.
constexpr float kCore = 0.2F;
/// Somebody whose middle looks so much like the ground is a part of it.
constexpr double kIsGround = 0.7;
/// Somebody new has come from nowhere when nobody was within so many body heights so long before.
constexpr float kAppears = 1;
constexpr Duration kCameFromWithin = std::chrono::seconds{30};
constexpr Duration kAppearsFor = std::chrono::seconds{2};

/// Whether a track began a moment ago where nobody was before and nobody can have come in.
bool has_appeared(const Track& track, const Scene& scene, const Whereabouts& whereabouts) {
    if (scene.time - track.first_seen > kAppearsFor) {
        return false;
    }
    const Box first = track.history.empty() ? track.box : track.history.front().box;
    if (is_at_border(first, scene.width, scene.height)) {
        return false;
    }
    const std::vector<Sighting> there =
        whereabouts.near(first, track.first_seen - kCameFromWithin, track.first_seen, kAppears);
    return std::ranges::none_of(there, [&](const Sighting& sighting) {
        return sighting.track != track.id;
    });
}

}  // namespace

void doubt_ground(StillGround& ground, const Scene& scene, const Whereabouts& whereabouts) {
    for (const Track& track : scene.tracks) {
        if (track.cls == ObjectClass::Bag || track.state == TrackState::Lost) {
            continue;
        }
        const Box core = padded(track.box, -kCore * track.box.w);
        const CellRange inside = cells_of(core, scene.width, scene.height);
        if (scene.has_detections && ground.likeness_to_ground(inside) > kIsGround) {
            ground.forget(cells_of(track.box, scene.width, scene.height), false);
        }
        if (has_appeared(track, scene, whereabouts)) {
            const Box around = padded(track.box, kAppears * track.box.h);
            ground.forget(cells_of(around, scene.width, scene.height), true);
        }
    }
}

}  // namespace bongsu::behaviours::still_things
