#include "store/sql/sql_incident_store.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/incident_loads.hpp"
#include "store/sql/incident_query.hpp"
#include "store/sql/incident_rows.hpp"
#include "store/sql/statement.hpp"
#include "store/sql/value_list.hpp"

#include <algorithm>

namespace bongsu::store {
namespace {

constexpr int kMaxPage = 500;
constexpr int kMaxChanges = 5000;
constexpr std::size_t kMaxReviewed = 1000;

std::unexpected<Error> unknown(const IncidentId& id) {
    return fail(ErrorKind::NotFound, "there is no incident '" + id.value() + "'");
}

Status check_page(int limit) {
    if (limit < 1 || limit > kMaxPage) {
        return fail(
            ErrorKind::InvalidArgument,
            "a page of " + std::to_string(limit) + " incidents was asked for; 1 to 500 are possible"
        );
    }
    return {};
}

/// Cuts the row that only told that there is a next page, and gives the cursor to it.
template <class Row>
std::string cut_page(std::vector<Row>& rows, int limit) {
    if (rows.size() <= static_cast<std::size_t>(limit)) {
        return {};
    }
    rows.pop_back();
    const Row& last = rows.back();
    return to_text({last.gravity, to_column(last.opened), last.id.value()});
}

/// Writes what an action or a merge did to a stored incident.
void store_handled(
    soci::session& session, Incident& incident, std::size_t stored_steps, bool is_decision
) {
    incident.change = next_change(session);
    if (is_decision) {
        incident.decided = incident.change;
    }
    update_incident(session, incident);
    add_steps(session, incident, stored_steps);
}

Result<Incident> merge_one(
    soci::session& session, Incident& into, const IncidentId& id, const IncidentMerge& request
) {
    auto from = load_incident(session, id);
    if (!from) {
        return unknown(id);
    }
    const std::size_t stored_steps = from->steps.size();
    BONGSU_TRY(merge_incidents(into, *from, request));
    store_handled(session, *from, stored_steps, true);
    return *std::move(from);
}

}  // namespace

Result<std::int64_t> SqlIncidentStore::save(const Incident& incident) {
    if (incident.id.value().empty()) {
        return fail(ErrorKind::InvalidArgument, "an incident needs an id before it can be stored");
    }
    return database_.write([&](soci::session& session) -> Result<std::int64_t> {
        Incident numbered = incident;
        numbered.change = next_change(session);
        upsert_incident(session, numbered);
        replace_zones(session, incident);
        upsert_events(session, incident);
        for (const IncidentStep& step : incident.steps) {
            add_step_once(session, incident.id, step);
        }
        return numbered.change;
    });
}

Result<Incident> SqlIncidentStore::act(const IncidentId& id, const IncidentAction& action) {
    return database_.write([&](soci::session& session) -> Result<Incident> {
        auto incident = load_incident(session, id);
        if (!incident) {
            return unknown(id);
        }
        const std::size_t stored_steps = incident->steps.size();
        BONGSU_TRY(apply_action(*incident, action));
        const bool is_decision = action.who != kSystem && action.verb != IncidentVerb::Note;
        store_handled(session, *incident, stored_steps, is_decision);
        return *std::move(incident);
    });
}

Result<std::vector<Incident>> SqlIncidentStore::merge(const IncidentMerge& request) {
    if (request.from.empty() || request.from.size() > kMostMerged) {
        return fail(
            ErrorKind::InvalidArgument,
            "between 1 and " + std::to_string(kMostMerged) + " incidents can be merged at once"
        );
    }
    return database_.write([&](soci::session& session) -> Result<std::vector<Incident>> {
        auto into = load_incident(session, request.into);
        if (!into) {
            return unknown(request.into);
        }
        const std::size_t stored_steps = into->steps.size();
        std::vector<Incident> changed;
        for (const IncidentId& id : request.from) {
            BONGSU_ASSIGN(Incident merged, merge_one(session, *into, id, request));
            changed.push_back(std::move(merged));
        }
        store_handled(session, *into, stored_steps, true);
        changed.push_back(*std::move(into));
        return changed;
    });
}

Result<Incident> SqlIncidentStore::get(const IncidentId& id) {
    return database_.read([&](soci::session& session) -> Result<Incident> {
        auto incident = load_incident(session, id);
        if (!incident) {
            return unknown(id);
        }
        return *std::move(incident);
    });
}

Result<IncidentPage> SqlIncidentStore::list(const IncidentQuery& query) {
    BONGSU_TRY(check_page(query.limit));
    BONGSU_ASSIGN(const auto cursor, parse_incident_cursor(query.cursor));
    return database_.read([&](soci::session& session) -> Result<IncidentPage> {
        const IncidentSelect select(session, query, cursor);
        Statement statement(
            session,
            "SELECT " + incident_columns() + " FROM incidents" + select.text() + " LIMIT :row_limit"
        );
        select.bind(statement);
        statement.bind("row_limit", std::int64_t{query.limit} + 1);
        IncidentPage page{.incidents = fetch_own_rows(statement), .next = {}};
        page.next = cut_page(page.incidents, query.limit);
        fill(session, page.incidents);
        return page;
    });
}

Result<SummaryPage> SqlIncidentStore::summaries(const IncidentQuery& query) {
    BONGSU_TRY(check_page(query.limit));
    BONGSU_ASSIGN(const auto cursor, parse_incident_cursor(query.cursor));
    return database_.read([&](soci::session& session) -> Result<SummaryPage> {
        const bool has_mark = !query.reviewer.empty();
        const IncidentSelect select(session, query, cursor);
        Statement statement(
            session,
            "SELECT " + incident_columns() +
                (has_mark ? ", CASE WHEN EXISTS (SELECT 1 FROM incident_reviews m WHERE "
                            "m.reviewer = :reviewer AND m.incident = incidents.id) "
                            "THEN 1 ELSE 0 END"
                          : "") +
                " FROM incidents" + select.text() + " LIMIT :row_limit"
        );
        if (has_mark) {
            statement.bind("reviewer", query.reviewer);
        }
        select.bind(statement);
        statement.bind("row_limit", std::int64_t{query.limit} + 1);
        SummaryPage page{.incidents = fetch_summaries(statement, has_mark), .next = {}};
        page.next = cut_page(page.incidents, query.limit);
        fill_zones(session, page.incidents);
        return page;
    });
}

Result<std::vector<Incident>> SqlIncidentStore::changes_after(std::int64_t after, int limit) {
    return database_.read([&](soci::session& session) -> Result<std::vector<Incident>> {
        Statement statement(
            session,
            "SELECT " + incident_columns() +
                " FROM incidents WHERE change > :after_change ORDER BY change LIMIT :row_limit"
        );
        statement.bind("after_change", after)
            .bind("row_limit", std::int64_t{std::clamp(limit, 1, kMaxChanges)});
        std::vector<Incident> incidents = fetch_own_rows(statement);
        fill(session, incidents);
        return incidents;
    });
}

Result<std::int64_t> SqlIncidentStore::latest_change() {
    return database_.read([&](soci::session& session) -> Result<std::int64_t> {
        Statement query(session, "SELECT latest FROM incident_changes WHERE id = 1");
        query.integer();
        query.run();
        return query.integer_at(0);
    });
}

Result<std::vector<Incident>> SqlIncidentStore::unended() {
    return database_.read([&](soci::session& session) -> Result<std::vector<Incident>> {
        Statement query(
            session,
            "SELECT " + incident_columns() +
                " FROM incidents WHERE ended_us IS NULL ORDER BY opened_us, id"
        );
        std::vector<Incident> incidents = fetch_own_rows(query);
        fill(session, incidents);
        return incidents;
    });
}

Result<std::vector<IncidentSummary>> SqlIncidentStore::unanswered(WallTime from) {
    return database_.read([&](soci::session& session) -> Result<std::vector<IncidentSummary>> {
        Statement query(
            session,
            "SELECT " + incident_columns() +
                " FROM incidents WHERE state = 'new' AND opened_us >= :from_us "
                "ORDER BY opened_us, id"
        );
        query.bind("from_us", to_column(from));
        return fetch_summaries(query, false);
    });
}

Result<std::vector<OpenIncidents>> SqlIncidentStore::open_by_camera(
    const std::optional<IncidentScope>& scope
) {
    return database_.read([&](soci::session& session) -> Result<std::vector<OpenIncidents>> {
        Statement query(
            session,
            "SELECT camera, COUNT(*), SUM(CASE WHEN state = 'new' THEN 1 ELSE 0 END), "
            "MAX(gravity) FROM incidents WHERE is_open = 1" +
                scope_sql(session, scope) + " GROUP BY camera ORDER BY camera"
        );
        bind_scope(query, scope);
        query.text().integer().integer().integer();
        std::vector<OpenIncidents> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({
                .camera = CameraId(query.text_at(0)),
                .count = static_cast<int>(query.integer_at(1)),
                .unanswered = static_cast<int>(query.integer_at(2)),
                .gravity = static_cast<int>(query.integer_at(3)),
            });
        }
        return rows;
    });
}

Status SqlIncidentStore::mark_reviewed(
    const std::string& user, const std::vector<IncidentId>& ids, WallTime when
) {
    if (user.empty() || ids.size() > kMaxReviewed) {
        return fail(
            ErrorKind::InvalidArgument,
            "reviewing needs a user and at most " + std::to_string(kMaxReviewed) + " incidents"
        );
    }
    return database_.write([&](soci::session& session) -> Status {
        // The casts tell PostgreSQL the types of parameters that stand in a SELECT list.
        Statement(
            session,
            "INSERT INTO incident_reviews (reviewer, incident, time_us) "
            "SELECT CAST(:reviewer AS TEXT), id, CAST(:time_us AS BIGINT) FROM incidents WHERE " +
                in_list(session, "id", "ids") + " ON CONFLICT (reviewer, incident) DO NOTHING"
        )
            .bind("reviewer", user)
            .bind("time_us", to_column(when))
            .bind("ids", to_list(texts_of(ids)))
            .run();
        return {};
    });
}

}  // namespace bongsu::store
