#pragma once

#include "console/scan_job.hpp"
#include "fleet/fleet.hpp"
#include "onvif/candidate.hpp"

#include <functional>
#include <string>

#include <boost/json.hpp>

namespace bongsu::console {

/// CameraCandidate of the contract. Its `config` is ready to be sent back as a new camera: streams
/// with the credentials, an id that the fleet does not have, ONVIF for PTZ and events.
boost::json::object to_json(
    const onvif::CameraCandidate& candidate,
    const std::string& name,
    const onvif::Credentials& credentials,
    const fleet::FleetSnapshot& fleet
);

/// Whether the caller may know of this camera.
using SeesCamera = std::function<bool(const fleet::FleetCamera&)>;

/// Finding of the contract. Null as candidate when it has not been asked.
boost::json::object to_json(
    const Finding& finding,
    const onvif::Credentials& credentials,
    const fleet::FleetSnapshot& fleet,
    const SeesCamera& sees
);

/// The camera of the fleet that this finding is: the same ONVIF address or stream, or the only one
/// on that host. Empty when there is none, or none that the caller may know of.
std::string known_camera(
    const Finding& finding, const fleet::FleetSnapshot& fleet, const SeesCamera& sees
);

/// "Main gate (2)" becomes "main-gate-2": 1 to 64 characters of a-z, 0-9, '_' and '-', not yet in
/// the fleet.
std::string free_camera_id(const std::string& name, const fleet::FleetSnapshot& fleet);

}  // namespace bongsu::console
