#pragma once

#include "console/route.hpp"
#include "domain/geometry.hpp"
#include "fleet/fleet.hpp"

#include <vector>

namespace bongsu::console {

/// Whether the call may have the camera's pictures as they are, though it has privacy masks: the
/// right "unmask", for the purpose said.
bool may_unmask(const Call& call, const fleet::FleetCamera& camera);

/// What must be black in pictures of the camera that go out by this call (PIPA art. 25: only what a
/// camera is there for is watched).
std::vector<Polygon> hidden_areas(const Call& call, const fleet::FleetCamera& camera);

}  // namespace bongsu::console
