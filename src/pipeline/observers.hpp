#pragma once

#include "domain/behaviour_event.hpp"
#include "domain/camera.hpp"
#include "domain/frame.hpp"
#include "domain/scene.hpp"
#include "domain/track.hpp"

#include <functional>
#include <span>

namespace bongsu::pipeline {

/// Takes each event of a behaviour, with the picture in which it became certain (null when there is
/// none, as for a lost camera, or, after its beginning, when nobody looked at that instant) and the
/// tracks of that picture. Must be quick: it holds up its camera, nobody else. Runs on: the serial
/// queue of the event's camera; several cameras call at once.
using EventObserver =
    std::function<void(const BehaviourEvent&, const Frame* snapshot, std::span<const Track>)>;

/// Sees every scene that the behaviours saw, after them; for annotation and measuring. The camera
/// gives zones and masks. Runs on: as above.
using SceneObserver = std::function<void(const Scene&, const CameraConfig&)>;

}  // namespace bongsu::pipeline
