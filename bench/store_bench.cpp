// links: store core
// How quickly the store answers what consoles ask, with a million incidents of ten thousand cameras
// over a year (BONGSU_BENCH_INCIDENTS changes the number) on SQLite in the temporary folder, or in
// the folder BONGSU_BENCH_FOLDER, where the database stays for the next run. Counters: milliseconds
// of the median and of the 95th percentile of the calls.
#include "data/incident_year.hpp"
#include "store/sql/database.hpp"
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

using bench::kCameras;
const WallTime kNow = bench::kYearEnd;

int incidents_wanted() {
    const char* given = std::getenv("BONGSU_BENCH_INCIDENTS");
    return given != nullptr ? std::max(1000, std::atoi(given)) : bench::kYearIncidents;
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
        const auto database = Database::open(config, clock_, metrics_).value();
        const Status filled = bench::fill_year(*database, store_->incidents(), incidents_wanted());
        if (!filled) {
            std::fprintf(stderr, "%s\n", filled.error().describe().c_str());
            std::abort();
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
    for ([[maybe_unused]] auto _ : state) {
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
    const auto run = [call = std::move(call)](benchmark::State& state) { measure(state, call); };
    benchmark::RegisterBenchmark(name, run)->Iterations(rounds)->Unit(benchmark::kMillisecond);
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
        return statistics.verdicts(span) && statistics.handling(span) && statistics.opened(span);
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
