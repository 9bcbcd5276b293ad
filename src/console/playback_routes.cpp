// Routes tagged "playback" in api/openapi.yaml, without the scenes.
#include "console/export_jobs.hpp"
#include "console/motion_jobs.hpp"
#include "console/playback_trail.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "fleet/fleet.hpp"
#include "recording/playback_reader.hpp"
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
constexpr Duration kLongestMedia = std::chrono::hours{24};
constexpr Duration kLongestSearch = std::chrono::hours{24 * 7};
constexpr Duration kLongestExport = std::chrono::hours{6};
constexpr Duration kLongestIncident = std::chrono::hours{6};  // whose beginning is looked for
constexpr int kActivityParts = 288;
constexpr int kMostEvents = 500;
constexpr std::size_t kMostCorners = 64;

/// What the routes of this family share; ends with them.
struct Playback {
    explicit Playback(const ConsoleParts& p)
        : parts(p),
          reader(p.recordings.string(), p.store.segments()),
          searches(p.recordings.string(), p.store.segments(), p.clock),
          exports({
              .folder = p.data / "exports",
              .recordings = p.recordings.string(),
              .index = p.store.segments(),
              .audit = p.audit,
              .clock = p.clock,
          }) {}

    const ConsoleParts& parts;
    recording::PlaybackReader reader;
    PlaybackTrail trail;
    MotionJobs searches;
    ExportJobs exports;

    Status need_recordings() const {
        return parts.recordings.empty() ? fail(ErrorKind::Unavailable, "this node records nothing")
                                        : Status{};
    }
};

using PlaybackPtr = std::shared_ptr<Playback>;

Result<StreamRole> role_of(const net::HttpRequest& request) {
    const std::string* role = request.query_value("role");
    if (role == nullptr || role->empty() || *role == "main") {
        return StreamRole::Main;
    }
    if (*role == "sub") {
        return StreamRole::Sub;
    }
    return fail(ErrorKind::InvalidArgument, "role must be main or sub");
}

json::object span_object(WallTime from, WallTime to, bool is_estimated) {
    return {{"from", to_iso8601(from)}, {"to", to_iso8601(to)}, {"is_estimated", is_estimated}};
}

/// Incidents of the camera that touch the span, for those who may see incidents.
Result<json::array> events_of(const Playback& playback, const Call& call, const TimeSpan& span) {
    json::array events;
    if (!call.sees(*call.camera, Right::ViewIncidents)) {
        return events;
    }
    store::IncidentQuery query;
    query.cameras = {call.camera->config.id};
    query.opened_from = span.from - kLongestIncident;
    query.opened_to = span.to;
    query.limit = kMostEvents;
    BONGSU_ASSIGN(const auto page, playback.parts.store.incidents().list(query));
    for (const Incident& incident : page.incidents) {
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

json::object activity_object(const recording::Activity& activity) {
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
        {"people", json::array{}}
    };
}

Result<net::HttpAnswer> recordings(Playback& playback, const Call& call) {
    BONGSU_TRY(playback.need_recordings());
    BONGSU_ASSIGN(const TimeSpan span, query_span(call.request, kLongestTimeline));
    BONGSU_ASSIGN(const StreamRole role, role_of(call.request));
    const CameraId& camera = call.camera->config.id;
    BONGSU_ASSIGN(const auto spans, playback.reader.spans(camera, role, span.from, span.to));
    BONGSU_ASSIGN(json::array events, events_of(playback, call, span));
    BONGSU_ASSIGN(
        const recording::Activity activity,
        playback.reader.activity(camera, role, span.from, span.to, kActivityParts)
    );
    json::array list;
    for (const recording::RecordedSpan& found : spans) {
        list.push_back(span_object(found.from, found.to, found.is_estimated));
    }
    return json_answer(json::object{
        {"spans", std::move(list)},
        {"events", std::move(events)},
        {"activity", activity_object(activity)}
    });
}

net::HttpResponse media_answer(MediaPiece piece) {
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
    if (piece.next) {
        response.headers.emplace_back("bongsu-media-next", to_iso8601(*piece.next));
    }
    response.body.assign(piece.bytes.begin(), piece.bytes.end());
    return response;
}

Result<net::HttpAnswer> media(Playback& playback, const Call& call) {
    BONGSU_TRY(playback.need_recordings());
    BONGSU_ASSIGN(const TimeSpan span, query_span(call.request, kLongestMedia));
    BONGSU_ASSIGN(const StreamRole role, role_of(call.request));
    BONGSU_ASSIGN(const bool keys_only, query_flag(call.request, "keys_only", false));
    BONGSU_ASSIGN(const bool goes_on, query_flag(call.request, "continue", false));
    BONGSU_TRY(playback.trail.look(call, span));
    BONGSU_ASSIGN(
        MediaPiece piece,
        playback.reader.open_fragments({
            .camera = call.camera->config.id,
            .role = role,
            .from = span.from,
            .to = span.to,
            .keys_only = keys_only,
            .is_continuation = goes_on,
        })
    );
    return media_answer(std::move(piece));
}

Result<TimeSpan> body_span(const json::object& body, Duration longest) {
    BONGSU_ASSIGN(const WallTime from, time_of(body, "from"));
    BONGSU_ASSIGN(const WallTime to, time_of(body, "to"));
    if (to <= from || to - from > longest) {
        return fail(
            ErrorKind::InvalidArgument,
            "to must be after from, by at most " +
                std::to_string(static_cast<std::int64_t>(to_seconds(longest) / 3600)) + " hours"
        );
    }
    return TimeSpan{from, to};
}

Result<float> fraction_of(const json::value& value, std::string_view what) {
    boost::system::error_code error;
    const double number = value.to_number<double>(error);
    if (error || !(number >= 0 && number <= 1)) {
        return fail(ErrorKind::InvalidArgument, std::string(what) + " must be between 0 and 1");
    }
    return static_cast<float>(number);
}

Result<Polygon> region_of(const json::object& body) {
    const json::value* value = body.if_contains("region");
    const json::array* corners = value != nullptr ? value->if_array() : nullptr;
    if (corners == nullptr || corners->size() > kMostCorners ||
        (!corners->empty() && corners->size() < 3)) {
        return fail(
            ErrorKind::InvalidArgument,
            "region must be a list of 3 to 64 corners [x, y], or empty for the whole picture"
        );
    }
    Polygon region;
    for (const json::value& corner : *corners) {
        const json::array* pair = corner.if_array();
        if (pair == nullptr || pair->size() != 2) {
            return fail(ErrorKind::InvalidArgument, "a corner of region must be [x, y]");
        }
        BONGSU_ASSIGN(const float x, fraction_of((*pair)[0], "region"));
        BONGSU_ASSIGN(const float y, fraction_of((*pair)[1], "region"));
        region.push_back({.x = x, .y = y});
    }
    return region;
}

json::object search_object(const MotionJobState& state) {
    json::array moments;
    for (const recording::MotionMoment& moment : state.moments) {
        moments.push_back(json::object{
            {"time", to_iso8601(moment.from)},
            {"until", to_iso8601(moment.to)},
            {"score", static_cast<double>(moment.score)}
        });
    }
    return {
        {"id", state.id},
        {"is_done", state.is_done},
        {"progress", static_cast<double>(state.progress)},
        {"pictures", state.pictures},
        {"pictures_per_s", std::round(state.pictures_per_s)},
        {"moments", std::move(moments)},
        {"words", state.words}
    };
}

Result<recording::MotionQuery> motion_query(const json::object& body) {
    constexpr float kUsualSensitivity = 0.5F;
    BONGSU_TRY(only_members(body, {"camera", "from", "to", "region", "kind", "sensitivity"}));
    BONGSU_ASSIGN(const std::string camera, text_of(body, "camera"));
    BONGSU_ASSIGN(const TimeSpan span, body_span(body, kLongestSearch));
    BONGSU_ASSIGN(Polygon region, region_of(body));
    BONGSU_ASSIGN(const auto kind, optional_text(body, "kind"));
    if (kind && *kind != "motion") {
        return fail(ErrorKind::Unsupported, "only searches of the kind motion are made here");
    }
    float sensitivity = kUsualSensitivity;
    if (const json::value* value = body.if_contains("sensitivity")) {
        BONGSU_ASSIGN(sensitivity, fraction_of(*value, "sensitivity"));
    }
    return recording::MotionQuery{
        .camera = CameraId(camera),
        .from = span.from,
        .to = span.to,
        .region = std::move(region),
        .sensitivity = sensitivity,
    };
}

Result<net::HttpAnswer> start_search(Playback& playback, const Call& call) {
    constexpr int kAccepted = 202;
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_ASSIGN(recording::MotionQuery query, motion_query(body));
    BONGSU_TRY(call.require_camera(query.camera));
    BONGSU_TRY(playback.need_recordings());
    BONGSU_ASSIGN(
        const MotionJobState state, playback.searches.start(call.principal->user, std::move(query))
    );
    return json_answer(search_object(state), kAccepted);
}

Result<net::HttpAnswer> get_search(Playback& playback, const Call& call) {
    BONGSU_ASSIGN(
        const MotionJobState state, playback.searches.get(call.principal->user, call.at("search"))
    );
    return json_answer(search_object(state));
}

Result<net::HttpAnswer> cancel_search(Playback& playback, const Call& call) {
    BONGSU_TRY(playback.searches.cancel(call.principal->user, call.at("search")));
    return no_content();
}

json::object export_object(const Export& item) {
    json::array gaps;
    for (const recording::SpanGap& gap : item.gaps) {
        gaps.push_back(span_object(gap.from, gap.to, false));
    }
    return {
        {"id", item.id},
        {"camera", item.camera.value()},
        {"from", to_iso8601(item.from)},
        {"to", to_iso8601(item.to)},
        {"created", to_iso8601(item.created)},
        {"by", item.by},
        {"purpose", item.purpose},
        {"bytes", item.bytes},
        {"sha256", item.sha256},
        {"gaps", std::move(gaps)},
        {"state", json::string(to_string(item.state))},
        {"words", item.words}
    };
}

Result<Export> wanted_export(const json::object& body) {
    BONGSU_TRY(only_members(body, {"camera", "from", "to", "format", "note", "incident"}));
    BONGSU_ASSIGN(const std::string camera, text_of(body, "camera"));
    BONGSU_ASSIGN(const TimeSpan span, body_span(body, kLongestExport));
    BONGSU_ASSIGN(const auto format, optional_text(body, "format"));
    if (format && *format != "mp4") {
        return fail(ErrorKind::InvalidArgument, "format must be mp4");
    }
    BONGSU_ASSIGN(const auto note, optional_text(body, "note"));
    BONGSU_ASSIGN(const auto incident, optional_text(body, "incident"));
    Export wanted;
    wanted.camera = CameraId(camera);
    wanted.from = span.from;
    wanted.to = span.to;
    wanted.note = note.value_or("");
    wanted.incident = incident.value_or("");
    return wanted;
}

Result<net::HttpAnswer> create_export(Playback& playback, const Call& call) {
    constexpr int kCreated = 201;
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_ASSIGN(Export wanted, wanted_export(body));
    BONGSU_TRY(call.require_camera(wanted.camera));
    BONGSU_TRY(playback.need_recordings());
    wanted.by = call.principal->user;
    wanted.purpose = identity::to_string(call.purpose);
    BONGSU_ASSIGN(const Export started, playback.exports.start(std::move(wanted)));
    return json_answer(export_object(started), kCreated);
}

Result<net::HttpAnswer> list_exports(Playback& playback, const Call& call) {
    json::array list;
    for (const Export& item : playback.exports.list(call.principal->user)) {
        list.push_back(export_object(item));
    }
    return json_answer(json::object{{"exports", std::move(list)}});
}

Result<net::HttpAnswer> export_file(Playback& playback, const Call& call) {
    BONGSU_ASSIGN(const Export item, playback.exports.get(call.principal->user, call.at("export")));
    if (item.state != ExportState::Ready) {
        return fail(
            ErrorKind::NotFound,
            "the file of export '" + item.id +
                "' is not there: " + std::string(to_string(item.state))
        );
    }
    const auto camera = call.gate.find_camera(item.camera);
    if (!camera || !call.sees(**camera)) {
        return fail(ErrorKind::NotFound, "there is no export '" + item.id + "' of yours");
    }
    net::HttpResponse response;
    response.headers = {
        {"content-type", "video/mp4"},
        {"cache-control", "no-store"},
        {"content-disposition",
         "attachment; filename=\"" + item.camera.value() + "-" + item.id + ".mp4\""},
    };
    response.file = net::FileBody{.path = playback.exports.file(item.id)};
    return response;
}

}  // namespace

std::vector<Route> playback_routes(const ConsoleParts& parts) {
    const auto shared = std::make_shared<Playback>(parts);
    const auto with = [&shared](Result<net::HttpAnswer> (*handler)(Playback&, const Call&)) {
        return [shared, handler](const Call& call) { return handler(*shared, call); };
    };
    return {
        {"GET",
         "/api/v1/cameras/{camera}/recordings",
         "getRecordings",
         Right::PlayBack,
         About::Camera,
         Audited::Always,
         with(recordings)},
        // Audited by the trail.
        {"GET",
         "/api/v1/cameras/{camera}/media",
         "getMedia",
         Right::PlayBack,
         About::Camera,
         Audited::OnlyDenials,
         with(media)},
        {"POST",
         "/api/v1/motion-searches",
         "startMotionSearch",
         Right::Search,
         About::Body,
         Audited::Always,
         with(start_search)},
        {"GET",
         "/api/v1/motion-searches/{search}",
         "getMotionSearch",
         Right::Search,
         About::Listing,
         Audited::OnlyDenials,
         with(get_search)},
        {"DELETE",
         "/api/v1/motion-searches/{search}",
         "cancelMotionSearch",
         Right::Search,
         About::Listing,
         Audited::OnlyDenials,
         with(cancel_search)},
        {"POST",
         "/api/v1/exports",
         "createExport",
         Right::Export,
         About::Body,
         Audited::Always,
         with(create_export)},
        {"GET",
         "/api/v1/exports",
         "listExports",
         Right::Export,
         About::Listing,
         Audited::OnlyDenials,
         with(list_exports)},
        {"GET",
         "/api/v1/exports/{export}/file",
         "getExportFile",
         Right::Export,
         About::Listing,
         Audited::Always,
         with(export_file)},
    };
}

}  // namespace bongsu::console
