// Every list of the interface over the archive: 10,000 cameras, a year of incidents and of audit.
#include "console/sections.hpp"
#include "console/waiting.hpp"
#include "core/json.hpp"
#include "data/incident_year.hpp"
#include "eval/measurements.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>

namespace bongsu::bench {
namespace {

constexpr int kRounds = 50;
constexpr int kReports = 5;

/// A list as a page asks for it; the text is that of round `n`.
struct List {
    const char* name;
    std::function<std::string(int)> target;
    bool has_pages = false;
};

std::string hours_before_end(int hours) {
    return to_iso8601(kYearEnd - std::chrono::hours{hours});
}

std::string text(int number) {
    return std::to_string(number);
}

std::function<std::string(int)> always(std::string target) {
    return [target = std::move(target)](int) { return target; };
}

std::vector<List> incident_lists() {
    const std::string base = "/api/v1/incidents?limit=100";
    return {
        {"incidents_newest", always(base), true},
        {"incidents_queue", always(base + "&state=new,acknowledged&order=gravest"), true},
        {"incidents_camera", [=](int n) { return base + "&camera=c" + text(n * 131); }},
        {"incidents_cameras",
         [=](int n) {
             std::string target = base + "&camera=c" + text(n);
             for (int i = 1; i < 40; ++i) {
                 target += ",c" + text((n + i * 97) % kCameras);
             }
             return target;
         },
         true},
        {"incidents_kind",
         [=](int n) { return base + "&min_gravity=5&kind=kind" + text(n % 8); },
         true},
        {"incidents_state", always(base + "&state=closed,dispatched"), true},
        {"incidents_assignee", [=](int n) { return base + "&assignee=u" + text(n % 300); }, true},
        {"incidents_unreviewed", always(base + "&unreviewed=true"), true},
        {"incidents_words", [=](int n) { return base + "&q=word" + text(90'000 + n * 10); }},
        {"incidents_day",
         [=](int n) {
             return base + "&from=" + hours_before_end(24 * (n + 101)) +
                    "&to=" + hours_before_end(24 * (n + 100));
         },
         true},
        {"incidents_counts", always("/api/v1/incidents/counts")}
    };
}

std::vector<List> other_lists() {
    const std::string shift =
        "/api/v1/supervision/report?from=" + hours_before_end(8) + "&to=" + hours_before_end(0);
    return {
        {"cameras", always("/api/v1/cameras?limit=100"), true},
        {"cameras_words", [](int n) { return "/api/v1/cameras?limit=100&q=pole " + text(n); }},
        {"cameras_organisation",
         [](int n) { return "/api/v1/cameras?limit=100&organisation=o" + text(n % kOrganisations); }
        },
        {"cameras_map", always("/api/v1/cameras/map")},
        {"health", always("/api/v1/health?limit=100"), true},
        {"health_state", always("/api/v1/health?limit=100&state=lost")},
        {"groups", always("/api/v1/groups")},
        {"organisations", always("/api/v1/organisations")},
        {"users", always("/api/v1/users?limit=100"), true},
        {"users_words", [](int n) { return "/api/v1/users?limit=100&q=u" + text(n); }},
        {"audit", always("/api/v1/audit?limit=100"), true},
        {"audit_who", [](int n) { return "/api/v1/audit?limit=100&who=u" + text(n % 300); }, true},
        {"audit_action", always("/api/v1/audit?limit=100&action=export"), true},
        {"audit_object",
         [](int n) { return "/api/v1/audit?limit=100&object=camera:c" + text(n * 57); }},
        {"audit_denied_day",
         [](int n) {
             return "/api/v1/audit?limit=100&outcome=denied&from=" +
                    hours_before_end(24 * (n + 101)) + "&to=" + hours_before_end(24 * (n + 100));
         }},
        {"supervision_now", always("/api/v1/supervision/now")},
        {"supervision_shift", always(shift)},
        {"search", [](int n) { return "/api/v1/search?q=camera " + text(n); }}
    };
}

std::string escaped(const std::string& target) {
    std::string out;
    for (const char c : target) {
        out += c == ' ' ? "%20" : std::string(1, c);
    }
    return out;
}

/// The cursor of the following page; empty when there is none.
std::string next_of(const std::string& body) {
    const auto page = parse_json(body, "page");
    const Value* next = page ? page->find("next") : nullptr;
    const std::string* cursor = next != nullptr ? next->as_text() : nullptr;
    return cursor != nullptr ? *cursor : "";
}

Result<double> time_one(const Login& login, const std::string& target, std::string& body) {
    const auto begin = std::chrono::steady_clock::now();
    BONGSU_ASSIGN(body, get(login, target));
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    return took.count();
}

/// Milliseconds of first pages and, where the list has them, of second pages.
Result<std::vector<double>> time_list(const Login& login, const List& list) {
    std::vector<double> all;
    std::string body;
    for (int round = 0; round < kRounds; ++round) {
        const std::string target = escaped(list.target(round));
        BONGSU_ASSIGN(const double first, time_one(login, target, body));
        all.push_back(first);
        const std::string cursor = list.has_pages ? next_of(body) : "";
        if (!cursor.empty()) {
            BONGSU_ASSIGN(const double second, time_one(login, target + "&cursor=" + cursor, body));
            all.push_back(second);
        }
    }
    return all;
}

/// A report is asked for once a month, not while somebody works: no list, and its own figure.
Status measure_month(Stage& stage, const Login& chief) {
    const std::string report =
        "/api/v1/supervision/report?from=" + hours_before_end(720) + "&to=" + hours_before_end(0);
    std::vector<double> all;
    std::string body;
    for (int round = 0; round < kReports; ++round) {
        BONGSU_ASSIGN(const double took, time_one(chief, report, body));
        all.push_back(took);
    }
    stage.out.add("console.report_month.p50_ms", eval::percentile(all, 0.5));
    return {};
}

}  // namespace

Status measure_lists(Stage& stage) {
    BONGSU_ASSIGN(const auto city, City::start(stage.archive, {}));
    BONGSU_ASSIGN(const Login chief, log_in(city->url(), stage.accounts.back()));
    std::vector<List> lists = incident_lists();
    std::ranges::move(other_lists(), std::back_inserter(lists));
    double worst = 0;
    for (const List& list : lists) {
        BONGSU_ASSIGN(const std::vector<double> all, time_list(chief, list));
        const double p95 = eval::percentile(all, 0.95);
        std::fprintf(
            stderr, "%-24s p50 %7.1f  p95 %7.1f ms\n", list.name, eval::percentile(all, 0.5), p95
        );
        stage.out.add(std::string("console.list.") + list.name + ".p95_ms", p95);
        worst = std::max(worst, p95);
    }
    stage.out.add("console.lists.p95_ms", worst);
    return measure_month(stage, chief);
}

}  // namespace bongsu::bench
