// The queue, and what people do about incidents: routes tagged "incidents" in api/openapi.yaml that
// answer data. Pictures and films are in incident_media_routes.cpp.
#include "console/incident_answers.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "domain/incident_action.hpp"
#include "fleet/fleet.hpp"
#include "identity/identity.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <span>
#include <tuple>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;
using Answer = Result<net::HttpAnswer>;

constexpr std::size_t kMostCameras = 10'000;
constexpr std::size_t kLongestWords = 100;
constexpr std::size_t kMostNeighbours = 12;

std::unexpected<Error> wrong(const std::string& what, ErrorCode code = {}) {
    return fail(ErrorKind::InvalidArgument, code, what);
}

Status add_states(const net::HttpRequest& request, store::IncidentQuery& query) {
    for (const std::string& name : query_list(request, "state")) {
        const auto state = parse_incident_state(name);
        if (!state) {
            return wrong("state '" + name + "' is none");
        }
        query.states.push_back(*state);
    }
    return {};
}

/// The words are looked for in notes and in what cameras are called.
Status add_words(const ConsoleParts& parts, const Call& call, store::IncidentQuery& query) {
    const std::string* words = call.request.query_value("q");
    if (words == nullptr || words->empty()) {
        return {};
    }
    if (words->size() > kLongestWords) {
        return wrong("q is longer than 100 bytes");
    }
    query.text = *words;
    fleet::CameraQuery cameras;
    cameras.text = *words;
    cameras.limit = 1000;
    BONGSU_ASSIGN(const fleet::CameraPage page, parts.fleet.list(cameras));
    for (const fleet::FleetCameraPtr& camera : page.cameras) {
        query.text_cameras.push_back(camera->config.id);
    }
    return {};
}

Status add_order(const net::HttpRequest& request, store::IncidentQuery& query) {
    const std::string* order = request.query_value("order");
    if (order == nullptr || *order == "newest") {
        return {};
    }
    if (*order != "gravest") {
        return wrong("order is newest or gravest");
    }
    query.order = store::IncidentOrder::GravestFirst;
    return {};
}

Result<store::IncidentQuery> query_of(const ConsoleParts& parts, const Call& call) {
    const net::HttpRequest& request = call.request;
    store::IncidentQuery query;
    BONGSU_TRY(add_states(request, query));
    query.kinds = query_list(request, "kind");
    for (std::string& camera : query_list(request, "camera")) {
        query.cameras.emplace_back(std::move(camera));
    }
    if (query.cameras.size() > kMostCameras) {
        return wrong("more than 10,000 cameras are asked for");
    }
    BONGSU_ASSIGN(const auto gravity, query_integer(request, "min_gravity", 1, 5));
    if (gravity) {
        query.min_gravity = static_cast<int>(*gravity);
    }
    if (const std::string* assignee = request.query_value("assignee")) {
        query.assignee = *assignee;
    }
    BONGSU_TRY(add_words(parts, call, query));
    BONGSU_ASSIGN(query.is_unreviewed_only, query_flag(request, "unreviewed", false));
    BONGSU_ASSIGN(query.opened_from, query_time(request, "from"));
    BONGSU_ASSIGN(query.opened_to, query_time(request, "to"));
    BONGSU_TRY(add_order(request, query));
    BONGSU_ASSIGN(const auto limit, query_integer(request, "limit", 1, 500));
    query.limit = static_cast<int>(limit.value_or(query.limit));
    if (const std::string* cursor = request.query_value("cursor")) {
        query.cursor = *cursor;
    }
    query.reviewer = call.principal->user;
    query.hides_merged = true;
    query.scope = incident_scope(parts, call);
    return query;
}

Answer list_incidents(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const store::IncidentQuery query, query_of(parts, call));
    // Asked before the list: what changes in between comes over the stream then, none is missed.
    BONGSU_ASSIGN(const std::int64_t latest, parts.store.incidents().latest_change());
    BONGSU_ASSIGN(const store::SummaryPage page, parts.store.incidents().summaries(query));
    json::array rows;
    for (const IncidentSummary& incident : page.incidents) {
        rows.push_back(incident_row(parts, incident));
    }
    return json_answer(
        json::object{{"incidents", std::move(rows)}, {"next", page.next}, {"latest_change", latest}}
    );
}

Answer count_incidents(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(
        const std::vector<store::OpenIncidents> open,
        parts.store.incidents().open_by_camera(incident_scope(parts, call))
    );
    json::array counts;
    for (const store::OpenIncidents& each : open) {
        counts.push_back(json::object{
            {"camera", each.camera.value()},
            {"open", each.count},
            {"unanswered", each.unanswered},
            {"gravity", each.gravity}
        });
    }
    return json_answer(json::object{{"counts", std::move(counts)}});
}

Answer get_incident(const ConsoleParts& parts, const Call& call) {
    return json_answer(call, incident_detail(parts, *call.incident), call.incident->change);
}

Answer answer_change(const ConsoleParts& parts, const Call& call, Result<Incident> changed) {
    BONGSU_ASSIGN(const Incident incident, std::move(changed));
    return json_answer(call, incident_detail(parts, incident), incident.change);
}

Answer act(const ConsoleParts& parts, const Call& call, IncidentAction action) {
    if (!parts.act) {
        return fail(
            ErrorKind::Unavailable,
            "not_on_this_node"_code,
            "incidents are not handled on this node"
        );
    }
    action.who = call.principal->user;
    return answer_change(parts, call, parts.act(call.incident->id, std::move(action)));
}

/// Whether the incident may be given to this user: they must exist and see it.
Status check_assignee(const ConsoleParts& parts, const Call& call, const std::string& user) {
    if (user.empty() || user == call.principal->user) {
        return {};
    }
    if (call.camera && !call.sees(*call.camera, Right::AssignIncidents)) {
        return fail(
            ErrorKind::PermissionDenied,
            "right_missing"_code,
            "giving incidents to others needs assign_incidents"
        );
    }
    BONGSU_ASSIGN(const auto principal, parts.identity.directory().principal(user));
    const bool can_see =
        principal &&
        (!call.camera || identity::sees(*principal, subject_of(call.camera), Right::ViewIncidents));
    return can_see
               ? Status{}
               : wrong(
                     "there is no user '" + user + "' who sees this incident", "unknown_user"_code
                 );
}

Answer act_on_incident(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"action", "reason", "text", "assignee", "expected_change"}));
    BONGSU_ASSIGN(const std::string name, text_of(body, "action"));
    const auto verb = parse_incident_verb(name);
    if (!verb || verb == IncidentVerb::Note) {
        return wrong("action '" + name + "' is none");
    }
    IncidentAction action{.verb = *verb};
    BONGSU_ASSIGN(const auto text, optional_text(body, "text", kLongestRemark));
    action.why = text.value_or("");
    BONGSU_ASSIGN(const auto reason, optional_text(body, "reason"));
    if (reason && !reason->empty()) {
        action.reason = parse_false_alarm_reason(*reason);
        if (!action.reason) {
            return wrong("reason '" + *reason + "' is none");
        }
    }
    BONGSU_ASSIGN(const auto assignee, optional_text(body, "assignee"));
    action.assignee = assignee.value_or("");
    if (*verb == IncidentVerb::Assign) {
        BONGSU_TRY(check_assignee(parts, call, action.assignee));
    }
    BONGSU_ASSIGN(
        action.expected_change,
        optional_integer(body, "expected_change", 0, std::numeric_limits<std::int64_t>::max())
    );
    return act(parts, call, std::move(action));
}

Answer add_note(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"text"}));
    BONGSU_ASSIGN(std::string text, text_of(body, "text", kLongestRemark));
    return act(parts, call, {.verb = IncidentVerb::Note, .why = std::move(text)});
}

/// Also for the incidents that are taken in the caller needs the right.
Status require_incident(const ConsoleParts& parts, const Call& call, const IncidentId& id) {
    BONGSU_ASSIGN(const Incident incident, parts.store.incidents().get(id));
    const fleet::FleetCameraPtr camera = parts.fleet.snapshot()->find(incident.camera);
    const bool is_allowed = identity::sees(*call.principal, subject_of(camera), *call.route.right);
    return is_allowed ? Status{}
                      : fail(ErrorKind::NotFound, "there is no incident '" + id.value() + "'");
}

Answer merge_incidents(const ConsoleParts& parts, const Call& call) {
    if (!parts.merge) {
        return fail(
            ErrorKind::Unavailable,
            "not_on_this_node"_code,
            "incidents are not handled on this node"
        );
    }
    BONGSU_ASSIGN(const json::object body, json_body(call.request));
    BONGSU_TRY(only_members(body, {"incidents"}));
    BONGSU_ASSIGN(const std::vector<std::string> ids, texts_of(body, "incidents", kMostMerged));
    IncidentMerge request{.into = call.incident->id, .who = call.principal->user};
    for (const std::string& id : ids) {
        BONGSU_TRY(require_incident(parts, call, IncidentId(id)));
        request.from.emplace_back(id);
    }
    return answer_change(parts, call, parts.merge(std::move(request)));
}

Answer mark_reviewed(const ConsoleParts& parts, const Call& call) {
    BONGSU_TRY(
        parts.store.incidents().mark_reviewed(call.principal->user, {call.incident->id}, call.now())
    );
    return no_content();
}

/// Metres between two places; flat enough for a city.
double metres_between(const CameraPlace& a, const CameraPlace& b) {
    constexpr double kMetresPerDegree = 111'195;
    const double middle = (*a.latitude + *b.latitude) / 2 * std::numbers::pi / 180;
    const double north = (*a.latitude - *b.latitude) * kMetresPerDegree;
    const double east = (*a.longitude - *b.longitude) * kMetresPerDegree * std::cos(middle);
    return std::hypot(north, east);
}

Answer get_neighbours(const ConsoleParts& parts, const Call& call) {
    std::vector<std::pair<double, fleet::FleetCameraPtr>> near;
    if (call.camera && call.camera->config.place.has_position()) {
        for (const fleet::FleetCameraPtr& camera : parts.fleet.snapshot()->cameras) {
            const CameraPlace& place = camera->config.place;
            const bool is_other = camera->config.id != call.camera->config.id;
            if (is_other && place.has_position() && call.sees(*camera, Right::ViewCameras)) {
                near.emplace_back(metres_between(place, call.camera->config.place), camera);
            }
        }
    }
    const std::size_t count = std::min(near.size(), kMostNeighbours);
    std::ranges::partial_sort(
        near,
        near.begin() + static_cast<std::ptrdiff_t>(count),
        {},
        [](const auto& each) { return std::tie(each.first, each.second->config.id); }
    );
    json::array rows;
    for (const auto& [metres, camera] : std::span(near).first(count)) {
        rows.push_back(json::object{
            {"camera", camera->config.id.value()},
            {"name", camera->config.name},
            {"distance_m", std::round(metres)}
        });
    }
    return json_answer(json::object{{"neighbours", std::move(rows)}});
}

}  // namespace

std::vector<Route> incident_routes(const ConsoleParts& parts) {
    const auto with = [&parts](PartsHandler handler) { return with_parts(parts, handler); };
    constexpr auto kView = Right::ViewIncidents;
    constexpr auto kHandle = Right::HandleIncidents;
    constexpr auto kQuiet = Audited::OnlyDenials;
    constexpr auto kAlways = Audited::Always;
    constexpr const char* kOne = "/api/v1/incidents/{incident}";
    constexpr const char* kActions = "/api/v1/incidents/{incident}/actions";
    constexpr const char* kNotes = "/api/v1/incidents/{incident}/notes";
    constexpr const char* kMerge = "/api/v1/incidents/{incident}/merge";
    constexpr const char* kReviewed = "/api/v1/incidents/{incident}/reviewed";
    constexpr const char* kNear = "/api/v1/incidents/{incident}/neighbours";
    constexpr auto kIncident = About::Incident;
    return {
        {"GET",
         "/api/v1/incidents",
         "listIncidents",
         kView,
         About::Listing,
         kQuiet,
         with(list_incidents)},
        {"GET",
         "/api/v1/incidents/counts",
         "countIncidents",
         kView,
         About::Listing,
         kQuiet,
         with(count_incidents)},
        {"GET", kOne, "getIncident", kView, kIncident, kAlways, with(get_incident)},
        {"POST", kActions, "actOnIncident", kHandle, kIncident, kAlways, with(act_on_incident)},
        {"POST", kNotes, "addNote", kHandle, kIncident, kAlways, with(add_note)},
        {"POST",
         kMerge,
         "mergeIncidents",
         Right::MergeIncidents,
         kIncident,
         kAlways,
         with(merge_incidents)},
        {"PUT", kReviewed, "markReviewed", kView, kIncident, kQuiet, with(mark_reviewed)},
        {"GET", kNear, "getNeighbours", kView, kIncident, kQuiet, with(get_neighbours)},
    };
}

}  // namespace bongsu::console
