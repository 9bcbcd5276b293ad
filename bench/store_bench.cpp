// links: store core
// How quickly the store answers what consoles ask, with a million incidents of ten thousand cameras
// over a year (BONGSU_BENCH_INCIDENTS changes the number) on SQLite in the temporary folder, or in
// the folder BONGSU_BENCH_FOLDER, where the database stays for the next run. Counters: milliseconds
// of the median and of the 95th percentile of the calls.
#include "store/sql/database.hpp"
#include "store/sql/statement.hpp"
#include "store/store.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace bongsu::store {
namespace {

constexpr int kCameras = 10'000;
constexpr int kBatch = 50'000;
constexpr std::int64_t kYear = 365LL * 86'400 * 1'000'000;
const WallTime kNow{std::chrono::seconds{1'790'000'000}};

int incidents_wanted() {
    const char* given = std::getenv("BONGSU_BENCH_INCIDENTS");
    return given != nullptr ? std::max(1000, std::atoi(given)) : 1'000'000;
}

/// Rows [from, to) of a year that ends now: the latest 2,000 and a few older ones are open.
void generate(Database& database, int from, int to, int count) {
    const std::string begin = std::to_string(kNow.time_since_epoch().count() - kYear);
    const std::string numbers =
        "WITH RECURSIVE n(i) AS (SELECT " + std::to_string(from) +
        " UNION ALL SELECT i + 1 FROM n WHERE i < " + std::to_string(to - 1) +
        "), r AS (SELECT i, printf('%09d', i) AS id, 'c' || (i * 7919 % " +
        std::to_string(kCameras) + ") AS camera, 'o' || (i * 7919 % " + std::to_string(kCameras) +
        " % 117) AS organisation, 'u' || (i % 300) AS who, 'r' || (i % 3) AS rule, 'kind' || "
        "(i % 8) AS kind, " +
        begin + " + i * " + std::to_string(kYear / count) +
        " AS opened, CASE WHEN i >= " + std::to_string(count - 2000) +
        " OR i % 997 = 0 THEN 1 ELSE 0 END AS is_open, CASE WHEN i % 20 = 0 THEN 5 "
        "WHEN i % 20 < 4 THEN 3 ELSE 1 + i % 2 END AS gravity FROM n) ";
    const std::vector<std::string> inserts{
        "INSERT INTO incidents (id, state, kind, gravity, camera, started_us, ended_us, opened_us, "
        "confidence, snapshot, clip_from_us, clip_to_us, change, decided, is_open, organisation, "
        "assignee, verdict, reason, acknowledged_us, acknowledged_by, judged_us, judged_by, rule, "
        "detail, people) SELECT id, CASE WHEN is_open = 1 THEN (CASE WHEN i % 2 = 0 THEN 'new' "
        "ELSE 'acknowledged' END) WHEN i % 3 = 0 THEN 'closed' ELSE 'false_alarm' END, kind, "
        "gravity, camera, opened, opened + 9000000, opened, 0.8, '2026/' || id || '.jpg', "
        "opened - 10000000, opened + 19000000, i + 1, i + 1, is_open, organisation, who, "
        "CASE WHEN is_open = 1 THEN '' WHEN i % 3 = 0 THEN 'confirmed' ELSE 'false_alarm' END, "
        "CASE WHEN is_open = 1 OR i % 3 = 0 THEN '' WHEN i % 5 = 0 THEN 'animal' ELSE "
        "'vegetation' END, opened + i * 37 % 120 * 1000000, who, opened + 60000000, who, rule, "
        "'', 1 FROM r",
        "INSERT INTO incident_zones SELECT id, 0, 'zone' FROM r",
        "INSERT INTO incident_steps SELECT id, 0, opened, 'system', 'opened', '' FROM r",
        "INSERT INTO incident_steps SELECT id, 1, opened + 9, who, 'state', '' FROM r",
        "INSERT INTO incident_steps SELECT id, 2, opened + 9, who, 'note', 'word' || i FROM r "
        "WHERE i % 10 = 0",
        "INSERT INTO incident_reviews SELECT 'u7', id, opened FROM r WHERE i % 2 = 0",
        "INSERT INTO incident_events SELECT id, 'e', 0, 'end', kind, camera, rule, 'zone', "
        "gravity, opened, opened + 9000000, 0, 0.8, '1', 10, 20, 30, 40, 1280, 720, '' FROM r",
    };
    const Status done = database.write([&](soci::session& session) -> Status {
        for (const std::string& insert : inserts) {
            Statement(session, numbers + insert).run();
        }
        Statement(session, "UPDATE incident_changes SET latest = " + std::to_string(to)).run();
        return {};
    });
    if (!done) {
        std::fprintf(stderr, "%s\n", done.error().describe().c_str());
        std::abort();
    }
}

/// The store with its year in it, made once per program.
class Year {
public:
    static Store& store() {
        static Year year;
        return *year.store_;
    }

private:
    Year() {
        const char* kept = std::getenv("BONGSU_BENCH_FOLDER");
        is_kept_ = kept != nullptr;
        folder_ = is_kept_ ? std::filesystem::path(kept)
                           : std::filesystem::temp_directory_path() / "bongsu-store-bench";
        std::filesystem::create_directories(folder_);
        const StoreConfig config{.database = "sqlite:" + (folder_ / "store.db").string()};
        store_ = Store::open(config, clock_, metrics_).value();
        const auto stored = static_cast<int>(store_->incidents().latest_change().value());
        const int count = incidents_wanted();
        const auto database = Database::open(config, clock_, metrics_).value();
        for (int from = stored; from < count; from += kBatch) {
            generate(*database, from, std::min(from + kBatch, count), count);
        }
    }

    ~Year() {
        store_.reset();
        if (!is_kept_) {
            std::filesystem::remove_all(folder_);
        }
    }

    bool is_kept_ = false;
    std::filesystem::path folder_;
    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<Store> store_;
};

using Call = std::function<bool(Store&, int)>;

void measure(benchmark::State& state, const Call& call) {
    Store& store = Year::store();
    std::vector<double> took;
    int round = 0;
    for (auto _ : state) {
        const auto begin = std::chrono::steady_clock::now();
        if (!call(store, round++)) {
            state.SkipWithError("the store refused");
            return;
        }
        const std::chrono::duration<double, std::milli> spent =
            std::chrono::steady_clock::now() - begin;
        took.push_back(spent.count());
    }
    std::ranges::sort(took);
    state.counters["p50_ms"] = took[took.size() / 2];
    state.counters["p95_ms"] = took[took.size() * 95 / 100];
}

std::vector<CameraId> cameras(int first, int count) {
    std::vector<CameraId> ids;
    for (int i = 0; i < count; ++i) {
        ids.emplace_back("c" + std::to_string((first + i * 7) % kCameras));
    }
    return ids;
}

Call page_of(std::function<IncidentQuery(int)> query) {
    return [query = std::move(query)](Store& store, int round) {
        IncidentQuery asked = query(round);
        asked.limit = 100;
        return store.incidents().summaries(asked).has_value();
    };
}

StatisticsSpan last(std::chrono::hours hours) {
    return {.from = kNow - hours, .to = kNow, .scope = {}};
}

void add(const char* name, Call call, int rounds = 100) {
    benchmark::RegisterBenchmark(name, measure, std::move(call))
        ->Iterations(rounds)
        ->Unit(benchmark::kMillisecond);
}

IncidentScope one_organisation(int round) {
    return {.organisations = {OrganisationId("o" + std::to_string(round % 117))}, .cameras = {}};
}

void add_lists() {
    add("list/newest", page_of([](int) { return IncidentQuery{}; }));
    add("list/queue",
        page_of([](int) { return IncidentQuery{.order = IncidentOrder::GravestFirst}; }));
    add("list/queue_of_organisation", page_of([](int round) {
            return IncidentQuery{
                .scope = one_organisation(round), .order = IncidentOrder::GravestFirst
            };
        }));
    add("list/organisation",
        page_of([](int round) { return IncidentQuery{.scope = one_organisation(round)}; }));
    add("list/scope_of_5000_cameras", page_of([](int round) {
            return IncidentQuery{.scope = IncidentScope{{}, cameras(round, 5000)}};
        }));
    add("list/scope_of_40_cameras", page_of([](int round) {
            return IncidentQuery{.scope = IncidentScope{{}, cameras(round, 40)}};
        }));
    add("list/camera",
        page_of([](int round) { return IncidentQuery{.cameras = cameras(round, 1)}; }));
    add("list/100_cameras",
        page_of([](int round) { return IncidentQuery{.cameras = cameras(round, 100)}; }));
    add("list/two_states", page_of([](int) {
            return IncidentQuery{.states = {IncidentState::Closed, IncidentState::Dispatched}};
        }));
    add("list/kind_and_gravity", page_of([](int round) {
            return IncidentQuery{.kinds = {"kind" + std::to_string(round % 8)}, .min_gravity = 5};
        }));
    add("list/kind_that_never_was", page_of([](int) { return IncidentQuery{.kinds = {"x"}}; }), 10);
    add("list/assignee", page_of([](int round) {
            return IncidentQuery{.assignee = "u" + std::to_string(round % 300)};
        }));
    add("list/unreviewed",
        page_of([](int) { return IncidentQuery{.reviewer = "u7", .is_unreviewed_only = true}; }));
    add("list/words_of_notes", page_of([](int round) {
            return IncidentQuery{.text = "word" + std::to_string(90'000 + round * 10)};
        }));
    add("list/deep_page", page_of([](int round) {
            return IncidentQuery{.opened_to = kNow - std::chrono::hours{24 * (round + 100)}};
        }));
}

void add_figures() {
    add("map/open_by_camera", [](Store& store, int) {
        return store.incidents().open_by_camera(std::nullopt).has_value();
    });
    add("stream/changes_after", [](Store& store, int) {
        const auto latest = store.incidents().latest_change();
        return latest && store.incidents().changes_after(*latest - 100, 100).has_value();
    });
    add("supervision/now", [](Store& store, int) {
        return store.incident_statistics().open_now(std::nullopt).has_value();
    });
    add("supervision/shift_of_8_hours", [](Store& store, int) {
        IncidentStatistics& statistics = store.incident_statistics();
        const StatisticsSpan span = last(std::chrono::hours{8});
        return statistics.verdicts(span) && statistics.operators(span) && statistics.load(span) &&
               statistics.hours(span) && statistics.states(span);
    });
    add(
        "supervision/verdicts_of_30_days",
        [](Store& store, int) {
            return store.incident_statistics().verdicts(last(std::chrono::hours{720})).has_value();
        },
        10
    );
    add("suggestion/judged_of_camera", [](Store& store, int round) {
        return store.incident_statistics()
            .judged(cameras(round, 1)[0], kNow - std::chrono::hours{24 * 365}, kNow, 500)
            .has_value();
    });
}

}  // namespace
}  // namespace bongsu::store

int main(int argc, char** argv) {
    bongsu::store::add_lists();
    bongsu::store::add_figures();
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
