// links: scenelog_testing scenelog pipeline behaviours core domain
// What the scene log costs: taking a scene on the camera's thread, bytes for each hour of a camera,
// reading an hour back, searching a region in it, and running rules over it again.
#include "behaviours/registry.hpp"
#include "pipeline/rule_replay.hpp"
#include "scenelog/activity.hpp"
#include "scenelog/region_search.hpp"
#include "scenelog/scene_log.hpp"
#include "scenelog/testing/walkers.hpp"

#include <filesystem>

#include <benchmark/benchmark.h>

namespace {

using namespace bongsu;

constexpr int kScenesPerHour = 5 * 3600;
const WallTime kStart{std::chrono::seconds{1'772'409'600}};
const CameraId kCamera{"bench"};
const scenelog::TimeSpan kHour{kStart, kStart + std::chrono::hours{1}};

class TemporaryLog {
public:
    TemporaryLog() {
        std::filesystem::remove_all(root_);
        scenelog::SceneLogConfig config;
        config.root = root_.string();
        log_ = *scenelog::SceneLog::create(config, clock_, metrics_);
    }

    ~TemporaryLog() {
        log_.reset();
        std::filesystem::remove_all(root_);
    }

    void record_hour(int people) {
        scenelog::testing::Walkers walkers(kCamera, kStart, people);
        for (int i = 0; i < kScenesPerHour; ++i) {
            log_->take(walkers.next());
        }
        if (!log_->flush(kCamera)) {
            std::abort();  // nothing measured after this would mean anything
        }
    }

    double bytes() const {
        double bytes = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root_)) {
            bytes += entry.is_regular_file() ? static_cast<double>(entry.file_size()) : 0;
        }
        return bytes;
    }

    scenelog::SceneLog& log() { return *log_; }

    scenelog::SceneReader reader() const { return scenelog::SceneReader(root_); }

private:
    std::filesystem::path root_ = std::filesystem::temp_directory_path() / "bongsu-scenelog-bench";
    SystemClock clock_;
    Metrics metrics_;
    std::unique_ptr<scenelog::SceneLog> log_;
};

/// One scene on the camera's thread, the writing thread beside it.
void take(benchmark::State& state) {
    TemporaryLog stored;
    scenelog::testing::Walkers walkers(kCamera, kStart, static_cast<int>(state.range(0)));
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        const Scene scene = walkers.next();
        state.ResumeTiming();
        stored.log().take(scene);
    }
}

void read_hour(benchmark::State& state) {
    TemporaryLog stored;
    stored.record_hour(static_cast<int>(state.range(0)));
    std::size_t scenes = 0;
    for ([[maybe_unused]] auto _ : state) {
        scenes = stored.reader().read(kCamera, kHour, [](const Scene&) { return true; })->scenes;
    }
    state.counters["scenes"] = static_cast<double>(scenes);
    state.counters["bytes_per_camera_hour"] = stored.bytes();
}

void search_hour(benchmark::State& state) {
    TemporaryLog stored;
    stored.record_hour(static_cast<int>(state.range(0)));
    const scenelog::RegionQuery query{
        .region = {{0.5F, 0}, {0.6F, 0}, {0.6F, 1}, {0.5F, 1}}, .touch = scenelog::Touch::Box
    };
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(
            scenelog::search_region(stored.reader(), kCamera, kHour, query)->moments.size()
        );
    }
}

void replay_hour(benchmark::State& state) {
    TemporaryLog stored;
    stored.record_hour(static_cast<int>(state.range(0)));
    behaviours::Registry registry;
    behaviours::register_all(registry);
    pipeline::ReplayRequest request{.span = kHour};
    request.camera.id = kCamera;
    request.camera.zones = {
        {ZoneId{"half"}, "half", {{0.5F, 0.1F}, {0.9F, 0.1F}, {0.9F, 0.9F}, {0.5F, 0.9F}}},
        {ZoneId{"line"}, "line", {{0.5F, 0}, {0.5F, 1}}}
    };
    for (const auto& [behaviour, zone] :
         {std::pair{"intrusion", "half"}, {"loitering", "half"}, {"line_crossing", "line"}}) {
        RuleConfig rule;
        rule.id = RuleId{behaviour};
        rule.behaviour = behaviour;
        rule.zones = {ZoneId{zone}};
        request.camera.rules.push_back(rule);
    }
    std::size_t events = 0;
    for ([[maybe_unused]] auto _ : state) {
        events = pipeline::replay_rules(stored.reader(), registry, request)->events.size();
    }
    state.counters["events"] = static_cast<double>(events);
}

BENCHMARK(take)->Arg(0)->Arg(6)->Unit(benchmark::kMicrosecond)->Iterations(100'000);
BENCHMARK(read_hour)->Arg(0)->Arg(1)->Arg(6)->Unit(benchmark::kMillisecond);
BENCHMARK(search_hour)->Arg(6)->Unit(benchmark::kMillisecond);
BENCHMARK(replay_hour)->Arg(6)->Unit(benchmark::kMillisecond);

}  // namespace
