// Timeline and pictures of recordings: routes tagged "playback" in api/openapi.yaml.
#include "console/hidden_areas.hpp"
#include "console/playback_trail.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "recording/playback_reader.hpp"
#include "scenelog/activity.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <cmath>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;
using recording::MediaPiece;

constexpr Duration kLongestTimeline = std::chrono::hours{24 * 31};
constexpr Duration kLongestPeople = std::chrono::hours{24};
constexpr Duration kLongestMedia = std::chrono::hours{24};
constexpr Duration kLongestIncident = std::chrono::hours{6};   // whose beginning is looked for
constexpr Duration kTimelineStretch = std::chrono::hours{24};  // of one record in the audit log
constexpr int kActivityParts = 288;
constexpr int kMostEvents = 500;

Status need_playback(const ConsoleParts& parts) {
    return parts.playback != nullptr
               ? Status{}
               : fail(ErrorKind::Unavailable, "not_on_this_node"_code, "this node records nothing");
}

Result<StreamRole> role_of(const net::HttpRequest& request) {
    const std::string* role = request.query_value("role");
    if (role == nullptr || role->empty() || *role == "main") {
        return StreamRole::Main;
    }
    if (*role == "sub") {
        return StreamRole::Sub;
    }
    return fail(ErrorKind::InvalidArgument, "wrong_kind"_code, "role must be main or sub");
}

json::object span_object(WallTime from, WallTime to, bool is_estimated) {
    return {{"from", to_iso8601(from)}, {"to", to_iso8601(to)}, {"is_estimated", is_estimated}};
}

/// Incidents of the camera that touch the span, for those who may see incidents.
Result<json::array> events_of(const ConsoleParts& parts, const Call& call, const TimeSpan& span) {
    json::array events;
    if (!call.sees(*call.camera, Right::ViewIncidents)) {
        return events;
    }
    store::IncidentQuery query;
    query.cameras = {call.camera->config.id};
    query.opened_from = span.from - kLongestIncident;
    query.opened_to = span.to;
    query.limit = kMostEvents;
    BONGSU_ASSIGN(const auto page, parts.store.incidents().summaries(query));
    for (const IncidentSummary& incident : page.incidents) {
        if (incident.started >= span.to || incident.ended.value_or(span.to) < span.from) {
            continue;
        }
        events.push_back(json::object{
            {"incident", incident.id.value()},
            {"kind", incident.kind},
            {"gravity", incident.gravity},
            {"from", to_iso8601(incident.started)},
            {"to", incident.ended ? json::value(to_iso8601(*incident.ended)) : json::value()},
            {"state", json::string(to_string(incident.state))}
        });
    }
    return events;
}

/// The most people at once in each step; empty for long spans, which would take too long to read,
/// and where no scenes are kept.
json::array people_of(
    const ConsoleParts& parts, const CameraId& camera, const recording::Activity& activity
) {
    json::array people;
    const auto steps = static_cast<std::int64_t>(activity.level.size());
    const WallTime to = activity.from + steps * activity.step;
    if (parts.scenes == nullptr || steps == 0 || to - activity.from > kLongestPeople) {
        return people;
    }
    const auto counts =
        scenelog::activity(*parts.scenes, camera, {activity.from, to}, activity.step);
    if (!counts) {
        return people;  // the timeline is still worth showing
    }
    for (const scenelog::ActivityStep& count : *counts) {
        people.emplace_back(count.people);
    }
    return people;
}

json::object activity_object(const recording::Activity& activity, json::array people) {
    constexpr float kThousandths = 1'000;
    json::array motion;
    for (const float level : activity.level) {
        motion.emplace_back(
            static_cast<double>(std::round(std::max(0.0F, level) * kThousandths)) / kThousandths
        );
    }
    return {
        {"start", to_iso8601(activity.from)},
        {"step_s", to_seconds(activity.step)},
        {"motion", std::move(motion)},
        {"people", std::move(people)}
    };
}

Result<net::HttpAnswer> recordings(
    const ConsoleParts& parts, PlaybackTrail& trail, const Call& call
) {
    BONGSU_TRY(need_playback(parts));
    BONGSU_ASSIGN(const TimeSpan span, query_span(call.request, kLongestTimeline));
    BONGSU_TRY(trail.look(call, span, kTimelineStretch));
    BONGSU_ASSIGN(const StreamRole role, role_of(call.request));
    const CameraId& camera = call.camera->config.id;
    BONGSU_ASSIGN(const auto spans, parts.playback->spans(camera, role, span.from, span.to));
    BONGSU_ASSIGN(json::array events, events_of(parts, call, span));
    BONGSU_ASSIGN(
        const recording::Activity activity,
        parts.playback->activity(camera, role, span.from, span.to, kActivityParts)
    );
    json::array list;
    for (const recording::RecordedSpan& found : spans) {
        list.push_back(span_object(found.from, found.to, found.is_estimated));
    }
    return json_answer(json::object{
        {"spans", std::move(list)},
        {"events", std::move(events)},
        {"activity", activity_object(activity, people_of(parts, camera, activity))}
    });
}

/// Why a piece is not as it was stored; empty when it is.
std::string note_of(const recording::MediaQuery& query, const MediaPiece& piece) {
    if (!piece.is_repainted) {
        return "";
    }
    return query.black.empty() ? "hevc_as_h264" : "masked";
}

net::HttpResponse media_answer(const recording::MediaQuery& query, const MediaPiece& piece) {
    net::HttpResponse response;
    response.headers = {
        {"content-type", piece.mime},
        {"cache-control", "no-store"},
        // Seconds to add to the times in the file to get the wall clock: they are it already.
        {"bongsu-media-base", "0"},
        {"bongsu-media-from", to_iso8601(piece.from)},
        {"bongsu-media-to", to_iso8601(piece.end)},
        {"bongsu-media-end", std::string(recording::to_string(piece.why))},
        {"bongsu-media-size", std::to_string(piece.width) + "x" + std::to_string(piece.height)},
    };
    if (std::string note = note_of(query, piece); !note.empty()) {
        response.headers.emplace_back("bongsu-media-note", std::move(note));
    }
    if (piece.next) {
        response.headers.emplace_back("bongsu-media-next", to_iso8601(*piece.next));
    }
    response.body.assign(piece.bytes.begin(), piece.bytes.end());
    return response;
}

Result<net::HttpAnswer> media(const ConsoleParts& parts, PlaybackTrail& trail, const Call& call) {
    BONGSU_TRY(need_playback(parts));
    BONGSU_ASSIGN(const TimeSpan span, query_span(call.request, kLongestMedia));
    BONGSU_ASSIGN(const StreamRole role, role_of(call.request));
    BONGSU_ASSIGN(const bool keys_only, query_flag(call.request, "keys_only", false));
    BONGSU_ASSIGN(const bool goes_on, query_flag(call.request, "continue", false));
    BONGSU_ASSIGN(const bool can_hevc, query_flag(call.request, "hevc", true));
    BONGSU_TRY(trail.look(call, span));
    const recording::MediaQuery query{
        .camera = call.camera->config.id,
        .role = role,
        .from = span.from,
        .to = span.to,
        .keys_only = keys_only,
        .is_continuation = goes_on,
        .black = hidden_areas(call, *call.camera),
        .can_hevc = can_hevc,
    };
    BONGSU_ASSIGN(const MediaPiece piece, parts.playback->open_fragments(query));
    return media_answer(query, piece);
}

}  // namespace

std::vector<Route> playback_routes(const ConsoleParts& parts) {
    const auto trail = std::make_shared<PlaybackTrail>();
    return {
        // Both audited by the trail.
        {"GET",
         "/api/v1/cameras/{camera}/recordings",
         "getRecordings",
         Right::PlayBack,
         About::Camera,
         Audited::OnlyDenials,
         [&parts, trail](const Call& call) { return recordings(parts, *trail, call); }},
        {"GET",
         "/api/v1/cameras/{camera}/media",
         "getMedia",
         Right::PlayBack,
         About::Camera,
         Audited::OnlyDenials,
         [&parts, trail](const Call& call) { return media(parts, *trail, call); }},
    };
}

}  // namespace bongsu::console
