#pragma once

#include "console/config.hpp"
#include "console/ports.hpp"
#include "console/route.hpp"

#include <vector>

// One function per family of routes; each lives in <family>_routes.cpp. all_routes() in console.cpp
// puts them together: a new family is one line here and one there.
namespace bongsu::console {

/// Event stream, search, map, version, the contract itself.
std::vector<Route> system_routes(const ConsoleParts& parts, const ConsoleConfig& config);

}  // namespace bongsu::console
