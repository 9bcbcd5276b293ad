#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/behaviour_event.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

/// new -> acknowledged -> confirmed or false alarm -> dispatched -> closed.
enum class IncidentState { New, Acknowledged, Confirmed, FalseAlarm, Dispatched, Closed };
std::string_view to_string(IncidentState state);
std::optional<IncidentState> parse_incident_state(std::string_view name);

/// Whether an operator may move an incident from one state to the other. Two ways lead back: what
/// was judged false or closed may be taken up again as acknowledged.
bool may_change(IncidentState from, IncidentState to);

/// Whether somebody still has to do something about an incident in this state: neither judged false
/// nor closed.
bool is_open(IncidentState state);

/// What people decided an incident to be; stays when it is closed.
enum class Verdict { None, Confirmed, FalseAlarm };
std::string_view to_string(Verdict verdict);  ///< "", "confirmed", "false_alarm"

/// Why an incident was none. Feeds the suggestions of masks, thresholds and schedules.
enum class FalseAlarmReason {
    NothingThere,
    Animal,
    Vegetation,
    Light,
    Reflection,
    Weather,
    KnownPerson,
    Staff,
    WrongZone,
    CameraFault,
    Other,
};
std::string_view to_string(FalseAlarmReason reason);
std::optional<FalseAlarmReason> parse_false_alarm_reason(std::string_view name);

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
    OrganisationId organisation;  ///< of its camera when it was opened

    /// Number of its latest stored change, given by the store: over all incidents the numbers only
    /// grow, also over restarts. 0 while it was never stored.
    std::int64_t change = 0;
    /// Number of the latest change that was a person's decision (anything but a note). 0: none yet.
    std::int64_t decided = 0;

    std::string assignee;  ///< who handles it; empty when nobody does
    Verdict verdict = Verdict::None;
    std::optional<FalseAlarmReason> reason;  ///< when it was judged false
    int escalation = 0;                      ///< 0 none, 1 supervisor, 2 head of the centre
    std::optional<WallTime> acknowledged;    ///< when somebody first took notice
    std::string acknowledged_by;
    std::optional<WallTime> judged;  ///< when the verdict was given
    std::string judged_by;
    IncidentId merged_into;            ///< empty unless it became part of another
    std::vector<IncidentId> absorbed;  ///< incidents that became part of this one
};

}  // namespace bongsu
