#include "incidents/testing/memory_sink.hpp"

namespace bongsu::incidents {
namespace {

std::unexpected<Error> unknown(const IncidentId& id) {
    return fail(ErrorKind::NotFound, "no incident '" + id.value() + "'");
}

}  // namespace

Result<std::int64_t> MemorySink::save(const Incident& incident) {
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
    kept[incident.id].change = ++latest_change;
    return latest_change;
}

Result<Incident> MemorySink::act(const IncidentId& id, const IncidentAction& action) {
    if (failing) {
        return fail(*failing, "the store is away");
    }
    const auto known = kept.find(id);
    if (known == kept.end()) {
        return unknown(id);
    }
    Incident next = known->second;
    BONGSU_TRY(apply_action(next, action));
    next.change = ++latest_change;
    if (action.who != kSystem && action.verb != IncidentVerb::Note) {
        next.decided = next.change;
    }
    known->second = next;
    return next;
}

Result<std::vector<Incident>> MemorySink::merge(const IncidentMerge& request) {
    std::map<IncidentId, Incident> next = kept;
    std::vector<Incident> changed;
    const auto into = next.find(request.into);
    if (into == next.end()) {
        return unknown(request.into);
    }
    for (const IncidentId& id : request.from) {
        const auto from = next.find(id);
        if (from == next.end()) {
            return unknown(id);
        }
        BONGSU_TRY(merge_incidents(into->second, from->second, request));
        from->second.change = from->second.decided = ++latest_change;
        changed.push_back(from->second);
    }
    into->second.change = into->second.decided = ++latest_change;
    changed.push_back(into->second);
    kept = std::move(next);
    return changed;
}

}  // namespace bongsu::incidents
