// What would stop repeated false alarms: routes of suggestions in api/openapi.yaml.
#include "console/camera_answers.hpp"
#include "console/incident_answers.hpp"
#include "console/route_families.hpp"
#include "domain/incident_summary.hpp"
#include "fleet/fleet.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;
using Answer = Result<net::HttpAnswer>;

/// Cameras that one list looks into: those with the most false alarms.
constexpr std::size_t kMostCameras = 100;

/// Cameras with enough false alarms for a suggestion, most first.
Result<std::vector<CameraId>> noisy_cameras(const ConsoleParts& parts, const Call& call) {
    const incidents::SuggestionSettings usual;
    BONGSU_ASSIGN(
        const std::vector<store::VerdictCount> counts,
        parts.store.incident_statistics().verdicts(
            {.from = call.now() - std::chrono::hours{24 * usual.days},
             .to = call.now(),
             .scope = incident_scope(parts, call)}
        )
    );
    std::map<CameraId, int> false_alarms;
    for (const store::VerdictCount& each : counts) {
        if (each.verdict == Verdict::FalseAlarm) {
            false_alarms[each.camera] += each.count;
        }
    }
    std::vector<std::pair<int, CameraId>> noisy;
    for (const auto& [camera, count] : false_alarms) {
        if (count >= usual.least_false) {
            noisy.emplace_back(-count, camera);
        }
    }
    std::ranges::sort(noisy);
    noisy.resize(std::min(noisy.size(), kMostCameras));
    std::vector<CameraId> cameras;
    for (const auto& [order, camera] : noisy) {
        cameras.push_back(camera);
    }
    return cameras;
}

Answer list_suggestions(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const std::vector<CameraId> cameras, noisy_cameras(parts, call));
    json::array rows;
    for (const CameraId& id : cameras) {
        const fleet::FleetCameraPtr camera = parts.fleet.snapshot()->find(id);
        if (!camera || !call.sees(*camera)) {
            continue;
        }
        BONGSU_ASSIGN(const auto suggestions, suggestions_for(parts, *camera, call.now()));
        for (const incidents::Suggestion& each : suggestions) {
            rows.push_back(suggestion_object(each));
        }
    }
    return json_answer(json::object{{"suggestions", std::move(rows)}});
}

/// The one for the incident's rule, and for its reason when it was judged false already.
Answer get_suggestion(const ConsoleParts& parts, const Call& call) {
    json::value found;
    const Incident& incident = *call.incident;
    if (call.camera) {
        BONGSU_ASSIGN(const auto suggestions, suggestions_for(parts, *call.camera, call.now()));
        const RuleId rule = summary_of(incident).rule;
        const auto fitting =
            std::ranges::find_if(suggestions, [&](const incidents::Suggestion& each) {
                return each.rule == rule && (!incident.reason || each.reason == *incident.reason);
            });
        if (fitting != suggestions.end()) {
            found = suggestion_object(*fitting);
        }
    }
    return json_answer(json::object{{"suggestion", std::move(found)}});
}

std::unexpected<Error> no_suggestion(const std::string& id) {
    return fail(
        ErrorKind::NotFound, "suggestion_stale"_code, "there is no suggestion '" + id + "' any more"
    );
}

/// Found again from the present verdicts and configuration: what is accepted is what holds now.
Answer accept_suggestion(const ConsoleParts& parts, const Call& call) {
    const std::string& id = call.at("suggestion");
    const auto camera = parts.fleet.get(CameraId(id.substr(0, id.find(':'))));
    if (!camera || !call.sees(**camera)) {
        return no_suggestion(id);
    }
    const fleet::FleetCamera& known = **camera;
    BONGSU_ASSIGN(const auto suggestions, suggestions_for(parts, known, call.now()));
    const auto found = std::ranges::find(suggestions, id, &incidents::Suggestion::id);
    if (found == suggestions.end()) {
        return no_suggestion(id);
    }
    BONGSU_ASSIGN(const Value form, parts.fleet.form_of(known.config.id, known.version));
    BONGSU_ASSIGN(const Value changed, incidents::apply_patch(form, found->patch));
    fleet::Author author = author_of(call);
    author.why = "suggestion " + id;
    BONGSU_ASSIGN(
        const fleet::FleetCameraPtr stored,
        parts.fleet.change(known.config.id, known.version, changed, author)
    );
    const HealthSnapshotPtr health = health_of(parts);
    return version_answer(camera_detail(*stored, health->find(stored->config.id)), stored->version);
}

}  // namespace

std::vector<Route> suggestion_routes(const ConsoleParts& parts) {
    return {
        {"GET",
         "/api/v1/suggestions",
         "listSuggestions",
         Right::ConfigureRules,
         About::Listing,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return list_suggestions(parts, call); }},
        {"GET",
         "/api/v1/incidents/{incident}/suggestion",
         "getSuggestion",
         Right::ViewIncidents,
         About::Incident,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return get_suggestion(parts, call); }},
        {"POST",
         "/api/v1/suggestions/{suggestion}/accept",
         "acceptSuggestion",
         Right::ConfigureRules,
         About::Listing,
         Audited::Always,
         [&parts](const Call& call) { return accept_suggestion(parts, call); }},
    };
}

}  // namespace bongsu::console
