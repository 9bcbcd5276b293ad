#include "incidents/testing/memory_sink.hpp"

namespace bongsu::incidents {

Status MemorySink::save(const Incident& incident) {
    if (failing) {
        return fail(*failing, "the store is away");
    }
    if (refused == incident.id) {
        return fail(ErrorKind::Corrupt, "refused");
    }
    const auto known = kept.find(incident.id);
    const IncidentState state = known != kept.end() ? known->second.state : incident.state;
    if (known == kept.end()) {
        order.push_back(incident.id);
    }
    kept[incident.id] = incident;
    kept[incident.id].state = state;
    return {};
}

Result<Incident> MemorySink::change_state(
    const IncidentId& id, IncidentState to, const IncidentStep& step
) {
    if (failing) {
        return fail(*failing, "the store is away");
    }
    const auto known = kept.find(id);
    if (known == kept.end()) {
        return fail(ErrorKind::NotFound, "no incident '" + id.value() + "'");
    }
    if (!may_change(known->second.state, to)) {
        return fail(ErrorKind::FailedPrecondition, "not allowed");
    }
    known->second.state = to;
    known->second.steps.push_back(step);
    return known->second;
}

Result<Incident> MemorySink::add_step(const IncidentId& id, const IncidentStep& step) {
    const auto known = kept.find(id);
    if (known == kept.end()) {
        return fail(ErrorKind::NotFound, "no incident '" + id.value() + "'");
    }
    known->second.steps.push_back(step);
    return known->second;
}

}  // namespace bongsu::incidents
