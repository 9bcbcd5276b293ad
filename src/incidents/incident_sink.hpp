#pragma once

#include "core/result.hpp"
#include "domain/incident.hpp"

namespace bongsu::incidents {

/// Where incidents are kept. Implemented over the store by the composition root.
/// Runs on: the serial queue of IncidentEngine.
class IncidentSink {
public:
    virtual ~IncidentSink() = default;

    /// Inserts or replaces the incident with this id. It is durable when this returns success.
    virtual Status save(const Incident& incident) = 0;

    /// NotFound when it was never saved.
    virtual Result<Incident> load(const IncidentId& id) = 0;
};

}  // namespace bongsu::incidents
