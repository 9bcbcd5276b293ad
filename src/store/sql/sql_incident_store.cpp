#include "store/sql/sql_incident_store.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/incident_rows.hpp"
#include "store/sql/statement.hpp"

#include <charconv>

namespace bongsu::store {
namespace {

constexpr int kMaxPage = 500;

std::unexpected<Error> unknown(const IncidentId& id) {
    return fail(ErrorKind::NotFound, "there is no incident '" + id.value() + "'");
}

/// Where a page ends: "<opened in microseconds>/<id>".
struct Cursor {
    std::int64_t opened = 0;
    std::string id;
};

Result<std::optional<Cursor>> parse_cursor(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    Cursor cursor;
    const char* const end = text.data() + text.size();
    const auto [at, error] = std::from_chars(text.data(), end, cursor.opened);
    if (error != std::errc{} || at == end || *at != '/') {
        return fail(
            ErrorKind::InvalidArgument,
            "cursor '" + text + "' does not come from a page of incidents"
        );
    }
    cursor.id.assign(at + 1, end);
    return cursor;
}

std::string list_sql(const IncidentQuery& query) {
    std::string text = "SELECT id, opened_us FROM incidents WHERE 1 = 1";
    text += query.state ? " AND state = :state" : "";
    text += query.camera ? " AND camera = :camera" : "";
    text += query.min_gravity ? " AND gravity >= :min_gravity" : "";
    text += query.opened_from ? " AND opened_us >= :from_us" : "";
    text += query.opened_to ? " AND opened_us < :to_us" : "";
    text += query.cursor.empty() ? "" : " AND (opened_us, id) < (:cursor_us, :cursor_id)";
    return text + " ORDER BY opened_us DESC, id DESC LIMIT :row_limit";
}

void bind(Statement& statement, const IncidentQuery& query, const std::optional<Cursor>& cursor) {
    if (query.state) {
        statement.bind("state", std::string(to_string(*query.state)));
    }
    if (query.camera) {
        statement.bind("camera", query.camera->value());
    }
    if (query.min_gravity) {
        statement.bind("min_gravity", std::int64_t{*query.min_gravity});
    }
    if (query.opened_from) {
        statement.bind("from_us", to_column(*query.opened_from));
    }
    if (query.opened_to) {
        statement.bind("to_us", to_column(*query.opened_to));
    }
    if (cursor) {
        statement.bind("cursor_us", cursor->opened).bind("cursor_id", cursor->id);
    }
    // One more row than asked for tells whether there is a next page.
    statement.bind("row_limit", std::int64_t{query.limit} + 1);
}

std::vector<Cursor> fetch_ids(Statement& statement) {
    statement.text().integer();
    std::vector<Cursor> rows;
    for (bool has_row = statement.run(); has_row; has_row = statement.next()) {
        rows.push_back({.opened = statement.integer_at(1), .id = statement.text_at(0)});
    }
    return rows;
}

}  // namespace

Status SqlIncidentStore::save(const Incident& incident) {
    if (incident.id.value().empty()) {
        return fail(ErrorKind::InvalidArgument, "an incident needs an id before it can be stored");
    }
    return database_.write([&](soci::session& session) -> Status {
        upsert_incident(session, incident);
        replace_zones(session, incident);
        upsert_events(session, incident);
        for (const IncidentStep& step : incident.steps) {
            add_step_once(session, incident.id, step);
        }
        return {};
    });
}

Result<Incident> SqlIncidentStore::change_state(const IncidentId& id, const StateChange& change) {
    return database_.write([&](soci::session& session) -> Result<Incident> {
        const auto before = load_incident(session, id);
        if (!before) {
            return unknown(id);
        }
        if (!may_change(before->state, change.to) ||
            !move_state(session, id, before->state, change.to)) {
            return fail(
                ErrorKind::FailedPrecondition,
                "incident '" + id.value() + "' is " + std::string(to_string(before->state)) +
                    " and cannot become " + std::string(to_string(change.to))
            );
        }
        add_step_once(
            session,
            id,
            {change.when, change.who, "state:" + std::string(to_string(change.to)), change.why}
        );
        return *load_incident(session, id);
    });
}

Status SqlIncidentStore::add_step(const IncidentId& id, const IncidentStep& step) {
    return database_.write([&](soci::session& session) -> Status {
        if (!load_incident(session, id)) {
            return unknown(id);
        }
        add_step_once(session, id, step);
        return {};
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
    if (query.limit < 1 || query.limit > kMaxPage) {
        return fail(
            ErrorKind::InvalidArgument,
            "a page of " + std::to_string(query.limit) +
                " incidents was asked for; 1 to 500 are possible"
        );
    }
    BONGSU_ASSIGN(const auto cursor, parse_cursor(query.cursor));
    return database_.read([&](soci::session& session) -> Result<IncidentPage> {
        Statement statement(session, list_sql(query));
        bind(statement, query, cursor);
        auto rows = fetch_ids(statement);
        IncidentPage page;
        if (rows.size() > static_cast<std::size_t>(query.limit)) {
            rows.pop_back();
            page.next = std::to_string(rows.back().opened) + "/" + rows.back().id;
        }
        for (const Cursor& row : rows) {
            page.incidents.push_back(*load_incident(session, IncidentId(row.id)));
        }
        return page;
    });
}

}  // namespace bongsu::store
