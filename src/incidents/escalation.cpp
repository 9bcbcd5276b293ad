#include "incidents/escalation.hpp"

#include "domain/incident_action.hpp"

#include <algorithm>

namespace bongsu::incidents {

std::optional<WallTime> escalates_at(
    const IncidentSummary& incident, const IncidentSettings& settings
) {
    const auto gravity = static_cast<std::size_t>(std::clamp(incident.gravity, 1, 5));
    const Duration first = settings.escalate_after.at(gravity - 1);
    const Duration again = settings.escalate_again_after;
    const bool is_waiting =
        incident.state == IncidentState::New && incident.merged_into.value().empty();
    if (!is_waiting || first == Duration{0} || incident.escalation >= kHighestEscalation) {
        return std::nullopt;
    }
    if (incident.escalation == 0) {
        return incident.opened + first;
    }
    return again == Duration{0} ? std::nullopt : std::optional(incident.opened + first + again);
}

std::optional<WallTime> escalates_at(const Incident& incident, const IncidentSettings& settings) {
    return escalates_at(summary_of(incident), settings);
}

bool EscalationTimers::watch(const IncidentSummary& incident) {
    const bool was_known = due_.contains(incident.id);
    forget(incident.id);
    const std::optional<WallTime> due = escalates_at(incident, settings_);
    if (!due) {
        return true;
    }
    if (!was_known && due_.size() >= settings_.max_unanswered) {
        return false;
    }
    put(incident.id, *due);
    return true;
}

void EscalationTimers::postpone(const IncidentId& id, WallTime until) {
    forget(id);
    put(id, until);
}

std::vector<IncidentId> EscalationTimers::take_due(WallTime now, std::size_t limit) {
    std::vector<IncidentId> ids;
    while (!order_.empty() && order_.begin()->first <= now && ids.size() < limit) {
        ids.push_back(order_.begin()->second);
        forget(IncidentId{ids.back()});
    }
    return ids;
}

void EscalationTimers::forget(const IncidentId& id) {
    const auto known = due_.find(id);
    if (known != due_.end()) {
        order_.erase({known->second, id});
        due_.erase(known);
    }
}

void EscalationTimers::put(const IncidentId& id, WallTime when) {
    due_[id] = when;
    order_.emplace(when, id);
}

}  // namespace bongsu::incidents
