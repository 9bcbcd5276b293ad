// links: triage_testing triage media_testing media
// What a quiet camera costs per key frame: decoding it with a decoder shared by all cameras, and
// the gate on the decoded picture. A camera with a key frame every two seconds needs 1,800 of each
// per hour.
#include "media/decoder/decoder.hpp"
#include "media/testing/clip.hpp"
#include "triage/keyframe_gate.hpp"
#include "triage/testing/synthetic_scene.hpp"

#include <cstring>
#include <vector>

#include <benchmark/benchmark.h>

namespace {

using namespace bongsu;

constexpr double kKeyFramesPerHour = 1800;
const WallTime kStart{std::chrono::seconds{1'750'000'000}};

void report_per_camera_hour(benchmark::State& state) {
    state.counters["cpu_s_per_camera_hour"] = benchmark::Counter(
        static_cast<double>(state.iterations()) / kKeyFramesPerHour,
        benchmark::Counter::kIsRate | benchmark::Counter::kInvert
    );
}

void gate(benchmark::State& state) {
    triage::testing::SyntheticScene scene(
        static_cast<int>(state.range(0)), static_cast<int>(state.range(1))
    );
    std::vector<Frame> frames;
    for (int i = 0; i < 8; ++i) {
        frames.push_back(scene.picture(kStart));
    }
    triage::KeyframeGate key_gate;
    WallTime now = kStart;
    std::size_t next = 0;
    for ([[maybe_unused]] auto _ : state) {
        Frame& frame = frames[next++ % frames.size()];
        frame.wall = now += std::chrono::seconds{2};
        benchmark::DoNotOptimize(key_gate.look(frame));
    }
    report_per_camera_hour(state);
}

void decode_key(benchmark::State& state) {
    triage::testing::SyntheticScene scene(
        static_cast<int>(state.range(0)), static_cast<int>(state.range(1))
    );
    const media::testing::ClipSpec spec{
        .width = static_cast<int>(state.range(0)),
        .height = static_cast<int>(state.range(1)),
        .frames = 8,
        .key_interval = 1
    };
    const auto units = media::testing::make_units(
        spec,
        CameraId{"bench"},
        kStart,
        [&](int, WritableFrame& picture) {
            const Frame drawn = scene.picture(kStart);
            const Plane& luma = drawn.planes[0];
            std::memcpy(
                picture.data[0], luma.data, static_cast<std::size_t>(luma.stride) * luma.height
            );
        }
    );
    if (!units) {
        state.SkipWithError(units.error().describe().c_str());
        return;
    }
    media::Decoder decoder;
    std::size_t next = 0;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(decoder.decode_key(*(*units)[next++ % units->size()]));
    }
    report_per_camera_hour(state);
}

BENCHMARK(gate)
    ->Args({640, 360})
    ->Args({1280, 720})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(decode_key)
    ->Args({640, 360})
    ->Args({1280, 720})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMillisecond);

}  // namespace
