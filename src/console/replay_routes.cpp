// Routes tagged "replay" in api/openapi.yaml.
#include "console/camera_answers.hpp"
#include "console/incident_replay.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "domain/camera_form.hpp"
#include "fleet/form_patch.hpp"
#include "pipeline/rule_replay.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/scene_reader.hpp"

#include <utility>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;
using pipeline::ReplayedEvent;
using pipeline::ReplayOutcome;

/// A day of a busy camera takes some five seconds; longer spans are asked for in pieces.
constexpr Duration kLongestSpan = std::chrono::hours{24};
constexpr std::size_t kMostEvents = 2000;

struct Question {
    CameraConfig changed;
    scenelog::TimeSpan span;
};

/// The camera with the zones and rules of the request in place of its own.
Result<CameraConfig> changed_camera(const CameraConfig& camera, const Value& body) {
    Value::Map patch;
    for (const char* part : {"zones", "rules"}) {
        if (const Value* given = body.find(part)) {
            patch.emplace_back(part, *given);
        }
    }
    const Value form = fleet::patched(to_value(camera, Secrets::Kept), patch);
    return parse_camera(form, "cameras." + camera.id.value());
}

Result<Question> read_question(const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"from", "to", "zones", "rules"}));
    if (!body.contains("rules")) {
        return fail(
            ErrorKind::InvalidArgument,
            "no_rules"_code,
            "rules: name the rules that are to be tried"
        );
    }
    Question question;
    BONGSU_ASSIGN(question.span.from, time_of(body, "from"));
    BONGSU_ASSIGN(question.span.to, time_of(body, "to"));
    const Duration length = question.span.to - question.span.from;
    if (length <= Duration{} || length > kLongestSpan) {
        return fail(
            ErrorKind::InvalidArgument,
            "span_wrong"_code,
            "to: must be after from, by at most 24 hours"
        );
    }
    BONGSU_ASSIGN(const Value form, body_value(call.request));
    BONGSU_ASSIGN(question.changed, changed_camera(call.camera->config, form));
    return question;
}

json::object event_json(const ReplayedEvent& replayed) {
    const BehaviourEvent& event = replayed.event;
    json::array tracks;
    for (const TrackId& track : event.tracks) {
        tracks.emplace_back(track.value());
    }
    const json::value ended =
        replayed.ended ? json::value(to_iso8601(*replayed.ended)) : json::value(nullptr);
    return {
        {"kind", event.kind},
        {"rule", event.rule.value()},
        {"zone", event.zone.value()},
        {"gravity", event.gravity},
        {"from", to_iso8601(event.started)},
        {"to", ended},
        {"tracks", std::move(tracks)},
        {"box", json::array{event.box.x, event.box.y, event.box.w, event.box.h}},
        {"picture", json::array{event.picture_width, event.picture_height}}
    };
}

json::array events_json(const ReplayOutcome& outcome) {
    json::array events;
    for (const ReplayedEvent& event : outcome.events) {
        events.push_back(event_json(event));
    }
    return events;
}

/// What the page must say beside the figures.
std::string_view words_for(const ReplayOutcome& before, const ReplayOutcome& after) {
    if (after.read.scenes == 0) {
        return "no_scenes";
    }
    return before.is_cut || after.is_cut ? "too_many" : "";
}

json::object answer_of(const ReplayOutcome& before, const ReplayOutcome& after, double seconds) {
    const auto compared = pipeline::compare(before.events, after.events);
    return {
        {"scenes", after.read.scenes},
        {"seconds", seconds},
        {"before", events_json(before)},
        {"after", events_json(after)},
        {"kept", compared.kept.size()},
        {"gone", compared.gone.size()},
        {"added", compared.added.size()},
        {"words", words_for(before, after)}
    };
}

Result<net::HttpAnswer> replay(const ConsoleParts& parts, const Call& call) {
    if (parts.scenes == nullptr) {
        return fail(
            ErrorKind::Unavailable,
            "not_on_this_node"_code,
            "this node keeps no scenes to run rules over"
        );
    }
    const CameraConfig& present = call.camera->config;
    auto question = read_question(call);
    if (!question) {
        return form_refused(question.error(), &present);
    }
    if (parts.scene_log != nullptr) {
        (void)parts.scene_log->flush(present.id);  // a log that is behind still has what is older
    }
    BONGSU_ASSIGN(const auto zone, behaviours::TimeZone::parse(parts.time_zone));
    pipeline::ReplayRequest request{
        .camera = present, .span = question->span, .time_zone = zone, .most_events = kMostEvents
    };
    const MonoTime begun = parts.clock.mono();
    BONGSU_ASSIGN(
        const ReplayOutcome before, pipeline::replay_rules(*parts.scenes, parts.behaviours, request)
    );
    request.camera = std::move(question->changed);
    const auto after = pipeline::replay_rules(*parts.scenes, parts.behaviours, request);
    if (!after) {
        return form_refused(after.error(), &request.camera);
    }
    const double seconds = to_seconds(parts.clock.mono() - begun);
    return json_answer(answer_of(before, *after, seconds));
}

}  // namespace

std::vector<Route> replay_routes(const ConsoleParts& parts) {
    return {
        {"POST",
         "/api/v1/cameras/{camera}/replay",
         "replayRules",
         Right::ReplayRules,
         About::Camera,
         Audited::Always,
         [&parts](const Call& call) { return replay(parts, call); }},
        {"GET",
         "/api/v1/incidents/{incident}/replay",
         "replayIncident",
         Right::ViewIncidents,
         About::Incident,
         Audited::Always,
         [&parts](const Call& call) { return incident_replay(parts, call); }},
    };
}

}  // namespace bongsu::console
