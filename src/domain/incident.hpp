#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/behaviour_event.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

/// new -> acknowledged -> confirmed or false alarm -> dispatched -> closed.
enum class IncidentState { New, Acknowledged, Confirmed, FalseAlarm, Dispatched, Closed };
std::string_view to_string(IncidentState state);
std::optional<IncidentState> parse_incident_state(std::string_view name);

/// Whether an operator may move an incident from one state to the other.
bool may_change(IncidentState from, IncidentState to);

/// One entry of an incident's history. Never changed, only added.
struct IncidentStep {
    WallTime time;
    std::string who;     ///< user, or "system"
    std::string action;  ///< "opened", "event_joined", "state:acknowledged" ...
    std::string why;     ///< may be empty
};

/// What an operator handles: one or more events joined in place and time.
struct Incident {
    IncidentId id;
    IncidentState state = IncidentState::New;
    std::string kind;  ///< of its gravest event
    int gravity = 1;   ///< 1-5, the gravest of its events
    CameraId camera;   ///< of its first event
    std::vector<ZoneId> zones;
    WallTime started;                    ///< earliest start of its events
    std::optional<WallTime> ended;       ///< when all its events have ended
    WallTime opened;                     ///< when it was stored
    float confidence = 0;                ///< highest of its events
    std::vector<BehaviourEvent> events;  ///< latest phase of each event
    std::vector<IncidentStep> steps;
    std::string snapshot;  ///< file name of the picture below the snapshot folder; empty when none
    WallTime clip_from;    ///< what to play back
    WallTime clip_to;
};

}  // namespace bongsu
