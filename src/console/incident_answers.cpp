#include "console/incident_answers.hpp"

#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "core/json.hpp"
#include "incidents/json.hpp"
#include "store/store.hpp"

#include <set>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;

constexpr int kMostJudged = 1000;

std::string name_of(const ConsoleParts& parts, const CameraId& id) {
    const fleet::FleetCameraPtr camera = parts.fleet.snapshot()->find(id);
    return camera ? camera->config.name : id.value();
}

bool sees_everything(const Call& call) {
    // The question of lists asks no purpose; judge() with the route's own one would.
    return identity::sees(*call.principal, identity::Subject::installation(), *call.route.right);
}

}  // namespace

std::optional<store::IncidentScope> incident_scope(const ConsoleParts& parts, const Call& call) {
    if (sees_everything(call)) {
        return std::nullopt;
    }
    store::IncidentScope scope;
    std::set<OrganisationId> seen;
    std::set<OrganisationId> unseen;
    for (const fleet::FleetCameraPtr& camera : parts.fleet.snapshot()->cameras) {
        const OrganisationId& organisation = camera->config.organisation;
        if (!seen.contains(organisation) && !unseen.contains(organisation)) {
            const bool is_seen = identity::sees(
                *call.principal, identity::Subject::of(organisation), *call.route.right
            );
            (is_seen ? seen : unseen).insert(organisation);
        }
        if (!seen.contains(organisation) && call.sees(*camera)) {
            scope.cameras.push_back(camera->config.id);
        }
    }
    scope.organisations.assign(seen.begin(), seen.end());
    return scope;
}

json::object incident_row(const ConsoleParts& parts, const IncidentSummary& incident) {
    json::object row = incidents::to_object(incident, &parts.incident_settings);
    row["camera_name"] = name_of(parts, incident.camera);
    return row;
}

json::object incident_detail(const ConsoleParts& parts, const Incident& incident) {
    json::object out = incidents::to_object(incident, &parts.incident_settings);
    out["camera_name"] = name_of(parts, incident.camera);
    return out;
}

json::object suggestion_object(const incidents::Suggestion& suggestion) {
    return {
        {"id", suggestion.id},
        {"camera", suggestion.camera.value()},
        {"rule", suggestion.rule.value()},
        {"kind", json::string(incidents::to_string(suggestion.kind))},
        {"reason", json::string(to_string(suggestion.reason))},
        {"verdicts", suggestion.verdicts},
        {"false_alarms", suggestion.false_alarms},
        {"stopped", suggestion.stopped},
        {"days", suggestion.days},
        {"patch", json::parse(to_json(suggestion.patch))}
    };
}

Result<std::vector<incidents::Suggestion>> suggestions_for(
    const ConsoleParts& parts, const fleet::FleetCamera& camera, WallTime now
) {
    incidents::SuggestionSettings settings;
    if (const auto zone = behaviours::TimeZone::parse(parts.time_zone)) {
        settings.offset = zone->offset();
    }
    settings.schema_of = [&parts](const std::string& behaviour) -> const SettingsSchema* {
        const behaviours::Registration* known = parts.behaviours.find(behaviour);
        return known != nullptr ? &known->schema : nullptr;
    };
    BONGSU_ASSIGN(
        const std::vector<JudgedIncident> judged,
        parts.store.incident_statistics().judged(
            camera.config.id, now - std::chrono::hours{24 * settings.days}, now, kMostJudged
        )
    );
    return incidents::suggest(camera.config, judged, settings);
}

json::value seconds_or_null(const std::optional<Duration>& duration) {
    return duration ? json::value(to_seconds(*duration)) : json::value();
}

}  // namespace bongsu::console
