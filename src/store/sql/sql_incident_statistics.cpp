#include "store/sql/sql_incident_statistics.hpp"

#include "store/sql/columns.hpp"
#include "store/sql/incident_query.hpp"
#include "store/sql/statement.hpp"

#include <algorithm>
#include <cstddef>
#include <unordered_map>

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

Verdict to_verdict(const std::string& column) {
    return column == to_string(Verdict::Confirmed)    ? Verdict::Confirmed
           : column == to_string(Verdict::FalseAlarm) ? Verdict::FalseAlarm
                                                      : Verdict::None;
}

/// What one operator acknowledged, taken in by the time of opening.
struct Acknowledged {
    std::vector<std::int64_t> delays;  ///< microseconds
    std::int64_t part = -1;            ///< ten minutes since 1970 that are being counted
    int in_part = 0;
    int busiest = 0;

    void take(std::int64_t opened, std::int64_t delay) {
        delays.push_back(delay);
        if (const std::int64_t now = opened / kTenMinutes; now != part) {
            part = now;
            in_part = 0;
        }
        busiest = std::max(busiest, ++in_part);
    }
};

/// Percentiles by nearest rank. Reorders.
AcknowledgeTimes times_of(std::vector<std::int64_t>& delays) {
    if (delays.empty()) {
        return {};
    }
    const auto at_rank = [&](std::size_t percent) {
        const std::size_t rank = (delays.size() * percent + 99) / 100;
        const auto at = delays.begin() + static_cast<std::ptrdiff_t>(rank - 1);
        std::ranges::nth_element(delays, at);
        return Duration{*at};
    };
    return {.count = static_cast<int>(delays.size()), .p50 = at_rank(50), .p95 = at_rank(95)};
}

std::unordered_map<std::string, Acknowledged> fetch_acknowledged(
    soci::session& session, const StatisticsSpan& span
) {
    Statement query(
        session,
        "SELECT acknowledged_by, opened_us, acknowledged_us - opened_us FROM incidents" +
            span_sql(session, span) + " AND acknowledged_us IS NOT NULL ORDER BY opened_us"
    );
    bind(query, span).text().integer().integer();
    std::unordered_map<std::string, Acknowledged> by_user;
    for (bool has_row = query.run(); has_row; has_row = query.next()) {
        by_user[query.text_at(0)].take(query.integer_at(1), query.integer_at(2));
    }
    return by_user;
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

Result<OpenedFigures> SqlIncidentStatistics::opened(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<OpenedFigures> {
        Statement query(
            session,
            "SELECT opened_us / :hour_us AS hour, gravity, state, COUNT(*) FROM incidents" +
                span_sql(session, span) + " GROUP BY hour, gravity, state ORDER BY hour"
        );
        bind(query, span).bind("hour_us", kHour).integer().integer().text().integer();
        OpenedFigures figures;
        for (bool has_row = query.run(); has_row; has_row = query.next()) {
            const WallTime hour = to_wall(query.integer_at(0) * kHour);
            if (figures.hours.empty() || figures.hours.back().hour != hour) {
                figures.hours.push_back({.hour = hour});
            }
            at_gravity(figures.hours.back().by_gravity, query.integer_at(1)) += whole(query, 3);
            if (const auto state = parse_incident_state(query.text_at(2))) {
                figures.states[*state] += whole(query, 3);
            }
        }
        return figures;
    });
}

Result<HandlingFigures> SqlIncidentStatistics::handling(const StatisticsSpan& span) {
    return database_.read([&](soci::session& session) -> Result<HandlingFigures> {
        std::map<std::string, OperatorFigures> by_user;
        std::vector<std::int64_t> all;
        for (auto& [user, acknowledged] : fetch_acknowledged(session, span)) {
            all.insert(all.end(), acknowledged.delays.begin(), acknowledged.delays.end());
            by_user[user].busiest_ten_minutes = acknowledged.busiest;
            by_user[user].acknowledged = times_of(acknowledged.delays);
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
        HandlingFigures figures{.acknowledged = times_of(all), .operators = {}};
        for (auto& [user, own] : by_user) {
            own.user = user;
            figures.operators.push_back(own);
        }
        return figures;
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
