#pragma once

#include "domain/incident.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bongsu {

/// One row of a list of incidents: what a queue or a table shows, without events and history. The
/// fields mean what they mean in Incident.
struct IncidentSummary {
    IncidentId id;
    std::int64_t change = 0;
    IncidentState state = IncidentState::New;
    std::string kind;
    int gravity = 1;
    CameraId camera;
    OrganisationId organisation;
    std::vector<ZoneId> zones;
    WallTime started;
    std::optional<WallTime> ended;
    WallTime opened;
    float confidence = 0;
    std::string snapshot;
    WallTime clip_from;
    WallTime clip_to;
    RuleId rule;         ///< that raised its gravest event
    std::string detail;  ///< remark of its gravest event
    int people = 0;      ///< tracks that took part
    std::string assignee;
    Verdict verdict = Verdict::None;
    std::optional<FalseAlarmReason> reason;
    int escalation = 0;
    std::optional<WallTime> acknowledged;
    std::string acknowledged_by;
    IncidentId merged_into;
    bool is_reviewed = false;  ///< by the user that the list was asked for
};

/// The event that gives an incident its kind and gravity; null when it has no events.
const BehaviourEvent* gravest_event(const Incident& incident);

/// The row that the store would give for this incident.
IncidentSummary summary_of(const Incident& incident);

}  // namespace bongsu
