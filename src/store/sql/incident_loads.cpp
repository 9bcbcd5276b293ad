#include "store/sql/incident_loads.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/value_list.hpp"

#include <charconv>
#include <string_view>
#include <unordered_map>

#include <soci/soci.h>

namespace bongsu::store {
namespace {

std::vector<TrackId> split(std::string_view text) {
    std::vector<TrackId> tracks;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        std::uint64_t number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc{}) {
            break;
        }
        tracks.emplace_back(number);
        at = next + 1;
    }
    return tracks;
}

EventPhase to_phase(std::string_view column) {
    using enum EventPhase;
    for (const EventPhase phase : {Begin, Update, End}) {
        if (column == to_string(phase)) {
            return phase;
        }
    }
    return Begin;
}

std::optional<WallTime> time_at(const Statement& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(to_wall(row.integer_at(column)));
}

Verdict to_verdict(std::string_view column) {
    using enum Verdict;
    return column == to_string(Confirmed)    ? Confirmed
           : column == to_string(FalseAlarm) ? FalseAlarm
                                             : None;
}

void declare_own_columns(Statement& statement) {
    statement.text().text().text().integer().text().integer().integer().integer().number();
    statement.text().integer().integer().text().integer().integer().text().text().text();
    statement.integer().integer().text().integer().text().text();
    statement.text().text().integer();
}

Incident read_own_row(const Statement& row) {
    Incident incident;
    incident.id = IncidentId(row.text_at(0));
    incident.state = parse_incident_state(row.text_at(1)).value_or(IncidentState::New);
    incident.kind = row.text_at(2);
    incident.gravity = static_cast<int>(row.integer_at(3));
    incident.camera = CameraId(row.text_at(4));
    incident.started = to_wall(row.integer_at(5));
    incident.ended = time_at(row, 6);
    incident.opened = to_wall(row.integer_at(7));
    incident.confidence = static_cast<float>(row.number_at(8));
    incident.snapshot = row.text_at(9);
    incident.clip_from = to_wall(row.integer_at(10));
    incident.clip_to = to_wall(row.integer_at(11));
    incident.organisation = OrganisationId(row.text_at(12));
    incident.change = row.integer_at(13);
    incident.decided = row.integer_at(14);
    incident.assignee = row.text_at(15);
    incident.verdict = to_verdict(row.text_at(16));
    incident.reason = parse_false_alarm_reason(row.text_at(17));
    incident.escalation = static_cast<int>(row.integer_at(18));
    incident.acknowledged = time_at(row, 19);
    incident.acknowledged_by = row.text_at(20);
    incident.judged = time_at(row, 21);
    incident.judged_by = row.text_at(22);
    incident.merged_into = IncidentId(row.text_at(23));
    return incident;
}

constexpr std::size_t kRuleColumn = 24;
constexpr std::size_t kReviewColumn = 27;

/// From the column behind the incident's id.
BehaviourEvent read_event(const Statement& row) {
    const auto real = [&](std::size_t column) { return static_cast<float>(row.number_at(column)); };
    const auto whole = [&](std::size_t column) { return static_cast<int>(row.integer_at(column)); };
    return {
        .id = EventId(row.text_at(1)),
        .phase = to_phase(row.text_at(2)),
        .kind = row.text_at(3),
        .camera = CameraId(row.text_at(4)),
        .rule = RuleId(row.text_at(5)),
        .zone = ZoneId(row.text_at(6)),
        .gravity = whole(7),
        .started = to_wall(row.integer_at(8)),
        .time = to_wall(row.integer_at(9)),
        .time_uncertainty = Duration{row.integer_at(10)},
        .confidence = real(11),
        .tracks = split(row.text_at(12)),
        .box = {real(13), real(14), real(15), real(16)},
        .picture_width = whole(17),
        .picture_height = whole(18),
        .detail = row.text_at(19),
    };
}

/// Which of the things being filled has this id.
template <class Thing>
class ById {
public:
    explicit ById(std::vector<Thing>& things) {
        for (Thing& thing : things) {
            by_id_.emplace(thing.id.value(), &thing);
        }
    }

    Thing* find(const std::string& id) const {
        const auto found = by_id_.find(id);
        return found != by_id_.end() ? found->second : nullptr;
    }

    std::string list() const {
        std::vector<std::string> ids;
        for (const auto& [id, thing] : by_id_) {
            ids.push_back(id);
        }
        return to_list(ids);
    }

private:
    std::unordered_map<std::string, Thing*> by_id_;
};

template <class Thing>
void load_zones(soci::session& session, const ById<Thing>& things, const std::string& ids) {
    Statement query(
        session,
        "SELECT incident, zone FROM incident_zones WHERE " + in_list(session, "incident", "ids") +
            " ORDER BY incident, number"
    );
    query.bind("ids", ids).text().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        if (Thing* thing = things.find(query.text_at(0))) {
            thing->zones.emplace_back(query.text_at(1));
        }
    }
}

void load_steps(soci::session& session, const ById<Incident>& things, const std::string& ids) {
    Statement query(
        session,
        "SELECT incident, time_us, who, action, why FROM incident_steps WHERE " +
            in_list(session, "incident", "ids") + " ORDER BY incident, number"
    );
    query.bind("ids", ids).text().integer().text().text().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        if (Incident* incident = things.find(query.text_at(0))) {
            incident->steps.push_back(
                {to_wall(query.integer_at(1)), query.text_at(2), query.text_at(3), query.text_at(4)}
            );
        }
    }
}

void load_events(soci::session& session, const ById<Incident>& things, const std::string& ids) {
    Statement query(
        session,
        "SELECT incident, id, phase, kind, camera, rule, zone, gravity, started_us, time_us, "
        "uncertainty_us, confidence, tracks, box_x, box_y, box_w, box_h, picture_width, "
        "picture_height, detail FROM incident_events WHERE " +
            in_list(session, "incident", "ids") + " ORDER BY incident, number, id"
    );
    query.bind("ids", ids);
    query.text().text().text().text().text().text().text();
    query.integer().integer().integer().integer().number().text();
    query.number().number().number().number().integer().integer().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        if (Incident* incident = things.find(query.text_at(0))) {
            incident->events.push_back(read_event(query));
        }
    }
}

void load_absorbed(soci::session& session, const ById<Incident>& things, const std::string& ids) {
    Statement query(
        session,
        "SELECT merged_into, id FROM incidents WHERE merged_into <> '' AND " +
            in_list(session, "merged_into", "ids") + " ORDER BY merged_into, id"
    );
    query.bind("ids", ids).text().text();
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        if (Incident* incident = things.find(query.text_at(0))) {
            incident->absorbed.emplace_back(query.text_at(1));
        }
    }
}

}  // namespace

const std::string& incident_columns() {
    static const std::string columns =
        "id, state, kind, gravity, camera, started_us, ended_us, opened_us, confidence, snapshot, "
        "clip_from_us, clip_to_us, organisation, change, decided, assignee, verdict, reason, "
        "escalation, acknowledged_us, acknowledged_by, judged_us, judged_by, merged_into, rule, "
        "detail, people";
    return columns;
}

std::vector<Incident> fetch_own_rows(Statement& statement) {
    declare_own_columns(statement);
    std::vector<Incident> rows;
    for (bool has_row = statement.run(); has_row; has_row = statement.next()) {
        rows.push_back(read_own_row(statement));
    }
    return rows;
}

std::vector<IncidentSummary> fetch_summaries(Statement& statement, bool has_review_mark) {
    declare_own_columns(statement);
    if (has_review_mark) {
        statement.integer();
    }
    std::vector<IncidentSummary> rows;
    for (bool has_row = statement.run(); has_row; has_row = statement.next()) {
        IncidentSummary row = summary_of(read_own_row(statement));
        row.rule = RuleId(statement.text_at(kRuleColumn));
        row.detail = statement.text_at(kRuleColumn + 1);
        row.people = static_cast<int>(statement.integer_at(kRuleColumn + 2));
        row.is_reviewed = has_review_mark && statement.integer_at(kReviewColumn) != 0;
        rows.push_back(std::move(row));
    }
    return rows;
}

void fill(soci::session& session, std::vector<Incident>& incidents) {
    if (incidents.empty()) {
        return;
    }
    const ById things(incidents);
    const std::string ids = things.list();
    load_zones(session, things, ids);
    load_steps(session, things, ids);
    load_events(session, things, ids);
    load_absorbed(session, things, ids);
}

void fill_zones(soci::session& session, std::vector<IncidentSummary>& summaries) {
    if (!summaries.empty()) {
        const ById things(summaries);
        load_zones(session, things, things.list());
    }
}

std::optional<Incident> load_incident(soci::session& session, const IncidentId& id) {
    Statement query(session, "SELECT " + incident_columns() + " FROM incidents WHERE id = :id");
    query.bind("id", id.value());
    std::vector<Incident> found = fetch_own_rows(query);
    fill(session, found);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

}  // namespace bongsu::store
