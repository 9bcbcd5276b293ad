#pragma once

#include "eval/zones/scenario.hpp"

#include <vector>

namespace bongsu::eval {

/// The raised event of each true event, or kUnassigned: same type and zone, and they overlap in
/// time or start within one second of each other. One to one, as many pairs as possible, then the
/// nearest starts.
std::vector<int> match_events(
    const std::vector<ZoneEvent>& truth, const std::vector<ZoneEvent>& raised
);

}  // namespace bongsu::eval
