#pragma once

#include "console/config.hpp"
#include "console/ports.hpp"
#include "console/route.hpp"

#include <vector>

// One function per family of routes; each lives in <family>_routes.cpp. all_routes() in console.cpp
// puts them together: a new family is one line here and one there.
namespace bongsu::console {

/// A handler that is a plain function of the parts, as most are.
using PartsHandler = Result<net::HttpAnswer> (*)(const ConsoleParts&, const Call&);

/// Binds the parts, which outlive the routes.
inline Handler with_parts(const ConsoleParts& parts, PartsHandler handler) {
    return [&parts, handler](const Call& call) { return handler(parts, call); };
}

/// Event stream, search, map, version, the contract itself.
std::vector<Route> system_routes(const ConsoleParts& parts, const ConsoleConfig& config);

/// Cameras: list, map, configuration, versions, undo, probe.
std::vector<Route> camera_routes(const ConsoleParts& parts);
/// Tables of cameras, and groups.
std::vector<Route> fleet_routes(const ConsoleParts& parts);
/// Health of cameras and node, forms of the behaviours.
std::vector<Route> health_routes(const ConsoleParts& parts);

/// Live pictures and stills.
std::vector<Route> live_routes(const ConsoleParts& parts);

/// Timeline and pictures of recordings.
std::vector<Route> playback_routes(const ConsoleParts& parts);
/// Searches for movement and objects in a region.
std::vector<Route> motion_routes(const ConsoleParts& parts);
/// Clips that leave the system.
std::vector<Route> export_routes(const ConsoleParts& parts);
/// Stored tracks.
std::vector<Route> scene_routes(const ConsoleParts& parts);

/// Picture and film of an incident.
std::vector<Route> incident_media_routes(const ConsoleParts& parts);

/// Logging in and out, the own account, tokens and preferences.
std::vector<Route> session_routes(const ConsoleParts& parts);

/// Users, roles, organisations.
std::vector<Route> user_routes(const ConsoleParts& parts);

/// The own wall, coming on shift and leaving it.
std::vector<Route> wall_routes(const ConsoleParts& parts);

/// Rules run again over stored scenes.
std::vector<Route> replay_routes(const ConsoleParts& parts);

/// The log of access.
std::vector<Route> audit_routes(const ConsoleParts& parts);

/// Looking for cameras.
std::vector<Route> discovery_routes(const ConsoleParts& parts);
/// Moving cameras.
std::vector<Route> ptz_routes(const ConsoleParts& parts);

/// The queue of incidents and what people do about them.
std::vector<Route> incident_routes(const ConsoleParts& parts);
/// What would stop repeated false alarms.
std::vector<Route> suggestion_routes(const ConsoleParts& parts);
/// Figures for supervisors.
std::vector<Route> supervision_routes(const ConsoleParts& parts);

}  // namespace bongsu::console
