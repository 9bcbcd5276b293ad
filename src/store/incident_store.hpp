#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/incident.hpp"
#include "domain/incident_action.hpp"
#include "domain/incident_summary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::store {

/// What somebody may see: incidents of these organisations and incidents of these cameras. Groups
/// of cameras are resolved to their cameras by the caller.
struct IncidentScope {
    std::vector<OrganisationId> organisations;
    std::vector<CameraId> cameras;  ///< at most 10,000
};

enum class IncidentOrder {
    NewestFirst,
    GravestFirst,  ///< of the same gravity the oldest first: the queue, open incidents only
};

/// Every set condition must hold; of a list of values one is enough, and an empty list is no
/// condition.
struct IncidentQuery {
    std::vector<IncidentState> states;
    bool is_open_only = false;  ///< neither judged false nor closed; fast however many are settled
    std::vector<std::string> kinds;
    std::vector<CameraId> cameras;       ///< at most 10,000
    std::optional<IncidentScope> scope;  ///< nothing: all organisations
    std::optional<int> min_gravity;
    std::optional<int> max_gravity;
    std::optional<std::string> assignee;  ///< "" finds those that nobody handles
    std::string text;                     ///< occurs in a note, whatever the case of Latin letters
    std::vector<CameraId> text_cameras;   ///< incidents of these meet `text`, too
    std::optional<WallTime> opened_from;  ///< inclusive
    std::optional<WallTime> opened_to;    ///< exclusive
    std::string reviewer;                 ///< whose review marks the rows carry; empty: nobody's
    bool is_unreviewed_only = false;      ///< by `reviewer`
    bool hides_merged = false;            ///< leaves out what became part of another
    IncidentOrder order = IncidentOrder::NewestFirst;
    std::string cursor;  ///< IncidentPage::next of the page before; empty for the first
    int limit = 50;      ///< 1-500
};

struct IncidentPage {
    std::vector<Incident> incidents;
    std::string next;  ///< cursor of the following page; empty when this is the last
};

struct SummaryPage {
    std::vector<IncidentSummary> incidents;
    std::string next;  ///< as above
};

/// Open incidents of one camera, for the map.
struct OpenIncidents {
    CameraId camera;
    int count = 0;
    int unanswered = 0;  ///< of these, in state new
    int gravity = 0;     ///< of the gravest

    bool operator==(const OpenIncidents&) const = default;
};

/// Incidents with their events and steps. Thread-safe; every call blocks until the database has
/// answered, and a write is on disk when it returns: an incident is stored before it is shown.
/// Every write gives the incident the next change number (Incident::change): numbers grow by one
/// over all incidents, are given in the order of commits, and survive restarts and deletions.
/// Errors: NotFound, FailedPrecondition (state), InvalidArgument (cursor, limit, action),
/// Unavailable or ResourceExhausted (retry), Internal.
class IncidentStore {
public:
    virtual ~IncidentStore() = default;

    /// Stores a new incident, or brings a stored one up to date: figures are replaced, events are
    /// replaced by id or added, steps that are not stored yet (by time, who and action) are added.
    /// State, assignee, verdict, escalation and merging of a stored incident are left alone,
    /// because only act() and merge() move them. Returns the number of this change.
    virtual Result<std::int64_t> save(const Incident& incident) = 0;

    /// Carries out an action (see apply_action) and returns the incident as it then is.
    virtual Result<Incident> act(const IncidentId& id, const IncidentAction& action) = 0;

    /// Merges incidents (see merge_incidents), all or none. Returns all of them as they then are,
    /// in the order of their change numbers, the one that took in the others last.
    virtual Result<std::vector<Incident>> merge(const IncidentMerge& request) = 0;

    virtual Result<Incident> get(const IncidentId& id) = 0;
    virtual Result<IncidentPage> list(const IncidentQuery& query) = 0;
    virtual Result<SummaryPage> summaries(const IncidentQuery& query) = 0;

    /// Incidents whose latest change is behind `after`, ordered by change; at most `limit`
    /// (1-5000).
    virtual Result<std::vector<Incident>> changes_after(std::int64_t after, int limit) = 0;

    /// The number of the latest change; 0 when there was none.
    virtual Result<std::int64_t> latest_change() = 0;

    /// Incidents that go on, oldest first.
    virtual Result<std::vector<Incident>> unended() = 0;

    /// Incidents that nobody has acknowledged and that opened at or after `from`, oldest first.
    virtual Result<std::vector<IncidentSummary>> unanswered(WallTime from) = 0;

    /// One row per camera that has open incidents, ordered by camera.
    virtual Result<std::vector<OpenIncidents>> open_by_camera(
        const std::optional<IncidentScope>& scope
    ) = 0;

    /// Remembers that the user has looked at these incidents; unknown ids are left out.
    virtual Status mark_reviewed(
        const std::string& user, const std::vector<IncidentId>& ids, WallTime when
    ) = 0;
};

}  // namespace bongsu::store
