#include "incidents/json.hpp"

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

json::object to_object(const Incident& incident) {
    json::array zones;
    for (const ZoneId& zone : incident.zones) {
        zones.emplace_back(zone.value());
    }
    json::array events;
    for (const BehaviourEvent& event : incident.events) {
        events.emplace_back(to_object(event));
    }
    json::array steps;
    for (const IncidentStep& step : incident.steps) {
        steps.emplace_back(to_object(step));
    }
    json::value ended;
    if (incident.ended) {
        ended = to_iso8601(*incident.ended);
    }
    return {
        {"id", incident.id.value()},
        {"state", text(to_string(incident.state))},
        {"kind", incident.kind},
        {"gravity", incident.gravity},
        {"camera", incident.camera.value()},
        {"zones", std::move(zones)},
        {"started", to_iso8601(incident.started)},
        {"ended", std::move(ended)},
        {"opened", to_iso8601(incident.opened)},
        {"confidence", rounded(incident.confidence, 1000)},
        {"snapshot", incident.snapshot},
        {"clip_from", to_iso8601(incident.clip_from)},
        {"clip_to", to_iso8601(incident.clip_to)},
        {"events", std::move(events)},
        {"steps", std::move(steps)}
    };
}

}  // namespace

std::string to_json(const Incident& incident) {
    return json::serialize(to_object(incident));
}

std::string to_json_line(const IncidentUpdate& update) {
    json::array changes;
    for (const IncidentChange change : update.changes) {
        changes.emplace_back(text(to_string(change)));
    }
    return json::serialize(
        json::object{{"changes", std::move(changes)}, {"incident", to_object(update.incident)}}
    );
}

}  // namespace bongsu::incidents
