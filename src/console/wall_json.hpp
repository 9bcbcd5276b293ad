#pragma once

#include "console/wall_keeper.hpp"
#include "core/clock.hpp"
#include "fleet/fleet.hpp"
#include "wall/plan.hpp"

#include <boost/json/fwd.hpp>

namespace bongsu::console {

/// Adds tiles, carousel and all that the planner says, as components/schemas/Wall of
/// api/openapi.yaml has them.
void put_wall(
    boost::json::object& json, const wall::OperatorWall& wall, const fleet::FleetSnapshot& fleet
);

/// The message "load" of the event stream, for supervisors.
boost::json::object load_json(const ShiftState& shift);

}  // namespace bongsu::console
