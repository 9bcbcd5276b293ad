// links: vision
// What one look costs: drawing the input, the network at each size and precision, appearance, the
// still gate.
#include "vision/appearance.hpp"
#include "vision/detectors/registry.hpp"
#include "vision/model_store.hpp"
#include "vision/still_gate.hpp"

#include <map>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>

namespace bongsu::vision {
namespace {

/// Shapes at several scales, so that the network has something to decide.
Frame test_frame(int width, int height) {
    WritableFrame out = allocate_frame(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            out.data[0][static_cast<std::ptrdiff_t>(y) * width + x] =
                static_cast<std::uint8_t>(60 + ((x / 17) * 31 + (y / 29) * 57) % 120);
        }
    }
    for (int plane = 1; plane < 3; ++plane) {
        const Plane& chroma = out.frame.planes[static_cast<std::size_t>(plane)];
        for (int i = 0; i < chroma.height * chroma.stride; ++i) {
            out.data[static_cast<std::size_t>(plane)][i] = static_cast<std::uint8_t>(110 + i % 36);
        }
    }
    return out.frame;
}

/// Networks are made once: loading one takes longer than the measurement.
Network* network(const std::string& precision) {
    static std::map<std::string, std::unique_ptr<Network>> made;
    std::unique_ptr<Network>& slot = made[precision];
    if (!slot) {
        detectors::Registry registry;
        detectors::register_all(registry);
        auto result = registry.find("nanodet")->make({default_models_folder(), precision});
        if (result) {
            slot = *std::move(result);
        }
    }
    return slot.get();
}

void look(benchmark::State& state, const std::string& precision) {
    Network* net = network(precision);
    if (net == nullptr) {
        state.SkipWithError("models are not installed: run ./dev setup");
        return;
    }
    const auto index = static_cast<std::size_t>(state.range(0));
    if (index >= net->sizes().size()) {
        state.SkipWithError("no such size");
        return;
    }
    const Network::Size size = net->sizes()[index];
    const auto canvas = net->canvas(index);
    if (!canvas) {
        state.SkipWithError(canvas.error().message.c_str());
        return;
    }
    const Frame frame = test_frame(768, 576);
    for ([[maybe_unused]] auto _ : state) {
        (*canvas)->draw(frame, {0, 0, 768, 576}, {0, 0, size.width, size.height});
        auto found = net->infer(index, 0.32F);
        benchmark::DoNotOptimize(found);
    }
    state.SetLabel(std::to_string(size.width) + "x" + std::to_string(size.height));
}

void look_int8(benchmark::State& state) {
    look(state, "int8");
}

void look_fp32(benchmark::State& state) {
    look(state, "fp32");
}

void draw(benchmark::State& state) {
    const Frame frame =
        test_frame(static_cast<int>(state.range(0)), static_cast<int>(state.range(1)));
    std::vector<float> planes(640 * 480 * 3);
    Canvas canvas(planes, 640, 480, {});
    for ([[maybe_unused]] auto _ : state) {
        canvas.draw(frame, {0, 0, frame.width, frame.height}, {0, 0, 640, 480});
        benchmark::ClobberMemory();
    }
}

void appearance(benchmark::State& state) {
    const Frame frame = test_frame(768, 576);
    for ([[maybe_unused]] auto _ : state) {
        auto found = describe(frame, {300, 200, 40, 100});
        benchmark::DoNotOptimize(found);
    }
}

void still_gate(benchmark::State& state) {
    const Frame frame = test_frame(768, 576);
    StillGate gate;
    for ([[maybe_unused]] auto _ : state) {
        auto kept = gate.filter(frame, {});
        benchmark::DoNotOptimize(kept);
    }
}

BENCHMARK(look_int8)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);
BENCHMARK(look_fp32)->DenseRange(0, 5)->Unit(benchmark::kMillisecond);
BENCHMARK(draw)
    ->Args({640, 360})
    ->Args({1280, 720})
    ->Args({1920, 1080})
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(appearance)->Unit(benchmark::kMicrosecond);
BENCHMARK(still_gate)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace bongsu::vision
