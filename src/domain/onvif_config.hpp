#pragma once

#include "core/result.hpp"
#include "core/settings.hpp"

#include <string>
#include <string_view>

namespace bongsu {

/// How a camera is reached over ONVIF, and what for. The key `onvif` of a camera's configuration.
struct OnvifConfig {
    std::string address;  ///< host, host:port or the URL of the device service
    std::string user;
    std::string password;     ///< never printed; written in files as ${NAME} of the environment
    bool has_events = false;  ///< its alarms become incidents
    bool has_ptz = false;     ///< operators may move it

    bool operator==(const OnvifConfig&) const = default;
};

/// The table behind it, for checks, forms and the reference.
const SettingsSchema& onvif_schema();

/// Reads {address, user?, password?, events?, ptz?}. `path` names the place in errors.
Result<OnvifConfig> parse_onvif(const Value& map, std::string_view path);

}  // namespace bongsu
