#include "store/sql/incident_query.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/value_list.hpp"

#include <algorithm>
#include <charconv>

namespace bongsu::store {
namespace {

/// Up to so many cameras it is quicker to collect all of theirs and sort than to pass over those of
/// others on the way along time.
constexpr std::size_t kFewCameras = 300;

bool is_single_organisation(const IncidentQuery& query) {
    return query.scope && query.scope->cameras.empty() && query.scope->organisations.size() == 1;
}

bool asks_for_open_only(const IncidentQuery& query) {
    const auto is_open_state = [](IncidentState state) { return is_open(state); };
    return query.is_open_only || query.order == IncidentOrder::GravestFirst ||
           (query.states.size() > 1 && std::ranges::all_of(query.states, is_open_state));
}

/// The pattern that finds `text` anywhere, with "!" before what LIKE gives a meaning.
std::string like_pattern(const std::string& text) {
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') {
            pattern += '!';
        }
        pattern += c;
    }
    return pattern + "%";
}

}  // namespace

Result<std::optional<IncidentCursor>> parse_incident_cursor(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    IncidentCursor cursor;
    const char* const end = text.data() + text.size();
    const auto gravity = std::from_chars(text.data(), end, cursor.gravity);
    const bool has_gravity = gravity.ec == std::errc{} && gravity.ptr != end && *gravity.ptr == '/';
    if (has_gravity) {
        const auto opened = std::from_chars(gravity.ptr + 1, end, cursor.opened);
        if (opened.ec == std::errc{} && opened.ptr != end && *opened.ptr == '/') {
            cursor.id.assign(opened.ptr + 1, end);
            return cursor;
        }
    }
    return fail(
        ErrorKind::InvalidArgument, "cursor '" + text + "' does not come from a page of incidents"
    );
}

std::string to_text(const IncidentCursor& cursor) {
    return std::to_string(cursor.gravity) + "/" + std::to_string(cursor.opened) + "/" + cursor.id;
}

std::string scope_sql(const soci::session& session, const std::optional<IncidentScope>& scope) {
    if (!scope) {
        return {};
    }
    return " AND (" + in_list(session, "(organisation || '')", "scope_organisations") + " OR " +
           in_list(session, "(camera || '')", "scope_cameras") + ")";
}

void bind_scope(Statement& statement, const std::optional<IncidentScope>& scope) {
    if (scope) {
        statement.bind("scope_organisations", to_list(texts_of(scope->organisations)))
            .bind("scope_cameras", to_list(texts_of(scope->cameras)));
    }
}

IncidentSelect::IncidentSelect(
    const soci::session& session,
    const IncidentQuery& query,
    const std::optional<IncidentCursor>& cursor
)
    : session_(session), query_(query), lead_(choose_lead()) {
    if (asks_for_open_only(query)) {
        const bool is_lead = lead_ == Lead::Queue || lead_ == Lead::Open;
        add(is_lead ? "is_open = 1" : "is_open + 0 = 1");
    }
    add_states();
    if (lead_ == Lead::Camera) {
        add_text("camera = :camera", "camera", query.cameras.front().value());
    } else if (!query.cameras.empty()) {
        add_list(
            lead_ == Lead::Cameras ? "camera" : "camera || ''", "cameras", texts_of(query.cameras)
        );
    }
    add_scope();
    if (lead_ == Lead::Kind) {
        add_text("kind = :kind", "kind", query.kinds.front());
    } else if (!query.kinds.empty()) {
        add_list("kind || ''", "kinds", query.kinds);
    }
    if (query.assignee) {
        const bool is_lead = lead_ == Lead::Assignee;
        add_text(
            is_lead ? "assignee = :assignee" : "assignee || '' = :assignee",
            "assignee",
            *query.assignee
        );
    }
    add_spans();
    add_note_text();
    if (query.hides_merged) {
        add("merged_into || '' = ''");
    }
    if (query.is_unreviewed_only) {
        add_text(
            "NOT EXISTS (SELECT 1 FROM incident_reviews r WHERE r.reviewer = :unreviewed_by AND "
            "r.incident = incidents.id)",
            "unreviewed_by",
            query.reviewer
        );
    }
    if (cursor) {
        add_cursor(*cursor);
    }
    add_order();
}

IncidentSelect::Lead IncidentSelect::choose_lead() const {
    if (query_.order == IncidentOrder::GravestFirst) {
        return Lead::Queue;
    }
    if (query_.cameras.size() == 1) {
        return Lead::Camera;
    }
    if (!query_.text.empty() && query_.text_cameras.empty()) {
        return Lead::Text;
    }
    if (!query_.cameras.empty() && query_.cameras.size() <= kFewCameras) {
        return Lead::Cameras;
    }
    if (asks_for_open_only(query_)) {
        return Lead::Open;
    }
    if (query_.assignee && !query_.assignee->empty()) {
        return Lead::Assignee;
    }
    if (is_single_organisation(query_)) {
        return Lead::Organisation;
    }
    if (query_.kinds.size() == 1) {
        return Lead::Kind;
    }
    return query_.states.size() == 1 ? Lead::State : Lead::Time;
}

void IncidentSelect::add(const std::string& condition) {
    text_ += " AND " + condition;
}

void IncidentSelect::add_text(
    const std::string& condition, const std::string& name, std::string value
) {
    add(condition);
    texts_.emplace_back(name, std::move(value));
}

void IncidentSelect::add_number(
    const std::string& condition, const std::string& name, std::int64_t value
) {
    add(condition);
    numbers_.emplace_back(name, value);
}

void IncidentSelect::add_list(
    const std::string& column, const std::string& name, const std::vector<std::string>& values
) {
    add_text(in_list(session_, "(" + column + ")", name), name, to_list(values));
}

void IncidentSelect::add_states() {
    if (query_.states.size() == 1) {
        const bool is_lead = lead_ == Lead::State;
        add_text(
            is_lead ? "state = :state" : "state || '' = :state",
            "state",
            std::string(to_string(query_.states.front()))
        );
    } else if (!query_.states.empty()) {
        std::vector<std::string> names;
        for (const IncidentState state : query_.states) {
            names.emplace_back(to_string(state));
        }
        add_list("state || ''", "states", names);
    }
}

void IncidentSelect::add_scope() {
    if (lead_ == Lead::Organisation) {
        add_text(
            "organisation = :organisation",
            "organisation",
            query_.scope->organisations.front().value()
        );
    } else {
        text_ += scope_sql(session_, query_.scope);
    }
}

void IncidentSelect::add_spans() {
    if (query_.min_gravity) {
        add_number("gravity + 0 >= :min_gravity", "min_gravity", *query_.min_gravity);
    }
    if (query_.max_gravity) {
        add_number("gravity + 0 <= :max_gravity", "max_gravity", *query_.max_gravity);
    }
    const std::string opened = lead_ == Lead::Queue ? "opened_us + 0" : "opened_us";
    if (query_.opened_from) {
        add_number(opened + " >= :from_us", "from_us", to_column(*query_.opened_from));
    }
    if (query_.opened_to) {
        add_number(opened + " < :to_us", "to_us", to_column(*query_.opened_to));
    }
}

void IncidentSelect::add_note_text() {
    if (query_.text.empty()) {
        return;
    }
    std::string condition =
        "id IN (SELECT s.incident FROM incident_steps s WHERE s.action = 'note' AND "
        "LOWER(s.why) LIKE LOWER(:note_text) ESCAPE '!')";
    if (!query_.text_cameras.empty()) {
        condition =
            "(" + condition + " OR " + in_list(session_, "(camera || '')", "text_cameras") + ")";
        texts_.emplace_back("text_cameras", to_list(texts_of(query_.text_cameras)));
    }
    add_text(condition, "note_text", like_pattern(query_.text));
}

void IncidentSelect::add_cursor(const IncidentCursor& cursor) {
    if (query_.order == IncidentOrder::GravestFirst) {
        add("gravity <= :cursor_gravity AND (gravity < :cursor_gravity OR (opened_us, id) > "
            "(:cursor_us, :cursor_id))");
        numbers_.emplace_back("cursor_gravity", cursor.gravity);
    } else {
        add("(opened_us, id) < (:cursor_us, :cursor_id)");
    }
    numbers_.emplace_back("cursor_us", cursor.opened);
    texts_.emplace_back("cursor_id", cursor.id);
}

void IncidentSelect::add_order() {
    if (query_.order == IncidentOrder::GravestFirst) {
        text_ += " ORDER BY gravity DESC, opened_us, id";
    } else if (lead_ == Lead::Cameras || lead_ == Lead::Text) {
        text_ += " ORDER BY opened_us + 0 DESC, id DESC";
    } else {
        text_ += " ORDER BY opened_us DESC, id DESC";
    }
}

void IncidentSelect::bind(Statement& statement) const {
    for (const auto& [name, value] : texts_) {
        statement.bind(name, value);
    }
    for (const auto& [name, value] : numbers_) {
        statement.bind(name, value);
    }
    if (lead_ != Lead::Organisation) {
        bind_scope(statement, query_.scope);
    }
}

}  // namespace bongsu::store
