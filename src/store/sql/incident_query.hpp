#pragma once

#include "core/result.hpp"
#include "store/incident_store.hpp"
#include "store/sql/statement.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::store {

/// Where a page of incidents ends: "<gravity>/<opened in microseconds>/<id>".
struct IncidentCursor {
    int gravity = 0;
    std::int64_t opened = 0;
    std::string id;
};

Result<std::optional<IncidentCursor>> parse_incident_cursor(const std::string& text);
std::string to_text(const IncidentCursor& cursor);

/// " AND ..." for what somebody may see, so written that no index leads along it; empty when that
/// is everything. bind_scope gives the values.
std::string scope_sql(const soci::session& session, const std::optional<IncidentScope>& scope);
void bind_scope(Statement& statement, const std::optional<IncidentScope>& scope);

/// The conditions of a query as SQL, made so that one chosen index leads the way: SQLite has no
/// statistics of the table and would otherwise choose by the number of columns that match. A
/// condition that must not be led by is written on an expression instead of the column.
class IncidentSelect {
public:
    /// `query` and `session` must outlive it.
    IncidentSelect(
        const soci::session& session,
        const IncidentQuery& query,
        const std::optional<IncidentCursor>& cursor
    );

    /// " WHERE ... ORDER BY ..."; the LIMIT is the caller's.
    const std::string& text() const { return text_; }

    void bind(Statement& statement) const;

private:
    enum class Lead {
        Queue,
        Camera,
        Cameras,
        Assignee,
        Organisation,
        Kind,
        State,
        Open,
        Text,
        Time
    };

    Lead choose_lead() const;
    void add(const std::string& condition);
    void add_text(const std::string& condition, const std::string& name, std::string value);
    void add_number(const std::string& condition, const std::string& name, std::int64_t value);
    void add_list(
        const std::string& column, const std::string& name, const std::vector<std::string>& values
    );
    void add_scope();
    void add_states();
    void add_spans();
    void add_note_text();
    void add_cursor(const IncidentCursor& cursor);
    void add_order();

    const soci::session& session_;
    const IncidentQuery& query_;
    Lead lead_;
    std::string text_ = " WHERE 1 = 1";
    std::vector<std::pair<std::string, std::string>> texts_;
    std::vector<std::pair<std::string, std::int64_t>> numbers_;
};

}  // namespace bongsu::store
