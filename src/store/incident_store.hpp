#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/incident.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {

/// Newest first. Every set condition must hold.
struct IncidentQuery {
    std::optional<IncidentState> state;
    std::optional<CameraId> camera;
    std::optional<int> min_gravity;
    std::optional<WallTime> opened_from;  ///< inclusive
    std::optional<WallTime> opened_to;    ///< exclusive
    std::string cursor;  ///< IncidentPage::next of the page before; empty for the first
    int limit = 50;      ///< 1-500
};

struct IncidentPage {
    std::vector<Incident> incidents;
    std::string next;  ///< cursor of the following page; empty when this is the last
};

/// Who moves an incident on, and why.
struct StateChange {
    IncidentState to = IncidentState::Acknowledged;
    std::string who;
    std::string why;  ///< may be empty
    WallTime when;
};

/// Incidents with their events and steps. Thread-safe; every call blocks until the database has
/// answered, and a write is on disk when it returns: an incident is stored before it is shown.
/// Errors: NotFound, FailedPrecondition (state), InvalidArgument (cursor, limit), Unavailable or
/// ResourceExhausted (retry), Internal.
class IncidentStore {
public:
    virtual ~IncidentStore() = default;

    /// Stores a new incident, or brings a stored one up to date: figures are replaced, events are
    /// replaced by id or added, steps that are not stored yet (by time, who and action) are added.
    /// The state of a stored incident is left alone, because only change_state moves it.
    virtual Status save(const Incident& incident) = 0;

    /// Moves the incident on when may_change() allows it, adds the step "state:<name>", and returns
    /// the incident as it then is.
    virtual Result<Incident> change_state(const IncidentId& id, const StateChange& change) = 0;

    /// Adds one step to the history, for instance a note or a delivery.
    virtual Status add_step(const IncidentId& id, const IncidentStep& step) = 0;

    virtual Result<Incident> get(const IncidentId& id) = 0;
    virtual Result<IncidentPage> list(const IncidentQuery& query) = 0;
};

}  // namespace bongsu::store
