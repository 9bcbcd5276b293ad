#include "store/sql/sql_audit_store.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/statement.hpp"

#include <charconv>

#include <soci/soci.h>

namespace bongsu::store {
namespace {

constexpr int kMaxPage = 500;

constexpr const char* kColumns =
    "SELECT number, time_us, who, organisation, action, object, purpose, incident, outcome, "
    "address, detail, hash FROM audit_records";

void declare(Statement& statement) {
    statement.integer().integer().text().text().text().text();
    statement.text().text().text().text().text().text();
}

AuditRow read_row(const Statement& row) {
    return {
        .number = row.integer_at(0),
        .time = to_wall(row.integer_at(1)),
        .who = row.text_at(2),
        .organisation = row.text_at(3),
        .action = row.text_at(4),
        .object = row.text_at(5),
        .purpose = row.text_at(6),
        .incident = row.text_at(7),
        .outcome = row.text_at(8),
        .address = row.text_at(9),
        .detail = row.text_at(10),
        .hash = row.text_at(11),
    };
}

std::vector<AuditRow> fetch(Statement& statement) {
    declare(statement);
    std::vector<AuditRow> rows;
    for (bool has_row = statement.run(); has_row; has_row = statement.next()) {
        rows.push_back(read_row(statement));
    }
    return rows;
}

void insert(soci::session& session, const AuditRow& row) {
    Statement(
        session,
        "INSERT INTO audit_records (number, time_us, who, organisation, action, object, purpose, "
        "incident, outcome, address, detail, hash) VALUES (:number, :time_us, :who, :organisation, "
        ":action, :object, :purpose, :incident, :outcome, :address, :detail, :hash)"
    )
        .bind("number", row.number)
        .bind("time_us", to_column(row.time))
        .bind("who", row.who)
        .bind("organisation", row.organisation)
        .bind("action", row.action)
        .bind("object", row.object)
        .bind("purpose", row.purpose)
        .bind("incident", row.incident)
        .bind("outcome", row.outcome)
        .bind("address", row.address)
        .bind("detail", row.detail)
        .bind("hash", row.hash)
        .run();
}

/// Where a page ends: "<time in microseconds>/<number>".
struct Cursor {
    std::int64_t time = 0;
    std::int64_t number = 0;
};

Result<std::optional<Cursor>> parse_cursor(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    Cursor cursor;
    const char* const end = text.data() + text.size();
    const auto [slash, error] = std::from_chars(text.data(), end, cursor.time);
    if (error == std::errc{} && slash != end && *slash == '/') {
        const auto [stop, number_error] = std::from_chars(slash + 1, end, cursor.number);
        if (number_error == std::errc{} && stop == end) {
            return cursor;
        }
    }
    return fail(
        ErrorKind::InvalidArgument,
        "cursor '" + text + "' does not come from a page of the audit log"
    );
}

/// A text column that a query may ask for.
struct TextCondition {
    const char* column;
    const std::optional<std::string>& value;
};

std::vector<TextCondition> exact_conditions(const AuditQuery& query) {
    return {
        {"who", query.who},
        {"organisation", query.organisation},
        {"object", query.object},
        {"incident", query.incident},
        {"outcome", query.outcome},
    };
}

bool asks_for_beginning(const AuditQuery& query) {
    return query.action && query.action->ends_with('.');
}

std::string list_sql(const AuditQuery& query) {
    std::string text = std::string(kColumns) + " WHERE 1 = 1";
    for (const TextCondition& condition : exact_conditions(query)) {
        if (condition.value) {
            text += std::string(" AND ") + condition.column + " = :" + condition.column;
        }
    }
    if (query.action) {
        text += asks_for_beginning(query) ? " AND SUBSTR(action, 1, :action_length) = :action"
                                          : " AND action = :action";
    }
    text += query.from ? " AND time_us >= :from_us" : "";
    text += query.to ? " AND time_us < :to_us" : "";
    text += query.cursor.empty() ? "" : " AND (time_us, number) < (:cursor_us, :cursor_number)";
    return text + " ORDER BY time_us DESC, number DESC LIMIT :row_limit";
}

void bind(Statement& statement, const AuditQuery& query, const std::optional<Cursor>& cursor) {
    for (const TextCondition& condition : exact_conditions(query)) {
        if (condition.value) {
            statement.bind(condition.column, *condition.value);
        }
    }
    if (asks_for_beginning(query)) {
        statement.bind("action_length", static_cast<std::int64_t>(query.action->size()));
    }
    if (query.action) {
        statement.bind("action", *query.action);
    }
    if (query.from) {
        statement.bind("from_us", to_column(*query.from));
    }
    if (query.to) {
        statement.bind("to_us", to_column(*query.to));
    }
    if (cursor) {
        statement.bind("cursor_us", cursor->time).bind("cursor_number", cursor->number);
    }
    // One more row than asked for tells whether there is a next page.
    statement.bind("row_limit", std::int64_t{query.limit} + 1);
}

std::int64_t newest_number(soci::session& session) {
    Statement query(session, "SELECT MAX(number) FROM audit_records");
    query.integer();
    return query.run() ? query.integer_at(0) : 0;
}

}  // namespace

Status SqlAuditStore::append(const std::vector<AuditRow>& rows) {
    return database_.write([&](soci::session& session) -> Status {
        if (session.get_backend_name() == "postgresql") {
            session << "LOCK TABLE audit_records IN EXCLUSIVE MODE";
        }
        std::int64_t number = newest_number(session);
        for (const AuditRow& row : rows) {
            if (row.number != ++number) {
                return fail(
                    ErrorKind::AlreadyExists,
                    "audit record " + std::to_string(row.number) + " does not follow record " +
                        std::to_string(number - 1)
                );
            }
            insert(session, row);
        }
        return {};
    });
}

Result<std::optional<AuditRow>> SqlAuditStore::newest() {
    return database_.read([&](soci::session& session) -> Result<std::optional<AuditRow>> {
        Statement query(session, std::string(kColumns) + " ORDER BY number DESC LIMIT 1");
        auto rows = fetch(query);
        return rows.empty() ? std::nullopt : std::optional(std::move(rows.front()));
    });
}

Result<std::vector<AuditRow>> SqlAuditStore::after(std::int64_t after, int limit) {
    return database_.read([&](soci::session& session) -> Result<std::vector<AuditRow>> {
        Statement query(
            session,
            std::string(kColumns) + " WHERE number > :after ORDER BY number LIMIT :row_limit"
        );
        query.bind("after", after).bind("row_limit", std::int64_t{limit});
        return fetch(query);
    });
}

Result<AuditPage> SqlAuditStore::list(const AuditQuery& query) {
    if (query.limit < 1 || query.limit > kMaxPage) {
        return fail(ErrorKind::InvalidArgument, "a page of the audit log has 1 to 500 records");
    }
    BONGSU_ASSIGN(const auto cursor, parse_cursor(query.cursor));
    return database_.read([&](soci::session& session) -> Result<AuditPage> {
        Statement statement(session, list_sql(query));
        bind(statement, query, cursor);
        AuditPage page{.rows = fetch(statement)};
        if (page.rows.size() > static_cast<std::size_t>(query.limit)) {
            page.rows.pop_back();
            const AuditRow& last = page.rows.back();
            page.next = std::to_string(to_column(last.time)) + "/" + std::to_string(last.number);
        }
        return page;
    });
}

Status SqlAuditStore::add_anchor(const AuditAnchor& anchor) {
    return database_.write([&](soci::session& session) -> Status {
        Statement(
            session,
            "INSERT INTO audit_anchors (number, time_us, hash, public_key, signature) "
            "VALUES (:number, :time_us, :hash, :public_key, :signature)"
        )
            .bind("number", anchor.number)
            .bind("time_us", to_column(anchor.time))
            .bind("hash", anchor.hash)
            .bind("public_key", anchor.key)
            .bind("signature", anchor.signature)
            .run();
        return {};
    });
}

namespace {

std::vector<AuditAnchor> fetch_anchors(soci::session& session, const std::string& order) {
    Statement query(
        session,
        "SELECT number, time_us, hash, public_key, signature FROM audit_anchors ORDER BY " + order
    );
    query.integer().integer().text().text().text();
    std::vector<AuditAnchor> rows;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        rows.push_back(
            {.number = query.integer_at(0),
             .time = to_wall(query.integer_at(1)),
             .hash = query.text_at(2),
             .key = query.text_at(3),
             .signature = query.text_at(4)}
        );
    }
    return rows;
}

}  // namespace

Result<std::optional<AuditAnchor>> SqlAuditStore::newest_anchor() {
    return database_.read([&](soci::session& session) -> Result<std::optional<AuditAnchor>> {
        const auto rows = fetch_anchors(session, "number DESC, public_key LIMIT 1");
        return rows.empty() ? std::nullopt : std::optional(rows.front());
    });
}

Result<std::vector<AuditAnchor>> SqlAuditStore::anchors() {
    return database_.read([&](soci::session& session) -> Result<std::vector<AuditAnchor>> {
        return fetch_anchors(session, "number, public_key");
    });
}

}  // namespace bongsu::store
