// links: live media exec domain core
// What the hub itself costs: one second of 2 Mbit/s streams (25 pictures per second) pushed, made
// into fragments and handed to viewers whose connection takes everything. Arguments: cameras, of
// which so many are watched by one viewer each. Counter cpu_share: of one CPU core, all threads,
// if the second took a second.
#include "live/live_hub.hpp"

#include <atomic>
#include <ctime>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

namespace bongsu::live {
namespace {

constexpr int kRate = 25;
constexpr std::size_t kPicture = 10'000;  // 2 Mbit/s at 25 pictures per second

class CountingSink final : public ViewerSink {
public:
    explicit CountingSink(std::atomic<std::int64_t>& messages) : messages_(messages) {}

    bool send_text(std::shared_ptr<const std::string> /*text*/) override { return true; }

    bool send_binary(std::vector<SharedBytes> pieces) override {
        benchmark::DoNotOptimize(pieces.data());
        messages_.fetch_add(1);
        messages_.notify_one();
        return true;
    }

    std::size_t queued_bytes() const override { return 0; }

private:
    std::atomic<std::int64_t>& messages_;
};

AccessUnitPtr picture(std::int64_t number, const CameraId& camera) {
    static const auto parameters = std::make_shared<const CodecParameters>(
        CodecParameters{.width = 1920, .height = 1080, .decoder_config = {1, 77, 0, 40}}
    );
    static const auto bytes = std::make_shared<const std::vector<std::uint8_t>>(kPicture, 0x5A);
    auto unit = std::make_shared<AccessUnit>();
    unit->camera = camera;
    unit->is_key = number % (2 * kRate) == 0;
    unit->media_time = number * 90'000 / kRate;
    unit->wall =
        WallTime{std::chrono::seconds{1'780'000'000}} + Duration{number * 1'000'000 / kRate};
    unit->sequence = static_cast<std::uint64_t>(number) + 1;
    unit->parameters = parameters;
    unit->bytes = bytes;
    return unit;
}

double process_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

void wait_for(std::atomic<std::int64_t>& messages, std::int64_t wanted) {
    for (std::int64_t seen = messages; seen < wanted; seen = messages) {
        messages.wait(seen);
    }
}

void fan_out(benchmark::State& state) {
    const auto cameras = static_cast<std::size_t>(state.range(0));
    const auto watched = static_cast<std::size_t>(state.range(1));
    SystemClock clock;
    Metrics metrics;
    std::atomic<std::int64_t> messages = 0;
    LiveHub hub({}, {.clock = clock, .metrics = metrics, .encode_jpeg = {}});
    std::vector<CameraId> ids;
    std::vector<Subscription> places;
    for (std::size_t i = 0; i < cameras; ++i) {
        ids.emplace_back("c" + std::to_string(i));
        hub.set_camera(ids.back(), {});
        if (i < watched) {
            auto place = hub.watch(
                ids.back(), StreamRole::Main, {}, std::make_shared<CountingSink>(messages)
            );
            places.push_back(*std::move(place));
        }
    }
    std::int64_t number = 0;
    double used = 0;
    for ([[maybe_unused]] auto _ : state) {
        const double before = process_seconds();
        for (int i = 0; i < kRate; ++i, ++number) {
            for (const CameraId& id : ids) {
                hub.push(picture(number, id));
            }
            wait_for(messages, static_cast<std::int64_t>(watched) * (number + 2));
        }
        used += process_seconds() - before;
    }
    state.counters["cpu_share"] = used / static_cast<double>(state.iterations());
}

BENCHMARK(fan_out)
    ->ArgNames({"cameras", "watched"})
    ->Args({1, 1})
    ->Args({100, 0})
    ->Args({100, 100})
    ->Args({1'000, 100})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bongsu::live

BENCHMARK_MAIN();
