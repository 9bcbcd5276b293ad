#include "incidents/json.hpp"

#include "incidents/escalation.hpp"

#include <cmath>

#include <boost/json.hpp>

namespace bongsu::incidents {
namespace {

namespace json = boost::json;

/// Floats as people write them: 0.87 instead of 0.8700000047683716.
double rounded(float value, double steps) {
    return std::round(static_cast<double>(value) * steps) / steps;
}

json::string text(std::string_view view) {
    return json::string(view);
}

json::array to_array(const Box& box) {
    return {rounded(box.x, 10), rounded(box.y, 10), rounded(box.w, 10), rounded(box.h, 10)};
}

json::object to_object(const BehaviourEvent& event) {
    json::array tracks;
    for (const TrackId& track : event.tracks) {
        tracks.emplace_back(track.value());
    }
    return {
        {"id", event.id.value()},
        {"phase", text(to_string(event.phase))},
        {"kind", event.kind},
        {"rule", event.rule.value()},
        {"zone", event.zone.value()},
        {"gravity", event.gravity},
        {"started", to_iso8601(event.started)},
        {"time", to_iso8601(event.time)},
        {"time_uncertainty_s", to_seconds(event.time_uncertainty)},
        {"confidence", rounded(event.confidence, 1000)},
        {"tracks", std::move(tracks)},
        {"box", to_array(event.box)},
        {"picture", {event.picture_width, event.picture_height}},
        {"detail", event.detail}
    };
}

json::object to_object(const IncidentStep& step) {
    return {
        {"time", to_iso8601(step.time)},
        {"who", step.who},
        {"action", step.action},
        {"why", step.why}
    };
}

json::value time_or_null(const std::optional<WallTime>& time) {
    return time ? json::value(to_iso8601(*time)) : json::value();
}

}  // namespace

json::object to_object(const IncidentSummary& incident, const IncidentSettings* settings) {
    json::array zones;
    for (const ZoneId& zone : incident.zones) {
        zones.emplace_back(zone.value());
    }
    const std::optional<WallTime> due =
        settings != nullptr ? escalates_at(incident, *settings) : std::nullopt;
    return {
        {"id", incident.id.value()},
        {"change", incident.change},
        {"state", text(to_string(incident.state))},
        {"kind", incident.kind},
        {"gravity", incident.gravity},
        {"camera", incident.camera.value()},
        {"organisation", incident.organisation.value()},
        {"zones", std::move(zones)},
        {"started", to_iso8601(incident.started)},
        {"ended", time_or_null(incident.ended)},
        {"opened", to_iso8601(incident.opened)},
        {"confidence", rounded(incident.confidence, 1000)},
        {"snapshot", incident.snapshot},
        {"clip_from", to_iso8601(incident.clip_from)},
        {"clip_to", to_iso8601(incident.clip_to)},
        {"rule", incident.rule.value()},
        {"detail", incident.detail},
        {"people", incident.people},
        {"assignee", incident.assignee},
        {"verdict", text(to_string(incident.verdict))},
        {"reason", text(incident.reason ? to_string(*incident.reason) : "")},
        {"escalation", incident.escalation},
        {"escalates_at", time_or_null(due)},
        {"acknowledged", time_or_null(incident.acknowledged)},
        {"acknowledged_by", incident.acknowledged_by},
        {"merged_into", incident.merged_into.value()},
        {"is_reviewed", incident.is_reviewed}
    };
}

json::object to_object(const Incident& incident, const IncidentSettings* settings) {
    json::object out = to_object(summary_of(incident), settings);
    out.erase("is_reviewed");  // One user's mark, which a single incident does not know.
    json::array events;
    for (const BehaviourEvent& event : incident.events) {
        events.emplace_back(to_object(event));
    }
    json::array steps;
    for (const IncidentStep& step : incident.steps) {
        steps.emplace_back(to_object(step));
    }
    json::array absorbed;
    for (const IncidentId& id : incident.absorbed) {
        absorbed.emplace_back(id.value());
    }
    out["judged"] = time_or_null(incident.judged);
    out["judged_by"] = incident.judged_by;
    out["absorbed"] = std::move(absorbed);
    out["events"] = std::move(events);
    out["steps"] = std::move(steps);
    return out;
}

json::array to_array(const std::vector<IncidentChange>& changes) {
    json::array out;
    for (const IncidentChange change : changes) {
        out.emplace_back(text(to_string(change)));
    }
    return out;
}

std::string to_json(const Incident& incident, const IncidentSettings* settings) {
    return json::serialize(to_object(incident, settings));
}

std::string to_json_line(const IncidentUpdate& update, const IncidentSettings* settings) {
    return json::serialize(json::object{
        {"changes", to_array(update.changes)}, {"incident", to_object(update.incident, settings)}
    });
}

}  // namespace bongsu::incidents
