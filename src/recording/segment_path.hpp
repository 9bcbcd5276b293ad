#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"

#include <string>

namespace bongsu::recording {

/// Where a stream's segments lie below the root.
struct StreamPlace {
    OrganisationId organisation;
    CameraId camera;
    StreamRole role = StreamRole::Main;
};

/// "<organisation>/<camera>/<role>/2026-11-21". Bytes of names that are not letters, digits, '_' or
/// '-' are written as %xx, an empty name as "_".
std::string day_folder(const StreamPlace& place, WallTime start);

/// "<day folder>/HHMMSS_mmm.mp4" in UTC; `attempt` 2 and more add "_2" and so on.
std::string segment_path(const StreamPlace& place, WallTime start, int attempt = 1);

}  // namespace bongsu::recording
