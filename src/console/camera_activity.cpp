#include "console/camera_activity.hpp"

#include <functional>

namespace bongsu::console {
namespace {

/// After so long without a scene nobody knows who is there.
constexpr Duration kStale = std::chrono::seconds{15};

}  // namespace

void CameraActivity::take(const Scene& scene, MonoTime now) {
    Now seen{.level = scene.level, .arrived = now};
    for (const Track& track : scene.tracks) {
        if (track.state == TrackState::Confirmed) {
            seen.people += track.cls == ObjectClass::Person ? 1 : 0;
            seen.vehicles += is_vehicle(track.cls) ? 1 : 0;
        }
    }
    Part& part = parts_[part_of(scene.camera)];
    const std::scoped_lock lock(part.mutex);
    Now& known = part.cameras[scene.camera];
    seen.last_person = seen.people > 0 ? std::optional(scene.time) : known.last_person;
    known = seen;
}

CameraActivity::Now CameraActivity::of(const CameraId& camera, MonoTime now) const {
    const Part& part = parts_[part_of(camera)];
    const std::scoped_lock lock(part.mutex);
    const auto found = part.cameras.find(camera);
    if (found == part.cameras.end()) {
        return {};
    }
    Now known = found->second;
    if (now - known.arrived > kStale) {
        known.people = 0;
        known.vehicles = 0;
    }
    return known;
}

void CameraActivity::forget(const CameraId& camera) {
    Part& part = parts_[part_of(camera)];
    const std::scoped_lock lock(part.mutex);
    part.cameras.erase(camera);
}

std::size_t CameraActivity::part_of(const CameraId& camera) {
    return std::hash<CameraId>{}(camera) % kParts;
}

}  // namespace bongsu::console
