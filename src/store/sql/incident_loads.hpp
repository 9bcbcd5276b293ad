#pragma once

#include "domain/incident.hpp"
#include "domain/incident_summary.hpp"
#include "store/sql/statement.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {

// Reading incidents from rows. All functions run inside the caller's transaction and throw what
// SOCI throws.

/// The columns of an incident's own row, for a SELECT list.
const std::string& incident_columns();

/// Runs a statement that selects incident_columns() and returns the rows without zones, events,
/// steps and absorbed ones.
std::vector<Incident> fetch_own_rows(Statement& statement);

/// The same as rows of a list. With `has_review_mark` the statement selects one more column, 1 or
/// 0.
std::vector<IncidentSummary> fetch_summaries(Statement& statement, bool has_review_mark);

/// Loads what fetch_own_rows leaves out, in one statement for each kind of thing.
void fill(soci::session& session, std::vector<Incident>& incidents);

/// Loads the zones of list rows.
void fill_zones(soci::session& session, std::vector<IncidentSummary>& summaries);

/// The whole incident; nothing when it is not stored.
std::optional<Incident> load_incident(soci::session& session, const IncidentId& id);

}  // namespace bongsu::store
