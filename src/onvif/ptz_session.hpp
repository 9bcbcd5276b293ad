#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/onvif_config.hpp"
#include "onvif/http.hpp"
#include "onvif/ptz.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bongsu::onvif {

/// What operators may do with a camera's head.
struct PtzOffer {
    PtzAbilities abilities;
    std::vector<PtzPreset> presets;
};

/// Moves one camera for operators: connects at first use, again after a failure. Calls of several
/// threads follow one another. Each call lasts at most a few seconds.
class PtzSession {
public:
    /// `clock` must outlive it.
    PtzSession(OnvifConfig config, Http http, const Clock& clock);
    ~PtzSession();
    PtzSession(const PtzSession&) = delete;
    PtzSession& operator=(const PtzSession&) = delete;

    /// Unsupported when the camera has no PTZ; further errors: those of SoapChannel.
    Result<PtzOffer> offer();

    /// Moves at -1..1 of full speed for at most five seconds: who holds the key asks again.
    Status move(const PtzVector& speed);
    Status stop();
    Status home();
    Status go_to_preset(const std::string& token);
    Status go_to(const PtzVector& place);
    Result<PtzStatus> status();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::onvif
