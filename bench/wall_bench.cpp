// links: wall core
// One tick of the selective wall for a whole city: 10,000 cameras, 60 operators with 36 tiles each,
// people coming and going, incidents open. Must stay far below the second between two ticks.
#include "wall/wall_planner.hpp"

#include <string>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace bongsu;
using namespace bongsu::wall;

void tick(benchmark::State& state) {
    std::vector<WallCamera> cameras(static_cast<std::size_t>(state.range(0)));
    for (std::size_t i = 0; i < cameras.size(); ++i) {
        cameras[i].id = CameraId{"camera-" + std::to_string(i)};
        cameras[i].organisation = OrganisationId("district-" + std::to_string(i % 20));
    }
    std::vector<WallOperator> operators(static_cast<std::size_t>(state.range(1)));
    for (std::size_t i = 0; i < operators.size(); ++i) {
        operators[i].id = OperatorId{"operator-" + std::to_string(i)};
        operators[i].slots = 36;
        operators[i].may_see = [i](const WallCamera& camera) {
            return i % 10 != 0 || camera.organisation.value() != "district-7";
        };
        for (std::size_t p = 0; p < 8; ++p) {
            operators[i].pins.push_back(cameras[(i * 131 + p * 17) % cameras.size()].id);
        }
    }
    WallPlanner planner;
    WallTime now{std::chrono::seconds{1'772'409'600}};
    std::size_t step = 0;
    for ([[maybe_unused]] auto _ : state) {
        for (std::size_t k = 0; k < 100; ++k) {
            WallCamera& camera = cameras[(step * 7919 + k * 104'729) % cameras.size()];
            camera.people = camera.people > 0 ? 0 : 1;
            camera.last_person = now;
            if (k == 0) {
                OpenIncident incident;
                incident.gravity = 1 + static_cast<int>(step % 5);
                incident.since = now;
                camera.incidents = {incident};
            }
        }
        ++step;
        now += std::chrono::seconds{1};
        const Plan plan = planner.plan({.now = now, .cameras = cameras, .operators = operators});
        benchmark::DoNotOptimize(plan.walls.data());
    }
}

BENCHMARK(tick)->Args({1000, 20})->Args({10'000, 60})->Unit(benchmark::kMillisecond);

}  // namespace
