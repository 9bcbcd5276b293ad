#pragma once

#include "domain/incident.hpp"

#include <string_view>
#include <vector>

namespace bongsu::incidents {

/// What happened to an incident.
enum class IncidentChange {
    Opened,
    EventJoined,   ///< another event became part of it
    EventUpdated,  ///< one of its events goes on with news
    EventEnded,    ///< one of its events ended, others go on
    Ended,         ///< its last open event ended
    StateChanged,  ///< by an operator
    NoteAdded,     ///< by an operator
    Assigned,      ///< to somebody, or to nobody
    Escalated,     ///< by an operator, or because nobody acknowledged it in time
    Merged,        ///< took in another, or became part of another
};
std::string_view to_string(IncidentChange change);

/// Told to subscribers once the incident is stored, in the order of the change numbers that the
/// store gave (Incident::change). Several changes come in one update when the store was away.
struct IncidentUpdate {
    Incident incident;
    std::vector<IncidentChange> changes;  ///< in order, each at most once
};

}  // namespace bongsu::incidents
