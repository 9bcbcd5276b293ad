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

    /// `rtsp_port`: of the simulator's streams. Errors name address and port. Where no multicast is
    /// possible, cameras answer all the same but are not discovered; that is logged.
    Status start(std::uint16_t rtsp_port);
    void stop();

    std::uint16_t port() const;

    /// Such as "http://127.0.0.1:8555"; a camera's device service is at base_url() + "/<camera>" +
    /// "/onvif/device_service", also when each camera has an address of its own.
    std::string base_url() const;

    /// 0 when probes are not answered.
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
