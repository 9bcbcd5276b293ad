#pragma once

#include "incidents/incident_sink.hpp"

#include <map>
#include <optional>
#include <vector>

namespace bongsu::incidents {

/// Keeps incidents in memory and fails on request.
class MemorySink final : public IncidentSink {
public:
    Status save(const Incident& incident) override;
    Result<Incident> change_state(const IncidentId& id, IncidentState to, const IncidentStep& step)
        override;
    Result<Incident> add_step(const IncidentId& id, const IncidentStep& step) override;

    std::optional<ErrorKind> failing;   ///< every call fails so
    std::optional<IncidentId> refused;  ///< this one is never taken
    std::map<IncidentId, Incident> kept;
    std::vector<IncidentId> order;  ///< of first saves
};

}  // namespace bongsu::incidents
