#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::camsim {

/// What the ONVIF side does wrong on purpose.
enum class OnvifFault {
    None,
    WrongPassword,  ///< no login is ever right
    Slow,           ///< every answer waits
    Garbage,        ///< answers are no XML
    RefusesMedia2,  ///< listed among the services, but every call ends in a fault
};

/// How callers log in when the simulator wants a login at all.
enum class OnvifLogin { Both, Token, Digest };

struct OnvifOptions {
    bool is_on = false;
    std::uint16_t port = 8555;       ///< HTTP; 0: any free one
    bool has_own_addresses = false;  ///< each camera on an address of its own, counted from bind
    std::string host;                ///< what cameras call themselves; empty: as they are reached
    bool has_discovery = true;
    std::string discovery_address = "127.0.0.1";  ///< interface that hears probes
    std::uint16_t discovery_port = 3702;
    bool has_media2 = true;
    bool has_ptz = true;
    OnvifLogin login = OnvifLogin::Both;
    Duration clock_offset{};  ///< of the cameras' clocks against ours
    Duration motion_every{};  ///< scripted motion alarm; zero: none
    OnvifFault fault = OnvifFault::None;
    Duration slow_by = std::chrono::seconds{3};
};

/// Their rows in the simulator's table.
std::vector<FieldSpec> onvif_fields();
OnvifOptions onvif_options(const Settings& settings);

}  // namespace bongsu::camsim
