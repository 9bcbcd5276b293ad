// Routes tagged "ptz" in api/openapi.yaml: moving cameras.
#include "console/ptz_desk.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"

#include <cmath>
#include <memory>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;

/// What a camera cannot do, or cannot be asked now, is an answer, not an error: the page hides its
/// controls and shows the words.
json::object to_json(const Result<onvif::PtzOffer>& offer) {
    if (!offer) {
        return {
            {"is_available", false},
            {"words", offer.error().message},
            {"presets", json::array()},
            {"can_zoom", false},
            {"can_move", false}
        };
    }
    json::array presets;
    for (const onvif::PtzPreset& preset : offer->presets) {
        presets.push_back(json::object{{"token", preset.token}, {"name", preset.name}});
    }
    return {
        {"is_available", true},
        {"words", ""},
        {"presets", std::move(presets)},
        {"can_zoom", offer->abilities.can_zoom},
        {"can_move", offer->abilities.can_move}
    };
}

Result<net::HttpAnswer> get_ptz(PtzDesk& desk, const Call& call) {
    const auto session = desk.session_of(*call.camera);
    return json_answer(
        to_json(session ? (*session)->offer() : Result<onvif::PtzOffer>(fail(session.error())))
    );
}

Result<double> speed_of(const json::object& body, std::string_view name) {
    const json::value* value = body.if_contains(name);
    if (value == nullptr) {
        return 0.0;
    }
    const double speed = value->is_number() ? value->to_number<double>() : NAN;
    if (!(speed >= -1 && speed <= 1)) {
        return fail(
            ErrorKind::InvalidArgument,
            "wrong_kind"_code,
            std::string(name) + " must be a number from -1 to 1"
        );
    }
    return speed;
}

Status carry_out(onvif::PtzSession& session, const json::object& body) {
    BONGSU_ASSIGN(const std::string command, text_of(body, "command"));
    if (command == "move") {
        onvif::PtzVector speed;
        BONGSU_ASSIGN(speed.pan, speed_of(body, "pan"));
        BONGSU_ASSIGN(speed.tilt, speed_of(body, "tilt"));
        BONGSU_ASSIGN(speed.zoom, speed_of(body, "zoom"));
        return session.move(speed);
    }
    if (command == "stop") {
        return session.stop();
    }
    if (command == "home") {
        return session.home();
    }
    if (command == "preset") {
        BONGSU_ASSIGN(const std::string preset, text_of(body, "preset"));
        return session.go_to_preset(preset);
    }
    return fail(
        ErrorKind::InvalidArgument, "wrong_kind"_code, "command must be move, stop, preset or home"
    );
}

Result<net::HttpAnswer> move_ptz(PtzDesk& desk, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"command", "pan", "tilt", "zoom", "preset"}));
    BONGSU_ASSIGN(const auto session, desk.session_of(*call.camera));
    const Status status = carry_out(*session, body);
    if (!status && status.error().kind == ErrorKind::PermissionDenied) {
        // The camera refuses its stored password; the caller's own rights are good.
        return fail(ErrorKind::Unavailable, status.error().reason().code, status.error().message);
    }
    if (!status) {
        return fail(status.error());
    }
    return no_content();
}

}  // namespace

std::vector<Route> ptz_routes(const ConsoleParts& parts) {
    const auto desk = std::make_shared<PtzDesk>(net::http_call, parts.clock);
    return {
        {"GET",
         "/api/v1/cameras/{camera}/ptz",
         "getPtz",
         Right::ViewLive,
         About::Camera,
         Audited::OnlyDenials,
         [desk](const Call& call) { return get_ptz(*desk, call); }},
        {"POST",
         "/api/v1/cameras/{camera}/ptz",
         "movePtz",
         Right::MovePtz,
         About::Camera,
         Audited::Always,
         [desk](const Call& call) { return move_ptz(*desk, call); }},
    };
}

}  // namespace bongsu::console
