// PTZ of a simulated camera.
#include "camsim/onvif/device.hpp"

#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

constexpr Duration kUsualMove = std::chrono::seconds{10};  // without a Timeout

struct Direction {
    double pan = 0;
    double tilt = 0;
    double zoom = 0;
    bool is_valid = true;
};

/// `zoom_min`: -1 for speeds, 0 for places.
Direction read_direction(pugi::xml_node from, double zoom_min) {
    const pugi::xml_node pan_tilt = SoapCall::find(from, "PanTilt");
    const pugi::xml_node zoom = SoapCall::find(from, "Zoom");
    Direction out{
        .pan = pan_tilt.attribute("x").as_double(),
        .tilt = pan_tilt.attribute("y").as_double(),
        .zoom = zoom.attribute("x").as_double(),
    };
    out.is_valid = out.pan >= -1 && out.pan <= 1 && out.tilt >= -1 && out.tilt <= 1 &&
                   out.zoom >= zoom_min && out.zoom <= 1;
    return out;
}

std::string space(std::string_view name, std::string_view uri, double x_min, bool has_y) {
    return fmt::format(
        "<tt:{0}><tt:URI>http://www.onvif.org/ver10/tptz/{1}</tt:URI><tt:XRange><tt:Min>{2}"
        "</tt:Min><tt:Max>1</tt:Max></tt:XRange>{3}</tt:{0}>",
        name,
        uri,
        x_min,
        has_y ? "<tt:YRange><tt:Min>-1</tt:Min><tt:Max>1</tt:Max></tt:YRange>" : ""
    );
}

std::string nodes() {
    return R"(<tptz:GetNodesResponse><tptz:PTZNode token="head"><tt:Name>head</tt:Name>)"
           "<tt:SupportedPTZSpaces>" +
           space("AbsolutePanTiltPositionSpace", "PanTiltSpaces/PositionGenericSpace", -1, true) +
           space("AbsoluteZoomPositionSpace", "ZoomSpaces/PositionGenericSpace", 0, false) +
           space("ContinuousPanTiltVelocitySpace", "PanTiltSpaces/VelocityGenericSpace", -1, true) +
           space("ContinuousZoomVelocitySpace", "ZoomSpaces/VelocityGenericSpace", -1, false) +
           "</tt:SupportedPTZSpaces><tt:MaximumNumberOfPresets>16</tt:MaximumNumberOfPresets>"
           "<tt:HomeSupported>true</tt:HomeSupported></tptz:PTZNode></tptz:GetNodesResponse>";
}

std::string presets() {
    std::string out = "<tptz:GetPresetsResponse>";
    for (const auto& [token, name] : PtzHead::presets()) {
        out += fmt::format(
            R"(<tptz:Preset token="{}"><tt:Name>{}</tt:Name></tptz:Preset>)", token, name
        );
    }
    return out + "</tptz:GetPresetsResponse>";
}

std::string status(const PtzPlace& place, WallTime now) {
    const char* state = place.is_moving ? "MOVING" : "IDLE";
    return fmt::format(
        R"(<tptz:GetStatusResponse><tptz:PTZStatus><tt:Position><tt:PanTilt x="{:.4f}" y="{:.4f}"/>)"
        R"(<tt:Zoom x="{:.4f}"/></tt:Position><tt:MoveStatus><tt:PanTilt>{}</tt:PanTilt><tt:Zoom>)"
        "{}</tt:Zoom></tt:MoveStatus><tt:UtcTime>{}</tt:UtcTime></tptz:PTZStatus>"
        "</tptz:GetStatusResponse>",
        place.pan,
        place.tilt,
        place.zoom,
        state,
        state,
        to_iso8601(now)
    );
}

net::HttpResponse done(const SoapCall& call) {
    return soap_answer("<tptz:" + call.operation + "Response/>");
}

net::HttpResponse out_of_range() {
    return soap_fault(400, "Sender", "ter:InvalidPosition", "a value is out of range");
}

}  // namespace

net::HttpResponse OnvifDevice::answer_ptz(const SoapCall& call) {
    if (call.operation == "GetNodes") {
        return soap_answer(nodes());
    }
    if (stream_of(call) == nullptr) {
        return soap_fault(400, "Sender", "ter:NoProfile", "there is no such profile");
    }
    if (call.operation == "GetPresets") {
        return soap_answer(presets());
    }
    if (call.operation == "GetStatus") {
        return soap_answer(status(ptz_.place(), clock_.wall() + options_.clock_offset));
    }
    if (call.operation == "ContinuousMove") {
        const Direction speed = read_direction(call.body, -1);
        if (!speed.is_valid) {
            return out_of_range();
        }
        const auto at_most = read_xml_duration(call.text("Timeout"));
        ptz_.move(speed.pan, speed.tilt, speed.zoom, at_most.value_or(kUsualMove));
        return done(call);
    }
    if (call.operation == "AbsoluteMove") {
        const Direction place = read_direction(SoapCall::find(call.body, "Position"), 0);
        if (!place.is_valid) {
            return out_of_range();
        }
        ptz_.go_to(place.pan, place.tilt, place.zoom);
        return done(call);
    }
    if (call.operation == "Stop") {
        ptz_.stop();
        return done(call);
    }
    if (call.operation == "GotoHomePosition") {
        ptz_.go_home();
        return done(call);
    }
    if (call.operation == "GotoPreset") {
        return ptz_.go_to_preset(call.text("PresetToken"))
                   ? done(call)
                   : soap_fault(400, "Sender", "ter:NoToken", "there is no such preset");
    }
    return unknown_operation(call);
}

}  // namespace bongsu::camsim
