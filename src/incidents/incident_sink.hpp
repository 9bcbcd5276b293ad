#pragma once

#include "core/result.hpp"
#include "domain/incident.hpp"

namespace bongsu::incidents {

/// Where incidents are kept. Implemented over the store by the composition root. Errors that may
/// pass (Unavailable, ResourceExhausted, Timeout) are told apart from refusals by their kind. Runs
/// on: the serial queue of IncidentEngine.
class IncidentSink {
public:
    virtual ~IncidentSink() = default;

    /// Inserts the incident or brings it up to date, its state apart. It is durable when this
    /// returns success.
    virtual Status save(const Incident& incident) = 0;

    /// Moves a stored incident on if may_change() allows it and adds the step. Returns it as it
    /// then is. NotFound, or FailedPrecondition when the step is not allowed.
    virtual Result<Incident> change_state(
        const IncidentId& id, IncidentState to, const IncidentStep& step
    ) = 0;

    /// Adds one step to the history of a stored incident and returns it. NotFound when it was never
    /// saved.
    virtual Result<Incident> add_step(const IncidentId& id, const IncidentStep& step) = 0;
};

}  // namespace bongsu::incidents
