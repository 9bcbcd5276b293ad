#pragma once

#include "incidents/incident_sink.hpp"

#include <map>
#include <optional>
#include <vector>

namespace bongsu::incidents {

/// Keeps incidents in memory and fails on request.
class MemorySink final : public IncidentSink {
public:
    Result<std::int64_t> save(const Incident& incident) override;
    Result<Incident> act(const IncidentId& id, const IncidentAction& action) override;
    Result<std::vector<Incident>> merge(const IncidentMerge& request) override;

    std::optional<ErrorKind> failing;   ///< every call fails so
    std::optional<IncidentId> refused;  ///< this one is never taken
    std::map<IncidentId, Incident> kept;
    std::vector<IncidentId> order;  ///< of first saves
    std::int64_t latest_change = 0;
};

}  // namespace bongsu::incidents
