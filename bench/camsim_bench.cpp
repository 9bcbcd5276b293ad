// links: camsim camsim_testing
// What N simulated cameras cost beside the system under test: CPU of the sending thread while a
// cheap client receives all of them over TCP interleaved. Plays the demo's footage
// ($BONGSU_FOOTAGE, made by ./dev setup).
#include "camsim/simulator.hpp"
#include "camsim/testing/load_client.hpp"

#include <cstdlib>
#include <string>

#include <benchmark/benchmark.h>
#include <sys/resource.h>

namespace {

using namespace bongsu;
using namespace bongsu::camsim;

constexpr auto kWarmUp =
    std::chrono::seconds{4};  // every camera has passed a key picture, and cpu is up to date
constexpr auto kMeasured = std::chrono::seconds{10};

Result<std::unique_ptr<CameraSimulator>> start_simulator(std::int64_t cameras, const Clock& clock) {
    const char* folder = std::getenv("BONGSU_FOOTAGE");
    if (folder == nullptr) {
        return fail(
            ErrorKind::NotFound, "BONGSU_FOOTAGE is not set; run through './dev bench camsim'"
        );
    }
    BONGSU_ASSIGN(const auto list, load_camera_list(std::string(folder) + "/cameras.yaml"));
    CamsimOptions options;
    options.port = 0;
    options.cameras = cameras;
    BONGSU_ASSIGN(auto simulator, CameraSimulator::create(options, list, clock));
    BONGSU_TRY(simulator->start());
    return simulator;
}

double resident_mib() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

void play(benchmark::State& state, const char* role) {
    const SystemClock clock;
    const auto simulator = start_simulator(state.range(0), clock);
    if (!simulator) {
        state.SkipWithError(simulator.error().describe().c_str());
        return;
    }
    camsim::testing::LoadClient client;
    for (const CameraEntry& camera : (*simulator)->cameras()) {
        const Status played = client.play((*simulator)->port(), "/" + camera.id + "/" + role);
        if (!played) {
            state.SkipWithError(played.error().describe().c_str());
            return;
        }
    }
    client.receive(kWarmUp);
    const SimulatorStats before = (*simulator)->stats();
    for ([[maybe_unused]] auto _ : state) {
        client.receive(kMeasured);
    }
    const SimulatorStats after = (*simulator)->stats();
    const double seconds = to_seconds(kMeasured);
    state.counters["cpu_percent"] = 100 * to_seconds(after.cpu - before.cpu) / seconds;
    state.counters["Mbit_per_s"] =
        static_cast<double>(after.bytes_sent() - before.bytes_sent()) * 8e-6 / seconds;
    state.counters["units_per_s"] =
        static_cast<double>(after.units_sent() - before.units_sent()) / seconds;
    state.counters["dropped"] = static_cast<double>(after.units_dropped());
    state.counters["gaps"] = static_cast<double>(client.total().sequence_gaps);
    state.counters["worst_tick_ms"] = to_seconds(after.worst_tick) * 1e3;
    state.counters["peak_MiB"] = resident_mib();
}

BENCHMARK_CAPTURE(play, main, "main")->Arg(100)->Arg(1000)->Iterations(1)->Unit(benchmark::kSecond);
BENCHMARK_CAPTURE(play, sub, "sub")->Arg(100)->Arg(1000)->Iterations(1)->Unit(benchmark::kSecond);

}  // namespace
