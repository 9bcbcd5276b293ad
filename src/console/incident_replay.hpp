#pragma once

#include "console/ports.hpp"
#include "console/route.hpp"

namespace bongsu::console {

/// What the camera's rules see and say, scene by scene, over the clip of the call's incident: for
/// those who want to know why it was raised. The rules are the camera's present ones. NotFound when
/// the incident has no clip or its camera is gone; Unavailable when no scenes are kept here.
Result<net::HttpAnswer> incident_replay(const ConsoleParts& parts, const Call& call);

}  // namespace bongsu::console
