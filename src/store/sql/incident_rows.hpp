#pragma once

#include "domain/incident.hpp"

#include <optional>
#include <string>
#include <vector>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's name
}

namespace bongsu::store {

// Incidents as rows. All functions run inside the caller's transaction and throw what SOCI throws.

/// Inserts the incident's own row, or replaces all of it but the state.
void upsert_incident(soci::session& session, const Incident& incident);

/// Replaces the zones.
void replace_zones(soci::session& session, const Incident& incident);

/// Adds those events that are new and replaces those that are known by id.
void upsert_events(soci::session& session, const Incident& incident);

/// Adds a step unless one with the same time, who and action is stored.
void add_step_once(soci::session& session, const IncidentId& id, const IncidentStep& step);

/// Sets the state when it still is `from`; false when somebody else was faster.
bool move_state(soci::session& session, const IncidentId& id, IncidentState from, IncidentState to);

/// The whole incident with zones, events and steps; nothing when it is not stored.
std::optional<Incident> load_incident(soci::session& session, const IncidentId& id);

}  // namespace bongsu::store
