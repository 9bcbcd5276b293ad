#pragma once

#include "domain/incident.hpp"

#include <cstddef>
#include <cstdint>

namespace soci {
class session;  // NOLINT(readability-identifier-naming): SOCI's name
}

namespace bongsu::store {

// Writing incidents as rows. All functions run inside the caller's transaction on the writer and
// throw what SOCI throws.

/// Takes the next number of a change.
std::int64_t next_change(soci::session& session);

/// Inserts the incident's own row, or replaces its figures and its change number; what only people
/// and timers move (state, assignee, verdict ...) stays.
void upsert_incident(soci::session& session, const Incident& incident);

/// Replaces the whole own row of a stored incident but its organisation and picture.
void update_incident(soci::session& session, const Incident& incident);

/// Replaces the zones.
void replace_zones(soci::session& session, const Incident& incident);

/// Adds those events that are new and replaces those that are known by id.
void upsert_events(soci::session& session, const Incident& incident);

/// Adds a step unless one with the same time, who and action is stored.
void add_step_once(soci::session& session, const IncidentId& id, const IncidentStep& step);

/// Adds the steps behind the first `stored`, which are stored already.
void add_steps(soci::session& session, const Incident& incident, std::size_t stored);

}  // namespace bongsu::store
