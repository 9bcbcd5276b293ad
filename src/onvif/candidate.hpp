#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/device.hpp"
#include "onvif/http.hpp"
#include "onvif/media_service.hpp"
#include "onvif/profile.hpp"
#include "onvif/remark.hpp"

#include <string>
#include <vector>

namespace bongsu::onvif {

/// All that an administrator needs to know of a camera before adding it.
struct CameraCandidate {
    std::string address;  ///< of its device service
    DeviceInformation device;
    MediaGeneration generation = MediaGeneration::Media2;
    std::vector<MediaProfile> profiles;
    bool has_ptz = false;
    bool has_events = false;
    Duration clock_offset{};  ///< the camera's clock minus ours
    std::vector<Remark> problems;

    /// The profile with this use, or null.
    const MediaProfile* profile_for(ProfileUse use) const;
};

struct InterrogateOptions {
    Duration call_deadline = std::chrono::seconds{5};
    Duration deadline = std::chrono::seconds{30};  ///< of the whole conversation
    bool corrects_hosts = true;  ///< addresses with another host than asked are put right
};

/// Asks a camera everything: clock, identity, services, profiles through Media2 or else Media1, and
/// which profile to record and which to analyse. Errors: InvalidArgument (the address),
/// PermissionDenied (user or password), Timeout, Unavailable, NotFound (no ONVIF there), Corrupt.
/// What is merely unpleasant becomes a problem.
Result<CameraCandidate> interrogate(
    const std::string& address,
    const Credentials& credentials,
    const Http& http,
    const Clock& clock,
    const InterrogateOptions& options = {}
);

/// The same over the network by the system's clock.
Result<CameraCandidate> interrogate(const std::string& address, const Credentials& credentials);

/// `http` with one deadline for all calls together.
Http until_deadline(Http http, const Clock& clock, MonoTime until);

}  // namespace bongsu::onvif
