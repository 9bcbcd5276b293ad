#include "domain/incident.hpp"

#include "domain/incident_summary.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <set>

namespace bongsu {
namespace {

constexpr std::array<std::string_view, 6> kStates{
    "new", "acknowledged", "confirmed", "false_alarm", "dispatched", "closed"
};
constexpr std::array<std::string_view, 3> kVerdicts{"", "confirmed", "false_alarm"};
constexpr std::array<std::string_view, 11> kReasons{
    "nothing_there",
    "animal",
    "vegetation",
    "light",
    "reflection",
    "weather",
    "known_person",
    "staff",
    "wrong_zone",
    "camera_fault",
    "other"
};

}  // namespace

std::string_view to_string(IncidentState state) {
    return kStates.at(static_cast<std::size_t>(state));
}

std::optional<IncidentState> parse_incident_state(std::string_view name) {
    const auto* found = std::ranges::find(kStates, name);
    if (found == kStates.end()) {
        return std::nullopt;
    }
    return static_cast<IncidentState>(found - kStates.begin());
}

bool may_change(IncidentState from, IncidentState to) {
    using enum IncidentState;
    switch (from) {
        case New:
            return to == Acknowledged || to == Confirmed || to == FalseAlarm;
        case Acknowledged:
            return to == Confirmed || to == FalseAlarm;
        case Confirmed:
            return to == Dispatched || to == FalseAlarm || to == Closed;
        case Dispatched:
            return to == FalseAlarm || to == Closed;
        case FalseAlarm:
            return to == Acknowledged || to == Confirmed || to == Closed;
        case Closed:
            return to == Acknowledged;
    }
    return false;
}

bool is_open(IncidentState state) {
    return state != IncidentState::FalseAlarm && state != IncidentState::Closed;
}

std::string_view to_string(Verdict verdict) {
    return kVerdicts.at(static_cast<std::size_t>(verdict));
}

std::string_view to_string(FalseAlarmReason reason) {
    return kReasons.at(static_cast<std::size_t>(reason));
}

std::optional<FalseAlarmReason> parse_false_alarm_reason(std::string_view name) {
    const auto* found = std::ranges::find(kReasons, name);
    if (found == kReasons.end()) {
        return std::nullopt;
    }
    return static_cast<FalseAlarmReason>(found - kReasons.begin());
}

const BehaviourEvent* gravest_event(const Incident& incident) {
    const auto gravest = std::ranges::max_element(incident.events, {}, &BehaviourEvent::gravity);
    return gravest != incident.events.end() ? &*gravest : nullptr;
}

IncidentSummary summary_of(const Incident& incident) {
    std::set<std::pair<CameraId, TrackId>> tracks;
    for (const BehaviourEvent& event : incident.events) {
        for (const TrackId& track : event.tracks) {
            tracks.emplace(event.camera, track);
        }
    }
    const BehaviourEvent* gravest = gravest_event(incident);
    return {
        .id = incident.id,
        .change = incident.change,
        .state = incident.state,
        .kind = incident.kind,
        .gravity = incident.gravity,
        .camera = incident.camera,
        .organisation = incident.organisation,
        .zones = incident.zones,
        .started = incident.started,
        .ended = incident.ended,
        .opened = incident.opened,
        .confidence = incident.confidence,
        .snapshot = incident.snapshot,
        .clip_from = incident.clip_from,
        .clip_to = incident.clip_to,
        .rule = gravest != nullptr ? gravest->rule : RuleId{},
        .detail = gravest != nullptr ? gravest->detail : std::string{},
        .people = static_cast<int>(tracks.size()),
        .assignee = incident.assignee,
        .verdict = incident.verdict,
        .reason = incident.reason,
        .escalation = incident.escalation,
        .acknowledged = incident.acknowledged,
        .acknowledged_by = incident.acknowledged_by,
        .merged_into = incident.merged_into,
    };
}

}  // namespace bongsu
