#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/incident.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

/// What a person, or the system's timer, does about an incident.
enum class IncidentVerb {
    Acknowledge,
    Confirm,
    FalseAlarm,  ///< needs a reason
    Dispatch,
    Close,
    Reopen,    ///< takes up again what was judged false or closed
    Assign,    ///< to `assignee`, or to who acts when that is empty
    Release,   ///< nobody handles it any more
    Note,      ///< `why` is the text
    Escalate,  ///< to the supervisor, then to the head of the centre; needs a why
};
std::string_view to_string(IncidentVerb verb);
std::optional<IncidentVerb> parse_incident_verb(std::string_view name);

inline constexpr std::string_view kSystem = "system";  ///< `who` of what the program does itself
inline constexpr int kHighestEscalation = 2;
inline constexpr std::size_t kLongestRemark = 4000;  ///< bytes of a note or reason

struct IncidentAction {
    IncidentVerb verb = IncidentVerb::Acknowledge;
    std::string who;
    WallTime when;
    std::string why;                         ///< may be empty, except as said above
    std::optional<FalseAlarmReason> reason;  ///< FalseAlarm
    std::string assignee;                    ///< Assign
    int level = 0;                           ///< Escalate: to this level; 0 means one further
    /// Refuses when a person has decided something about the incident since this change, which is
    /// the one that the actor saw.
    std::optional<std::int64_t> expected_change;
};

/// Carries the action out on `incident`: its state, figures and history. Deciding about a new
/// incident acknowledges it first, dispatching confirms it first; each gets a step of its own, and
/// whoever decides first handles it. InvalidArgument (a reason or text is missing or too long),
/// FailedPrecondition (the state does not lead there, or somebody decided meanwhile).
Status apply_action(Incident& incident, const IncidentAction& action);

/// Several incidents that turned out to be one.
struct IncidentMerge {
    IncidentId into;
    std::vector<IncidentId> from;
    std::string who;
    std::string why;  ///< may be empty
    WallTime when;
};

inline constexpr std::size_t kMostMerged = 100;

/// Makes `from` part of `into`: it is closed and points there, keeps its own events, and `into`
/// gets as grave as both and begins with the earlier. FailedPrecondition when either is part of
/// another already, which also keeps circles out; InvalidArgument when both are the same.
Status merge_incidents(Incident& into, Incident& from, const IncidentMerge& request);

}  // namespace bongsu
