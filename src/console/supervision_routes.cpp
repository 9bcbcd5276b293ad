// Figures for supervisors: routes tagged "supervision" in api/openapi.yaml.
#include "audit/audit_log.hpp"
#include "console/camera_answers.hpp"
#include "console/incident_answers.hpp"
#include "console/request_body.hpp"
#include "console/route_families.hpp"
#include "console/wall_keeper.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <ranges>
#include <tuple>

#include <boost/json.hpp>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using identity::Right;
using store::StatisticsSpan;
using Answer = Result<net::HttpAnswer>;

constexpr std::chrono::minutes kTen{10};
constexpr std::chrono::hours kShift{8};
constexpr std::chrono::days kLongestReport{31};
constexpr std::chrono::days kLongestLedgerOfAll{1};
constexpr int kMostUnanswered = 100;
constexpr int kWorstCoverage = 20;
constexpr int kMostCoverage = 2000;
constexpr std::size_t kMostRules = 500;
constexpr int kMostAuditPages = 20;

json::array to_array(const store::CountByGravity& counts) {
    return json::array(counts.begin(), counts.end());
}

int sum_of(const std::map<IncidentState, int>& counts) {
    return std::accumulate(counts.begin(), counts.end(), 0, [](int sum, const auto& each) {
        return sum + each.second;
    });
}

/// What is known of each operator from incidents.
struct Handled {
    std::map<std::string, int> in_ten_minutes;
    std::map<std::string, store::AcknowledgeTimes> times;
};

Result<Handled> handled(const ConsoleParts& parts, WallTime now) {
    store::IncidentStatistics& statistics = parts.store.incident_statistics();
    Handled out;
    BONGSU_ASSIGN(
        const auto latest, statistics.handling({.from = now - kTen, .to = now, .scope = {}})
    );
    for (const store::OperatorFigures& each : latest.operators) {
        out.in_ten_minutes[each.user] = each.acknowledged.count;
    }
    BONGSU_ASSIGN(
        const auto shift, statistics.handling({.from = now - kShift, .to = now, .scope = {}})
    );
    for (const store::OperatorFigures& each : shift.operators) {
        out.times[each.user] = each.acknowledged;
    }
    return out;
}

json::array operators_now(
    const ShiftState& shift, Handled figures, const store::OpenFigures& open
) {
    json::array rows;
    for (const OnShift& each : shift.operators) {
        const store::AcknowledgeTimes& times = figures.times[each.user];
        const auto own = open.by_assignee.find(each.user);
        rows.push_back(json::object{
            {"user", each.user},
            {"name", each.name},
            {"since", to_iso8601(each.since)},
            {"cameras", each.cameras},
            {"cap", each.cap},
            {"open", own != open.by_assignee.end() ? own->second : 0},
            {"handled_10min", figures.in_ten_minutes[each.user]},
            {"incidents_10min", each.incidents},
            {"acknowledge_p50_s", seconds_or_null(times.p50)},
            {"acknowledge_p95_s", seconds_or_null(times.p95)},
            {"longest_unseen_s", to_seconds(each.unseen)}
        });
    }
    return rows;
}

Result<json::array> unanswered(const ConsoleParts& parts) {
    store::IncidentQuery query;
    query.states = {IncidentState::New};
    query.order = store::IncidentOrder::GravestFirst;
    query.limit = kMostUnanswered;
    BONGSU_ASSIGN(const store::SummaryPage page, parts.store.incidents().summaries(query));
    json::array rows;
    for (const IncidentSummary& incident : page.incidents) {
        rows.push_back(incident_row(parts, incident));
    }
    return rows;
}

Duration longest_unwatched(const HealthSnapshot& health) {
    Duration longest{};
    for (const CameraHealth& camera : health.cameras) {
        longest = std::max(longest, camera.longest_unwatched);
    }
    return longest;
}

Answer get_supervision(const ConsoleParts& parts, const Call& call) {
    store::IncidentStatistics& statistics = parts.store.incident_statistics();
    const WallTime now = call.now();
    BONGSU_ASSIGN(const store::OpenFigures open, statistics.open_now(std::nullopt));
    BONGSU_ASSIGN(
        const auto recent, statistics.opened({.from = now - kTen, .to = now, .scope = {}})
    );
    BONGSU_ASSIGN(Handled figures, handled(parts, now));
    BONGSU_ASSIGN(json::array waiting, unanswered(parts));
    const ShiftState shift = parts.wall != nullptr ? parts.wall->shift() : ShiftState{};
    const HealthSnapshotPtr health = health_of(parts);
    const auto count = [&](CameraCondition condition) {
        return health->counts.at(static_cast<std::size_t>(condition));
    };
    return json_answer(json::object{
        {"time", to_iso8601(now)},
        {"operators", operators_now(shift, std::move(figures), open)},
        {"unanswered", std::move(waiting)},
        {"open_by_gravity", to_array(open.by_gravity)},
        {"longest_unseen_camera", shift.longest_unseen ? shift.longest_unseen->value() : ""},
        {"longest_unseen_s", to_seconds(shift.unseen)},
        {"cameras_total", parts.fleet.snapshot()->cameras.size()},
        {"cameras_playing", count(CameraCondition::Ok) + count(CameraCondition::Degraded)},
        {"longest_unwatched_s", to_seconds(longest_unwatched(*health))},
        {"incidents_10min", sum_of(recent.states)}
    });
}

json::array hour_rows(const std::vector<store::HourFigures>& hours) {
    json::array rows;
    for (const store::HourFigures& each : hours) {
        const int opened = std::accumulate(each.by_gravity.begin(), each.by_gravity.end(), 0);
        rows.push_back(json::object{
            {"hour", to_iso8601(each.hour)},
            {"opened", opened},
            {"by_gravity", to_array(each.by_gravity)}
        });
    }
    return rows;
}

json::array operator_rows(const std::vector<store::OperatorFigures>& operators) {
    json::array rows;
    for (const store::OperatorFigures& each : operators) {
        rows.push_back(json::object{
            {"user", each.user},
            {"handled", each.acknowledged.count},
            {"confirmed", each.confirmed},
            {"false_alarms", each.false_alarms},
            {"busiest_10min", each.busiest_ten_minutes},
            {"acknowledge_p50_s", seconds_or_null(each.acknowledged.p50)},
            {"acknowledge_p95_s", seconds_or_null(each.acknowledged.p95)}
        });
    }
    return rows;
}

struct RuleFigures {
    int verdicts = 0;
    int confirmed = 0;
    int false_alarms = 0;
    std::map<std::string, int> reasons;
};

/// Rules with false alarms, most first; of a city's month only the worst.
json::array false_alarm_rows(const std::vector<store::VerdictCount>& counts) {
    std::map<std::tuple<CameraId, RuleId, std::string>, RuleFigures> rules;
    for (const store::VerdictCount& each : counts) {
        if (each.verdict == Verdict::None) {
            continue;
        }
        RuleFigures& rule = rules[{each.camera, each.rule, each.kind}];
        rule.verdicts += each.count;
        if (each.verdict == Verdict::Confirmed) {
            rule.confirmed += each.count;
        } else {
            rule.false_alarms += each.count;
            rule.reasons[std::string(each.reason ? to_string(*each.reason) : "")] += each.count;
        }
    }
    std::erase_if(rules, [](const auto& each) { return each.second.false_alarms == 0; });
    std::vector<decltype(rules)::const_iterator> worst;
    for (auto each = rules.cbegin(); each != rules.cend(); ++each) {
        worst.push_back(each);
    }
    std::ranges::sort(worst, [](const auto& a, const auto& b) {
        return a->second.false_alarms != b->second.false_alarms
                   ? a->second.false_alarms > b->second.false_alarms
                   : a->first < b->first;
    });
    json::array out;
    for (const auto& each : worst | std::views::take(kMostRules)) {
        const auto& [key, rule] = *each;
        json::object reasons;
        for (const auto& [reason, count] : rule.reasons) {
            reasons[reason] = count;
        }
        out.push_back(json::object{
            {"camera", std::get<0>(key).value()},
            {"rule", std::get<1>(key).value()},
            {"kind", std::get<2>(key)},
            {"verdicts", rule.verdicts},
            {"confirmed", rule.confirmed},
            {"false_alarms", rule.false_alarms},
            {"reasons", std::move(reasons)}
        });
    }
    return out;
}

json::array coverage_rows(const std::vector<store::CoverageHour>& hours) {
    json::array rows;
    for (const store::CoverageHour& each : hours) {
        rows.push_back(json::object{
            {"camera", each.camera.value()},
            {"hour", to_iso8601(each.hour)},
            {"longest_unwatched_s", to_seconds(each.longest_unwatched)},
            {"looks", each.looks}
        });
    }
    return rows;
}

Result<std::int64_t> count_exports(const ConsoleParts& parts, const TimeSpan& span) {
    store::AuditQuery query;
    query.from = span.from;
    query.to = span.to;
    query.action = "createExport";
    query.outcome = std::string(audit::to_string(audit::Outcome::Allowed));
    query.limit = 500;
    std::int64_t count = 0;
    for (int page_number = 0; page_number < kMostAuditPages; ++page_number) {
        BONGSU_ASSIGN(const store::AuditPage page, parts.audit.list(query));
        count += static_cast<std::int64_t>(page.rows.size());
        query.cursor = page.next;
        if (query.cursor.empty()) {
            break;
        }
    }
    return count;
}

json::object opened_figures(const store::OpenedFigures& opened) {
    store::CountByGravity by_gravity{};
    for (const store::HourFigures& hour : opened.hours) {
        for (std::size_t i = 0; i < by_gravity.size(); ++i) {
            by_gravity.at(i) += hour.by_gravity.at(i);
        }
    }
    json::object by_state;
    for (const auto& [state, count] : opened.states) {
        by_state[to_string(state)] = count;
    }
    const auto waiting = opened.states.find(IncidentState::New);
    return {
        {"opened", sum_of(opened.states)},
        {"by_gravity", to_array(by_gravity)},
        {"by_state", std::move(by_state)},
        {"unanswered", waiting != opened.states.end() ? waiting->second : 0}
    };
}

Answer get_report(const ConsoleParts& parts, const Call& call) {
    BONGSU_ASSIGN(const TimeSpan asked, query_span(call.request, kLongestReport));
    const StatisticsSpan span{.from = asked.from, .to = asked.to, .scope = {}};
    store::IncidentStatistics& statistics = parts.store.incident_statistics();
    BONGSU_ASSIGN(const auto opened, statistics.opened(span));
    BONGSU_ASSIGN(const auto handling, statistics.handling(span));
    BONGSU_ASSIGN(const auto verdicts, statistics.verdicts(span));
    BONGSU_ASSIGN(
        const auto coverage, parts.store.coverage().worst(asked.from, asked.to, kWorstCoverage)
    );
    BONGSU_ASSIGN(const std::int64_t exports, count_exports(parts, asked));
    json::object out = opened_figures(opened);
    out["from"] = to_iso8601(asked.from);
    out["to"] = to_iso8601(asked.to);
    out["acknowledge_p50_s"] = seconds_or_null(handling.acknowledged.p50);
    out["acknowledge_p95_s"] = seconds_or_null(handling.acknowledged.p95);
    out["hours"] = hour_rows(opened.hours);
    out["operators"] = operator_rows(handling.operators);
    out["false_alarms"] = false_alarm_rows(verdicts);
    out["worst_coverage"] = coverage_rows(coverage);
    out["exports"] = exports;
    return json_answer(out);
}

/// Of one camera every hour of a month; of all cameras the worst hours of a day.
Answer get_coverage(const ConsoleParts& parts, const Call& call) {
    const std::string* camera = call.request.query_value("camera");
    const Duration longest =
        camera != nullptr ? Duration{kLongestReport} : Duration{kLongestLedgerOfAll};
    BONGSU_ASSIGN(const TimeSpan span, query_span(call.request, longest));
    store::CoverageStore& coverage = parts.store.coverage();
    BONGSU_ASSIGN(
        const auto hours,
        camera != nullptr ? coverage.find(CameraId(*camera), span.from, span.to)
                          : coverage.worst(span.from, span.to, kMostCoverage)
    );
    return json_answer(json::object{{"rows", coverage_rows(hours)}});
}

}  // namespace

std::vector<Route> supervision_routes(const ConsoleParts& parts) {
    return {
        {"GET",
         "/api/v1/supervision/now",
         "getSupervision",
         Right::ViewSupervision,
         About::Installation,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return get_supervision(parts, call); }},
        {"GET",
         "/api/v1/supervision/report",
         "getShiftReport",
         Right::ViewSupervision,
         About::Installation,
         Audited::Always,
         [&parts](const Call& call) { return get_report(parts, call); }},
        {"GET",
         "/api/v1/supervision/coverage",
         "getCoverage",
         Right::ViewSupervision,
         About::Installation,
         Audited::OnlyDenials,
         [&parts](const Call& call) { return get_coverage(parts, call); }},
    };
}

}  // namespace bongsu::console
