#pragma once

#include "core/clock.hpp"
#include "fleet/fleet.hpp"
#include "wall/plan.hpp"

#include <boost/json/fwd.hpp>

namespace bongsu::console {

/// Adds "tiles", "carousel", "share", "longest_unseen_camera", "longest_unseen_s", "bound_s" and
/// what waits, as components/schemas/Wall of api/openapi.yaml has them.
void put_wall(
    boost::json::object& json,
    const wall::OperatorWall& wall,
    const fleet::FleetSnapshot& fleet,
    WallTime now
);

}  // namespace bongsu::console
