#include "store/sql/sql_incident_statistics.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/incident_query.hpp"
#include "store/sql/statement.hpp"

#include <algorithm>

namespace bongsu::store {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;
constexpr std::int64_t kTenMinutes = 600'000'000;
constexpr int kMaxJudged = 2000;

std::string span_sql(const soci::session& session, const StatisticsSpan& span) {
    return " WHERE opened_us >= :from_us AND opened_us < :to_us AND merged_into || '' = ''" +
           scope_sql(session, span.scope);
}

Statement& bind(Statement& statement, const StatisticsSpan& span) {
    statement.bind("from_us", to_column(span.from)).bind("to_us", to_column(span.to));
    bind_scope(statement, span.scope);
    return statement;
}

int& at_gravity(CountByGravity& counts, std::int64_t gravity) {
    return counts.at(static_cast<std::size_t>(std::clamp<std::int64_t>(gravity, 1, 5)) - 1);
}

int whole(const Statement& row, std::size_t column) {
    return static_cast<int>(row.integer_at(column));
}

std::optional<Duration> duration_at(const Statement& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(Duration{row.integer_at(column)});
}

Verdict to_verdict(const std::string& column) {
    return column == to_string(Verdict::Confirmed)    ? Verdict::Confirmed
           : column == to_string(Verdict::FalseAlarm) ? Verdict::FalseAlarm
                                                      : Verdict::None;
}

/// Percentiles of the time to acknowledge, one row per value of `group` (nearest rank).
std::string percentiles_sql(const std::string& group, const std::string& where) {
    return "SELECT who, MAX(total), MAX(CASE WHEN place = (total + 1) / 2 THEN delay END), "
           "MAX(CASE WHEN place = (total * 95 + 99) / 100 THEN delay END) FROM (SELECT who, delay, "
           "ROW_NUMBER() OVER (PARTITION BY who ORDER BY delay) AS place, "
           "COUNT(*) OVER (PARTITION BY who) AS total FROM (SELECT " +
           group + " AS who, acknowledged_us - opened_us AS delay FROM incidents" + where +
           " AND acknowledged_us IS NOT NULL) AS delays) AS ranked GROUP BY who ORDER BY who";
}

std::map<std::string, AcknowledgeTimes> fetch_percentiles(
    soci::session& session, const StatisticsSpan& span, const std::string& group
) {
    Statement query(session, percentiles_sql(group, span_sql(session, span)));
    bind(query, span).text().integer().integer().integer();
    std::map<std::string, AcknowledgeTimes> rows;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        rows[query.text_at(0)] = {
            .count = whole(query, 1), .p50 = duration_at(query, 2), .p95 = duration_at(query, 3)
        };
    }
    return rows;
}

/// The box as a share of its picture.
Box normalised(const Box& box, double width, double height) {
    if (width <= 0 || height <= 0) {
        return {};
    }
    return scaled(box, static_cast<float>(1 / width), static_cast<float>(1 / height));
}

JudgedIncident read_judged(const Statement& row) {
    const auto real = [&](std::size_t column) { return static_cast<float>(row.number_at(column)); };
    return {
        .id = IncidentId(row.text_at(0)),
        .camera = CameraId(row.text_at(1)),
        .rule = RuleId(row.text_at(2)),
        .zone = ZoneId(row.text_at(3)),
        .verdict = to_verdict(row.text_at(4)),
        .reason = parse_false_alarm_reason(row.text_at(5)),
        .opened = to_wall(row.integer_at(6)),
        .lasted = Duration{row.integer_at(7)},
        .confidence = real(8),
        .box = normalised(
            {real(9), real(10), real(11), real(12)}, row.number_at(13), row.number_at(14)
        ),
    };
}

}  // namespace

Result<std::vector<VerdictCount>> SqlIncidentStatistics::verdicts(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<std::vector<VerdictCount>> {
        Statement query(
            session,
            "SELECT camera, rule, kind, verdict, reason, COUNT(*) FROM incidents" +
                span_sql(session, span) +
                " GROUP BY camera, rule, kind, verdict, reason "
                "ORDER BY camera, rule, kind, verdict, reason"
        );
        bind(query, span).text().text().text().text().text().integer();
        std::vector<VerdictCount> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({
                .camera = CameraId(query.text_at(0)),
                .rule = RuleId(query.text_at(1)),
                .kind = query.text_at(2),
                .verdict = to_verdict(query.text_at(3)),
                .reason = parse_false_alarm_reason(query.text_at(4)),
                .count = whole(query, 5),
            });
        }
        return rows;
    });
}

Result<AcknowledgeTimes> SqlIncidentStatistics::acknowledge_times(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<AcknowledgeTimes> {
        auto rows = fetch_percentiles(session, span, "'everybody'");
        return rows.empty() ? AcknowledgeTimes{} : rows.begin()->second;
    });
}

Result<std::vector<OperatorFigures>> SqlIncidentStatistics::operators(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<std::vector<OperatorFigures>> {
        std::map<std::string, OperatorFigures> by_user;
        for (auto& [user, times] : fetch_percentiles(session, span, "acknowledged_by")) {
            by_user[user].acknowledged = times;
        }
        Statement query(
            session,
            "SELECT judged_by, verdict, COUNT(*) FROM incidents" + span_sql(session, span) +
                " AND judged_by <> '' GROUP BY judged_by, verdict"
        );
        bind(query, span).text().text().integer();
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            OperatorFigures& figures = by_user[query.text_at(0)];
            const bool is_confirmed = to_verdict(query.text_at(1)) == Verdict::Confirmed;
            (is_confirmed ? figures.confirmed : figures.false_alarms) += whole(query, 2);
        }
        std::vector<OperatorFigures> rows;
        for (auto& [user, figures] : by_user) {
            figures.user = user;
            rows.push_back(figures);
        }
        return rows;
    });
}

Result<std::vector<HourFigures>> SqlIncidentStatistics::hours(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<std::vector<HourFigures>> {
        Statement query(
            session,
            "SELECT opened_us / :hour_us AS hour, gravity, COUNT(*) FROM incidents" +
                span_sql(session, span) + " GROUP BY hour, gravity ORDER BY hour"
        );
        bind(query, span).bind("hour_us", kHour).integer().integer().integer();
        std::vector<HourFigures> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            const WallTime hour = to_wall(query.integer_at(0) * kHour);
            if (rows.empty() || rows.back().hour != hour) {
                rows.push_back({.hour = hour});
            }
            at_gravity(rows.back().by_gravity, query.integer_at(1)) += whole(query, 2);
        }
        return rows;
    });
}

Result<std::map<IncidentState, int>> SqlIncidentStatistics::states(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<std::map<IncidentState, int>> {
        Statement query(
            session,
            "SELECT state, COUNT(*) FROM incidents" + span_sql(session, span) + " GROUP BY state"
        );
        bind(query, span).text().integer();
        std::map<IncidentState, int> counts;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            if (const auto state = parse_incident_state(query.text_at(0))) {
                counts[*state] = whole(query, 1);
            }
        }
        return counts;
    });
}

Result<std::vector<TenMinutes>> SqlIncidentStatistics::load(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<std::vector<TenMinutes>> {
        Statement query(
            session,
            "SELECT acknowledged_by, opened_us / :ten_us AS part, COUNT(*) FROM incidents" +
                span_sql(session, span) +
                " AND acknowledged_by <> '' GROUP BY acknowledged_by, part "
                "ORDER BY acknowledged_by, part"
        );
        bind(query, span).bind("ten_us", kTenMinutes).text().integer().integer();
        std::vector<TenMinutes> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            rows.push_back({
                .user = query.text_at(0),
                .begin = to_wall(query.integer_at(1) * kTenMinutes),
                .incidents = whole(query, 2),
            });
        }
        return rows;
    });
}

Result<OpenFigures> SqlIncidentStatistics::open_now(const std::optional<IncidentScope>& scope) {
    return database_.read([&](soci::session& session) -> Result<OpenFigures> {
        Statement query(
            session,
            "SELECT gravity, assignee, COUNT(*), SUM(CASE WHEN state = 'new' THEN 1 ELSE 0 END), "
            "MIN(CASE WHEN state = 'new' THEN opened_us END) FROM incidents WHERE is_open = 1" +
                scope_sql(session, scope) + " GROUP BY gravity, assignee"
        );
        bind_scope(query, scope);
        query.integer().text().integer().integer().integer();
        OpenFigures figures;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            at_gravity(figures.by_gravity, query.integer_at(0)) += whole(query, 2);
            figures.by_assignee[query.text_at(1)] += whole(query, 2);
            figures.unanswered += whole(query, 3);
            if (!query.is_null(4)) {
                const WallTime oldest = to_wall(query.integer_at(4));
                figures.oldest_unanswered =
                    std::min(figures.oldest_unanswered.value_or(oldest), oldest);
            }
        }
        return figures;
    });
}

Result<std::vector<JudgedIncident>> SqlIncidentStatistics::judged(
    const CameraId& camera, WallTime from, WallTime to, int limit
) {
    return database_.read([&](soci::session& session) -> Result<std::vector<JudgedIncident>> {
        // Of events of the same rule the first in their order stands for the incident.
        Statement query(
            session,
            "SELECT i.id, i.camera, i.rule, e.zone, i.verdict, i.reason, i.opened_us, "
            "e.time_us - e.started_us, e.confidence, e.box_x, e.box_y, e.box_w, e.box_h, "
            "e.picture_width, e.picture_height FROM incidents i JOIN incident_events e "
            "ON e.incident = i.id AND e.rule = i.rule WHERE i.camera = :camera "
            "AND i.opened_us >= :from_us AND i.opened_us < :to_us AND i.verdict <> '' "
            "AND i.merged_into = '' AND e.number = (SELECT MIN(f.number) FROM incident_events f "
            "WHERE f.incident = i.id AND f.rule = i.rule) "
            "ORDER BY i.opened_us DESC, i.id DESC LIMIT :row_limit"
        );
        query.bind("camera", camera.value())
            .bind("from_us", to_column(from))
            .bind("to_us", to_column(to))
            .bind("row_limit", std::int64_t{std::clamp(limit, 1, kMaxJudged)});
        query.text().text().text().text().text().text().integer().integer();
        query.number().number().number().number().number().number().number();
        std::vector<JudgedIncident> rows;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            if (rows.empty() || rows.back().id.value() != query.text_at(0)) {
                rows.push_back(read_judged(query));
            }
        }
        return rows;
    });
}

}  // namespace bongsu::store
