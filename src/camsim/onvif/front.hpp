#pragma once

#include "camsim/onvif/device.hpp"
#include "camsim/onvif/options.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "media/rtsp/digest.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::camsim {

/// What the ONVIF side needs to know of the simulator.
struct OnvifFrontSetup {
    OnvifOptions options;
    std::string bind;
    bool needs_login = false;
    media::Credentials credentials;
    std::string nonce;  ///< of HTTP digest
};

/// One camera for it.
struct OnvifCamera {
    std::string id;
    std::vector<OnvifStream> streams;
};

/// All simulated cameras behind HTTP: either on one port with the camera's name as the first part
/// of the path (and the first camera without it), or each on an address of its own. Started and
/// stopped by the owner's thread.
class OnvifFront {
public:
    /// `clock` must outlive it.
    OnvifFront(OnvifFrontSetup setup, std::vector<OnvifCamera> cameras, const Clock& clock);
    ~OnvifFront();
    OnvifFront(const OnvifFront&) = delete;
    OnvifFront& operator=(const OnvifFront&) = delete;

    /// `rtsp_port`: of the simulator's streams. Errors name address and port.
    Status start(std::uint16_t rtsp_port);
    void stop();

    std::uint16_t port() const;
    std::uint16_t discovery_port() const;

    /// Of the device service; empty for an unknown camera.
    std::string address_of(std::string_view camera) const;

    /// Null for an unknown camera.
    OnvifDevice* device(std::string_view camera);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::camsim
