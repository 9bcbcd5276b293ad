#pragma once

#include "core/clock.hpp"
#include "domain/incident.hpp"
#include "domain/incident_summary.hpp"
#include "incidents/settings.hpp"

#include <cstddef>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bongsu::incidents {

/// When the incident is escalated next if nobody acknowledges it; nothing when it is not.
std::optional<WallTime> escalates_at(
    const IncidentSummary& incident, const IncidentSettings& settings
);
std::optional<WallTime> escalates_at(const Incident& incident, const IncidentSettings& settings);

/// Unacknowledged incidents and when each is due. Bounded by `max_unanswered`: beyond, newcomers
/// are turned away. Runs on: the serial queue of IncidentEngine.
class EscalationTimers {
public:
    explicit EscalationTimers(const IncidentSettings& settings) : settings_(settings) {}

    /// Takes note of how the incident now stands. False when there is no room for it.
    bool watch(const IncidentSummary& incident);

    /// Tries again at that time, whatever the incident's own.
    void postpone(const IncidentId& id, WallTime until);

    /// Those due by now, the longest due first, at most `limit`. They are no longer watched.
    std::vector<IncidentId> take_due(WallTime now, std::size_t limit);

    std::size_t watched() const { return due_.size(); }

private:
    void forget(const IncidentId& id);
    void put(const IncidentId& id, WallTime when);

    const IncidentSettings& settings_;
    std::unordered_map<IncidentId, WallTime> due_;
    std::set<std::pair<WallTime, IncidentId>> order_;
};

}  // namespace bongsu::incidents
