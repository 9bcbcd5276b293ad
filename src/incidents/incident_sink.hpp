#pragma once

#include "core/result.hpp"
#include "domain/incident.hpp"
#include "domain/incident_action.hpp"

#include <cstdint>
#include <vector>

namespace bongsu::incidents {

/// Where incidents are kept. Implemented over the store by the composition root. Errors that may
/// pass (Unavailable, ResourceExhausted, Timeout) are told apart from refusals by their kind. Runs
/// on: the serial queue of IncidentEngine.
class IncidentSink {
public:
    virtual ~IncidentSink() = default;

    /// Inserts the incident or brings it up to date, apart from what only act() and merge() move.
    /// It is durable when this returns the number of the change.
    virtual Result<std::int64_t> save(const Incident& incident) = 0;

    /// Carries the action out on the stored incident (apply_action) and returns it as it then is.
    /// NotFound, or what apply_action refuses.
    virtual Result<Incident> act(const IncidentId& id, const IncidentAction& action) = 0;

    /// Merges stored incidents (merge_incidents), all or none. Returns all of them in the order of
    /// their changes, the one that took in the others last.
    virtual Result<std::vector<Incident>> merge(const IncidentMerge& request) = 0;
};

}  // namespace bongsu::incidents
