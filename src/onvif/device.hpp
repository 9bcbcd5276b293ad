#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/soap_channel.hpp"
#include "onvif/url.hpp"

#include <optional>
#include <string>

namespace bongsu::onvif {

struct DeviceInformation {
    std::string manufacturer;
    std::string model;
    std::string firmware;
    std::string serial;
    std::string hardware;
};

/// Where a camera's services are; absent ones are not offered.
struct Services {
    std::optional<Url> media2;
    std::optional<Url> media1;
    std::optional<Url> ptz;
    std::optional<Url> events;
};

/// The camera's clock minus ours, from GetSystemDateAndTime (core specification 8.2.9), half of the
/// call's time taken off. Corrupt when the camera names no UTC time.
Result<Duration> read_clock_offset(SoapChannel& channel, const Url& device);

Result<DeviceInformation> read_information(SoapChannel& channel, const Url& device);

/// GetHostname without credentials; empty when the camera keeps it to itself.
std::string read_host_name(SoapChannel& channel, const Url& device);

/// GetServices, or GetCapabilities with older cameras. `corrects_hosts`: addresses that name
/// another host than the one we reached are put right (see reachable()).
Result<Services> read_services(SoapChannel& channel, const Url& device, bool corrects_hosts);

/// The parsers alone.
Result<WallTime> parse_system_time(pugi::xml_node response);
DeviceInformation parse_information(pugi::xml_node response);
Services parse_services(pugi::xml_node response);
Services parse_capabilities(pugi::xml_node response);

}  // namespace bongsu::onvif
