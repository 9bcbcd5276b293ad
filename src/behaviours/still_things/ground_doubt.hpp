#pragma once

#include "behaviours/still_things/still_ground.hpp"
#include "behaviours/still_things/whereabouts.hpp"
#include "domain/scene.hpp"

namespace bongsu::behaviours::still_things {

/// Somebody who has not moved since the ground was learnt is a part of it: he looks like it, or he
/// appears in the middle of the picture as he begins to move. What was taken for ground there is
/// no evidence.
void doubt_ground(StillGround& ground, const Scene& scene, const Whereabouts& whereabouts);

}  // namespace bongsu::behaviours::still_things
