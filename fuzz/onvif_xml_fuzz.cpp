// links: onvif net media core
#include "onvif/device.hpp"
#include "onvif/discovery.hpp"
#include "onvif/event.hpp"
#include "onvif/profile.hpp"
#include "onvif/ptz.hpp"
#include "onvif/soap.hpp"
#include "onvif/url.hpp"

#include <cstdint>
#include <string_view>

using namespace bongsu;

/// Whatever a camera may answer, through every parser of the module.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    (void)onvif::parse_probe_matches(text);
    if (const auto url = onvif::device_service(text)) {
        (void)onvif::with_credentials(onvif::reachable(*url, *url), text, text);
    }
    const auto reply = onvif::SoapReply::parse(text);
    if (!reply) {
        return 0;
    }
    const pugi::xml_node response = reply->response();
    (void)onvif::parse_system_time(response);
    (void)onvif::parse_information(response);
    (void)onvif::parse_services(response);
    (void)onvif::parse_capabilities(response);
    auto profiles = onvif::parse_profiles2(response);
    onvif::choose_uses(profiles);
    profiles = onvif::parse_profiles1(response);
    onvif::choose_uses(profiles);
    (void)onvif::parse_ptz_nodes(response);
    (void)onvif::parse_ptz_status(response);
    (void)onvif::parse_presets(response);
    for (const onvif::OnvifEvent& event : onvif::parse_notifications(response)) {
        (void)onvif::interpret(event);
    }
    return 0;
}
