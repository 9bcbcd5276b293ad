#include "camsim/onvif/device.hpp"

#include <chrono>

#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

bool is_open_to_all(const std::string& operation) {
    return operation == "GetSystemDateAndTime" || operation == "GetHostname" ||
           operation == "GetServices" ||
           operation == "GetCapabilities";  // core spec 5.9.4.3 PRE_AUTH
}

}  // namespace

OnvifDevice::OnvifDevice(
    std::string id,
    std::size_t number,
    std::vector<OnvifStream> streams,
    const OnvifOptions& options,
    const OnvifLoginCheck& login,
    const Clock& clock
)
    : id_(std::move(id)),
      number_(number),
      streams_(std::move(streams)),
      options_(options),
      login_(login),
      clock_(clock),
      ptz_(clock),
      events_(clock, options.motion_every, options.clock_offset) {}

std::string OnvifDevice::endpoint() const {
    return fmt::format("urn:uuid:b0595000-ca35-4000-8000-{:012x}", number_ + 1);
}

std::string OnvifDevice::scopes() const {
    return fmt::format(
        "onvif://www.onvif.org/type/video_encoder onvif://www.onvif.org/Profile/Streaming "
        "onvif://www.onvif.org/Profile/T onvif://www.onvif.org/name/{} "
        "onvif://www.onvif.org/hardware/Simulated%20camera",
        id_
    );
}

net::HttpResponse OnvifDevice::answer(
    std::string_view service, const net::HttpRequest& request, const Reached& reached
) {
    if (options_.fault == OnvifFault::Garbage) {
        return {.status = 200, .body = "<s:Envelope><s:Body><unclosed \x01\xFF</s:Body>"};
    }
    const auto call = read_soap(request.body);
    if (!call) {
        return soap_fault(400, "Sender", "ter:WellFormed", call.error().message);
    }
    if (!is_open_to_all(call->operation)) {
        if (auto refusal = login_.refusal(request, *call)) {
            return *std::move(refusal);
        }
    }
    return dispatch(service, *call, reached);
}

net::HttpResponse OnvifDevice::dispatch(
    std::string_view service, const SoapCall& call, const Reached& reached
) {
    constexpr std::string_view kSubscription = "subscription-";
    if (service == "device_service") {
        return answer_device(call, reached);
    }
    if (service == "media_service") {
        return answer_media1(call, reached);
    }
    if (service == "media2_service" && options_.has_media2) {
        return options_.fault == OnvifFault::RefusesMedia2
                   ? soap_fault(500, "Receiver", "ter:Action", "internal error of this service")
                   : answer_media2(call, reached);
    }
    if (service == "ptz_service" && options_.has_ptz) {
        return answer_ptz(call);
    }
    if (service == "event_service") {
        return answer_events(call, reached);
    }
    if (service.starts_with(kSubscription)) {
        return answer_subscription(service.substr(kSubscription.size()), call);
    }
    return {.status = 404};
}

net::HttpResponse OnvifDevice::answer_device(const SoapCall& call, const Reached& reached) {
    if (call.operation == "GetSystemDateAndTime") {
        return soap_answer(system_time());
    }
    if (call.operation == "GetDeviceInformation") {
        return soap_answer(information());
    }
    if (call.operation == "GetServices") {
        return soap_answer(services(reached));
    }
    if (call.operation == "GetCapabilities") {
        return soap_answer(capabilities(reached));
    }
    if (call.operation == "GetHostname") {
        return soap_answer(fmt::format(
            "<tds:GetHostnameResponse><tds:HostnameInformation><tt:FromDHCP>false</tt:FromDHCP>"
            "<tt:Name>{}</tt:Name></tds:HostnameInformation></tds:GetHostnameResponse>",
            escape_xml(id_)
        ));
    }
    return unknown_operation(call);
}

std::string OnvifDevice::system_time() const {
    const WallTime now = clock_.wall() + options_.clock_offset;
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::seconds>(now - day)};
    return fmt::format(
        "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>"
        "<tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>"
        "<tt:TimeZone><tt:TZ>KST-9</tt:TZ></tt:TimeZone><tt:UTCDateTime><tt:Time><tt:Hour>{}"
        "</tt:Hour><tt:Minute>{}</tt:Minute><tt:Second>{}</tt:Second></tt:Time><tt:Date><tt:Year>{}"
        "</tt:Year><tt:Month>{}</tt:Month><tt:Day>{}</tt:Day></tt:Date></tt:UTCDateTime>"
        "</tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>",
        time.hours().count(),
        time.minutes().count(),
        time.seconds().count(),
        static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day())
    );
}

std::string OnvifDevice::information() const {
    return fmt::format(
        "<tds:GetDeviceInformationResponse><tds:Manufacturer>Bongsu</tds:Manufacturer><tds:Model>"
        "Simulated camera</tds:Model><tds:FirmwareVersion>1.0</tds:FirmwareVersion>"
        "<tds:SerialNumber>SIM-{:06}</tds:SerialNumber><tds:HardwareId>camsim</tds:HardwareId>"
        "</tds:GetDeviceInformationResponse>",
        number_ + 1
    );
}

std::string OnvifDevice::services(const Reached& reached) const {
    std::string out = "<tds:GetServicesResponse>";
    const auto add = [&](std::string_view name, std::string_view path, int major) {
        out += fmt::format(
            "<tds:Service><tds:Namespace>{}</tds:Namespace><tds:XAddr>{}/onvif/{}</tds:XAddr>"
            "<tds:Version><tt:Major>{}</tt:Major><tt:Minor>6</tt:Minor></tds:Version></"
            "tds:Service>",
            name,
            reached.http_base,
            path,
            major
        );
    };
    add("http://www.onvif.org/ver10/device/wsdl", "device_service", 2);
    add("http://www.onvif.org/ver10/media/wsdl", "media_service", 2);
    add("http://www.onvif.org/ver10/events/wsdl", "event_service", 2);
    if (options_.has_media2) {
        add("http://www.onvif.org/ver20/media/wsdl", "media2_service", 2);
    }
    if (options_.has_ptz) {
        add("http://www.onvif.org/ver20/ptz/wsdl", "ptz_service", 2);
    }
    return out + "</tds:GetServicesResponse>";
}

std::string OnvifDevice::capabilities(const Reached& reached) const {
    const auto entry = [&](std::string_view name, std::string_view path) {
        return fmt::format(
            "<tt:{0}><tt:XAddr>{1}/onvif/{2}</tt:XAddr></tt:{0}>", name, reached.http_base, path
        );
    };
    return "<tds:GetCapabilitiesResponse><tds:Capabilities>" + entry("Device", "device_service") +
           entry("Events", "event_service") + entry("Media", "media_service") +
           (options_.has_ptz ? entry("PTZ", "ptz_service") : "") +
           "</tds:Capabilities></tds:GetCapabilitiesResponse>";
}

net::HttpResponse unknown_operation(const SoapCall& call) {
    return soap_fault(
        500, "Receiver", "ter:ActionNotSupported", call.operation + " is not supported"
    );
}

}  // namespace bongsu::camsim
