#include "onvif/ptz.hpp"

#include "onvif/xml.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace bongsu::onvif {

namespace {

constexpr std::string_view kPtz = "http://www.onvif.org/ver20/ptz/wsdl/";
constexpr std::size_t kMostPresets = 512;
constexpr double kMostMillis = 600'000;

/// Shortest decimal form that every camera's parser takes: no exponent.
std::string decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4f", std::isfinite(value) ? value : 0.0);
    return text;
}

std::string vector_content(const PtzVector& value, bool has_pan_tilt, bool has_zoom) {
    std::string out;
    if (has_pan_tilt) {
        out += "<tt:PanTilt x=\"" + decimal(value.pan) + "\" y=\"" + decimal(value.tilt) + "\"/>";
    }
    if (has_zoom) {
        out += "<tt:Zoom x=\"" + decimal(value.zoom) + "\"/>";
    }
    return out;
}

/// xs:duration (XML Schema part 2, 3.2.6).
std::string xml_duration(Duration duration) {
    const double millis = std::clamp(to_seconds(duration) * 1000, 1.0, kMostMillis);
    char text[32];
    std::snprintf(text, sizeof text, "PT%.3fS", millis / 1000);
    return text;
}

void read_range(pugi::xml_node space, std::string_view name, PtzRange& out) {
    const pugi::xml_node range = child(space, name);
    const auto min = number_at(range, "Min");
    const auto max = number_at(range, "Max");
    if (min && max && *min <= *max) {
        out = {*min, *max};
    }
}

PtzVector clamped(const PtzVector& place, const PtzAbilities& limits) {
    return {
        .pan = std::clamp(place.pan, limits.pan.first, limits.pan.second),
        .tilt = std::clamp(place.tilt, limits.tilt.first, limits.tilt.second),
        .zoom = std::clamp(place.zoom, limits.zoom.first, limits.zoom.second),
    };
}

double vector_value(pugi::xml_node node, std::string_view name) {
    return to_number(attribute(node, name).value_or("")).value_or(0);
}

}  // namespace

PtzAbilities parse_ptz_nodes(pugi::xml_node response) {
    PtzAbilities abilities;
    const pugi::xml_node node = child(response, "PTZNode");
    const pugi::xml_node spaces = child(node, "SupportedPTZSpaces");
    const pugi::xml_node speed = child(spaces, "ContinuousPanTiltVelocitySpace");
    const pugi::xml_node zoom_speed = child(spaces, "ContinuousZoomVelocitySpace");
    const pugi::xml_node place = child(spaces, "AbsolutePanTiltPositionSpace");
    const pugi::xml_node zoom_place = child(spaces, "AbsoluteZoomPositionSpace");
    abilities.can_move = static_cast<bool>(speed);
    abilities.can_zoom = static_cast<bool>(zoom_speed);
    abilities.can_place = place || zoom_place;
    abilities.has_home = text_at(node, "HomeSupported") == "true";
    abilities.max_presets = static_cast<int>(
        std::clamp(number_at(node, "MaximumNumberOfPresets").value_or(0), 0.0, 10'000.0)
    );
    read_range(speed, "XRange", abilities.pan_speed);
    read_range(speed, "YRange", abilities.tilt_speed);
    read_range(zoom_speed, "XRange", abilities.zoom_speed);
    read_range(place, "XRange", abilities.pan);
    read_range(place, "YRange", abilities.tilt);
    read_range(zoom_place, "XRange", abilities.zoom);
    return abilities;
}

std::vector<PtzPreset> parse_presets(pugi::xml_node response) {
    std::vector<PtzPreset> presets;
    for (const pugi::xml_node node : children(response, "Preset")) {
        if (presets.size() == kMostPresets) {
            break;
        }
        if (auto token = attribute(node, "token")) {
            std::string name = text_at(node, "Name");
            if (name.empty()) {
                name = *token;
            }
            presets.push_back({*std::move(token), std::move(name)});
        }
    }
    return presets;
}

PtzStatus parse_ptz_status(pugi::xml_node response) {
    const pugi::xml_node position = find(response, "PTZStatus/Position");
    const pugi::xml_node pan_tilt = child(position, "PanTilt");
    const pugi::xml_node state = find(response, "PTZStatus/MoveStatus");
    return {
        .position =
            {.pan = vector_value(pan_tilt, "x"),
             .tilt = vector_value(pan_tilt, "y"),
             .zoom = vector_value(child(position, "Zoom"), "x")},
        .is_moving = text_at(state, "PanTilt") == "MOVING" || text_at(state, "Zoom") == "MOVING",
    };
}

Result<SoapReply> Ptz::call(std::string_view operation, const std::string& content) {
    const std::string name(operation);
    return channel_.call(
        service_.text(),
        {.action = std::string(kPtz) + name,
         .body = "<tptz:" + name + ">" + content + "</tptz:" + name + ">"}
    );
}

Result<PtzAbilities> Ptz::abilities() {
    BONGSU_ASSIGN(const SoapReply reply, call("GetNodes", ""));
    return parse_ptz_nodes(reply.response());
}

Status Ptz::move(const PtzVector& speed, Duration for_at_most) {
    const auto in_range = [](double value) {
        return std::clamp(std::isfinite(value) ? value : 0.0, -1.0, 1.0);
    };
    const PtzVector bounded{in_range(speed.pan), in_range(speed.tilt), in_range(speed.zoom)};
    const bool has_pan_tilt = bounded.pan != 0 || bounded.tilt != 0;
    const bool has_zoom = bounded.zoom != 0;
    if (!has_pan_tilt && !has_zoom) {
        return stop();
    }
    BONGSU_TRY(call(
        "ContinuousMove",
        "<tptz:ProfileToken>" + escape_xml(profile_) + "</tptz:ProfileToken><tptz:Velocity>" +
            vector_content(bounded, has_pan_tilt, has_zoom) + "</tptz:Velocity><tptz:Timeout>" +
            xml_duration(for_at_most) + "</tptz:Timeout>"
    ));
    return {};
}

Status Ptz::go_to(const PtzVector& place, const PtzAbilities& limits) {
    BONGSU_TRY(call(
        "AbsoluteMove",
        "<tptz:ProfileToken>" + escape_xml(profile_) + "</tptz:ProfileToken><tptz:Position>" +
            vector_content(clamped(place, limits), true, limits.can_zoom) + "</tptz:Position>"
    ));
    return {};
}

Status Ptz::stop() {
    BONGSU_TRY(call(
        "Stop",
        "<tptz:ProfileToken>" + escape_xml(profile_) +
            "</tptz:ProfileToken><tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>"
    ));
    return {};
}

Status Ptz::home() {
    BONGSU_TRY(call(
        "GotoHomePosition", "<tptz:ProfileToken>" + escape_xml(profile_) + "</tptz:ProfileToken>"
    ));
    return {};
}

Result<std::vector<PtzPreset>> Ptz::presets() {
    BONGSU_ASSIGN(
        const SoapReply reply,
        call("GetPresets", "<tptz:ProfileToken>" + escape_xml(profile_) + "</tptz:ProfileToken>")
    );
    return parse_presets(reply.response());
}

Status Ptz::go_to_preset(const std::string& token) {
    BONGSU_TRY(call(
        "GotoPreset",
        "<tptz:ProfileToken>" + escape_xml(profile_) + "</tptz:ProfileToken><tptz:PresetToken>" +
            escape_xml(token) + "</tptz:PresetToken>"
    ));
    return {};
}

Result<PtzStatus> Ptz::status() {
    BONGSU_ASSIGN(
        const SoapReply reply,
        call("GetStatus", "<tptz:ProfileToken>" + escape_xml(profile_) + "</tptz:ProfileToken>")
    );
    return parse_ptz_status(reply.response());
}

}  // namespace bongsu::onvif
