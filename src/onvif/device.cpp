#include "onvif/device.hpp"

#include <chrono>

namespace bongsu::onvif {

namespace {

constexpr std::string_view kDevice = "http://www.onvif.org/ver10/device/wsdl/";
constexpr std::string_view kMedia1 = "http://www.onvif.org/ver10/media/wsdl";
constexpr std::string_view kMedia2 = "http://www.onvif.org/ver20/media/wsdl";
constexpr std::string_view kPtz = "http://www.onvif.org/ver20/ptz/wsdl";
constexpr std::string_view kEvents = "http://www.onvif.org/ver10/events/wsdl";

SoapRequest device_request(std::string_view operation, std::string body) {
    return {.action = std::string(kDevice) + std::string(operation), .body = std::move(body)};
}

std::optional<Url> url_or_nothing(const std::string& text) {
    auto url = parse_url(text);
    return url ? std::optional(*std::move(url)) : std::nullopt;
}

std::optional<int> whole_at(pugi::xml_node from, std::string_view path, int min, int max) {
    const auto value = number_at(from, path);
    if (!value || *value < min || *value > max) {
        return std::nullopt;
    }
    return static_cast<int>(*value);
}

void correct(std::optional<Url>& service, const Url& device) {
    if (service) {
        service = reachable(*service, device);
    }
}

}  // namespace

Result<WallTime> parse_system_time(pugi::xml_node response) {
    const pugi::xml_node utc = find(response, "SystemDateAndTime/UTCDateTime");
    const auto year = whole_at(utc, "Date/Year", 1970, 2200);
    const auto month = whole_at(utc, "Date/Month", 1, 12);
    const auto day = whole_at(utc, "Date/Day", 1, 31);
    const auto hour = whole_at(utc, "Time/Hour", 0, 23);
    const auto minute = whole_at(utc, "Time/Minute", 0, 59);
    const auto second = whole_at(utc, "Time/Second", 0, 61);  // leap seconds, as the schema allows
    if (!year || !month || !day || !hour || !minute || !second) {
        return fail(ErrorKind::Corrupt, "the camera names no valid UTC time");
    }
    const std::chrono::year_month_day date{
        std::chrono::year{*year},
        std::chrono::month{static_cast<unsigned>(*month)},
        std::chrono::day{static_cast<unsigned>(*day)}
    };
    if (!date.ok()) {
        return fail(ErrorKind::Corrupt, "the camera names a day that does not exist");
    }
    return WallTime{std::chrono::sys_days{date}} + std::chrono::hours{*hour} +
           std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

Result<Duration> read_clock_offset(SoapChannel& channel, const Url& device) {
    const SoapRequest request =
        device_request("GetSystemDateAndTime", "<tds:GetSystemDateAndTime/>");
    const WallTime asked = channel.clock().wall();
    auto reply = channel.call_openly(device.text(), request);
    if (!reply && reply.error().kind == ErrorKind::PermissionDenied) {
        reply = channel.call(device.text(), request);  // some ask for a login even here
    }
    if (!reply) {
        return fail(reply.error());
    }
    const WallTime answered = channel.clock().wall();
    BONGSU_ASSIGN(const WallTime camera, parse_system_time(reply->response()));
    // The camera cut its time to whole seconds: on average half a second is missing.
    return camera + std::chrono::milliseconds{500} - (asked + (answered - asked) / 2);
}

DeviceInformation parse_information(pugi::xml_node response) {
    return {
        .manufacturer = text_at(response, "Manufacturer"),
        .model = text_at(response, "Model"),
        .firmware = text_at(response, "FirmwareVersion"),
        .serial = text_at(response, "SerialNumber"),
        .hardware = text_at(response, "HardwareId"),
    };
}

Result<DeviceInformation> read_information(SoapChannel& channel, const Url& device) {
    BONGSU_ASSIGN(
        const SoapReply reply,
        channel.call(
            device.text(), device_request("GetDeviceInformation", "<tds:GetDeviceInformation/>")
        )
    );
    return parse_information(reply.response());
}

std::string read_host_name(SoapChannel& channel, const Url& device) {
    const auto reply =
        channel.call_openly(device.text(), device_request("GetHostname", "<tds:GetHostname/>"));
    return reply ? text_at(reply->response(), "HostnameInformation/Name").substr(0, 128)
                 : std::string();
}

Services parse_services(pugi::xml_node response) {
    Services services;
    for (const pugi::xml_node service : children(response, "Service")) {
        const std::string name = text_at(service, "Namespace");
        auto url = url_or_nothing(text_at(service, "XAddr"));
        if (name == kMedia1) {
            services.media1 = std::move(url);
        } else if (name == kMedia2) {
            services.media2 = std::move(url);
        } else if (name == kPtz) {
            services.ptz = std::move(url);
        } else if (name == kEvents) {
            services.events = std::move(url);
        }
    }
    return services;
}

Services parse_capabilities(pugi::xml_node response) {
    const pugi::xml_node capabilities = child(response, "Capabilities");
    return {
        .media2 = std::nullopt,
        .media1 = url_or_nothing(text_at(capabilities, "Media/XAddr")),
        .ptz = url_or_nothing(text_at(capabilities, "PTZ/XAddr")),
        .events = url_or_nothing(text_at(capabilities, "Events/XAddr")),
    };
}

Result<Services> read_services(SoapChannel& channel, const Url& device, bool corrects_hosts) {
    Services services;
    auto reply = channel.call(
        device.text(),
        device_request(
            "GetServices",
            "<tds:GetServices><tds:IncludeCapability>false</tds:IncludeCapability></"
            "tds:GetServices>"
        )
    );
    if (reply) {
        services = parse_services(reply->response());
    } else if (reply.error().kind == ErrorKind::PermissionDenied) {
        return fail(reply.error());
    }
    if (!services.media1 && !services.media2) {
        BONGSU_ASSIGN(
            const SoapReply older,
            channel.call(
                device.text(),
                device_request(
                    "GetCapabilities",
                    "<tds:GetCapabilities><tds:Category>All</tds:Category></tds:GetCapabilities>"
                )
            )
        );
        services = parse_capabilities(older.response());
    }
    if (corrects_hosts) {
        for (auto* service :
             {&services.media1, &services.media2, &services.ptz, &services.events}) {
            correct(*service, device);
        }
    }
    return services;
}

}  // namespace bongsu::onvif
