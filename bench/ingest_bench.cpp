// links: ingest camsim
// What it costs to take in N cameras over RTSP (TCP interleaved or UDP) from the simulator, in CPU
// seconds of the network thread per camera and hour, by how often the network is read. Plays the
// demo's footage ($BONGSU_FOOTAGE, made by ./dev setup).
#include "camsim/simulator.hpp"
#include "ingest/ingest.hpp"

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <string>

#include <benchmark/benchmark.h>

namespace {

using namespace bongsu;

constexpr auto kWarmUp = std::chrono::seconds{5};
constexpr auto kMeasured = std::chrono::seconds{15};

class CountingListener final : public ingest::SourceListener {
public:
    void on_access_unit(AccessUnitPtr unit) override {
        ++units;
        bytes += unit->bytes->size();
    }

    void on_state(ingest::StreamState state, const Error*) override {
        lost += state == ingest::StreamState::Lost || state == ingest::StreamState::Failed ? 1 : 0;
    }

    std::atomic<std::uint64_t> units{0};
    std::atomic<std::uint64_t> bytes{0};
    std::atomic<std::uint64_t> lost{0};
};

void wait(std::chrono::seconds time) {
    std::mutex mutex;
    std::condition_variable never;
    std::unique_lock lock(mutex);
    never.wait_for(lock, time, [] { return false; });
}

Result<std::unique_ptr<camsim::CameraSimulator>> start_simulator(
    std::int64_t cameras, const Clock& clock
) {
    const char* folder = std::getenv("BONGSU_FOOTAGE");
    if (folder == nullptr) {
        return fail(
            ErrorKind::NotFound, "BONGSU_FOOTAGE is not set; run through './dev bench ingest'"
        );
    }
    BONGSU_ASSIGN(const auto list, camsim::load_camera_list(std::string(folder) + "/cameras.yaml"));
    camsim::CamsimOptions options;
    options.port = 0;
    options.cameras = cameras;
    BONGSU_ASSIGN(auto simulator, camsim::CameraSimulator::create(options, list, clock));
    BONGSU_TRY(simulator->start());
    return simulator;
}

Status watch_all(
    ingest::Ingest& ingest,
    const camsim::CameraSimulator& simulator,
    const std::string& role,
    const Value& settings,
    CountingListener& listener
) {
    for (const auto& entry : simulator.cameras()) {
        CameraConfig camera;
        camera.id = CameraId{entry.id};
        StreamConfig stream;
        stream.source = "rtsp";
        stream.url = simulator.base_url(false) + "/" + entry.id + "/" + role;
        stream.settings = settings;
        BONGSU_TRY(ingest.add(camera, stream, listener));
    }
    return {};
}

/// Arguments: cameras, milliseconds between reads.
void take_in(benchmark::State& state, const char* role, const char* transport) {
    const SystemClock clock;
    const auto simulator = start_simulator(state.range(0), clock);
    if (!simulator) {
        state.SkipWithError(simulator.error().describe().c_str());
        return;
    }
    Metrics metrics;
    ingest::Registry registry;
    ingest::register_all(registry);
    CountingListener listener;
    ingest::Ingest ingest({}, registry, clock, metrics);
    const std::string interval = std::to_string(state.range(1)) + "ms";
    const Value settings(Value::Map{{"transport", transport}, {"read_interval", interval}});
    if (const auto watched = watch_all(ingest, **simulator, role, settings, listener); !watched) {
        state.SkipWithError(watched.error().describe().c_str());
        return;
    }
    wait(kWarmUp);
    const auto cpu = ingest.cpu_time();
    const auto bytes = listener.bytes.load();
    const auto units = listener.units.load();
    for ([[maybe_unused]] auto _ : state) {
        wait(kMeasured);
    }
    const double seconds = to_seconds(kMeasured);
    const double used = to_seconds(ingest.cpu_time() - cpu);
    const auto cameras = static_cast<double>(state.range(0));
    state.counters["cpu_s_per_camera_hour"] = used / seconds / cameras * 3600;
    state.counters["cameras_per_core"] = cameras * seconds / used;
    state.counters["Mbit_per_s"] = static_cast<double>(listener.bytes - bytes) * 8e-6 / seconds;
    state.counters["units_per_s"] = static_cast<double>(listener.units - units) / seconds;
    state.counters["lost"] = static_cast<double>(listener.lost);
}

BENCHMARK_CAPTURE(take_in, sub_tcp, "sub", "tcp")
    ->Args({16, 0})
    ->Args({16, 100})
    ->Args({100, 0})
    ->Args({100, 100})
    ->Args({100, 200})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(take_in, main_tcp, "main", "tcp")
    ->Args({16, 0})
    ->Args({16, 100})
    ->Args({100, 0})
    ->Args({100, 100})
    ->Args({100, 200})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(take_in, sub_udp, "sub", "udp")
    ->Args({100, 0})
    ->Iterations(1)
    ->Unit(benchmark::kSecond);

}  // namespace
