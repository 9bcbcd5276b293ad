// links: recording recording_testing store store_testing media domain core
// How long a page waits for recorded pictures, and how fast a region is searched: ten minutes of
// 1920x1080 at 25 pictures per second with a key picture each second, in segments of a minute.
// seek: four seconds from anywhere, the first time (tables of the segment not read yet) and again.
#include "recording/motion_search.hpp"
#include "recording/playback_reader.hpp"
#include "recording/recording.hpp"
#include "recording/testing/film.hpp"
#include "store/testing/temporary_folder.hpp"
#include "store/testing/temporary_store.hpp"

#include <memory>

#include <benchmark/benchmark.h>

namespace bongsu::recording {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes kLength{10};
constexpr int kSteps = 97;  // seconds from one seek to the next: always another segment
const CameraId kCamera("bench");
const WallTime kStart{seconds{1'790'000'000}};

struct Recorded {
    store::testing::TemporaryFolder folder;
    store::testing::TemporaryStore store;
    SystemClock clock;
    Metrics metrics;
    std::string root = (folder.path() / "recordings").string();

    Recorded() {
        const auto film = testing::Film::make({.width = 1920, .height = 1080});
        RecordingConfig config;
        config.root = root;
        config.free_floor = 0;
        config.queue_bytes = std::int64_t{4} << 30U;
        auto recording = Recording::create(config, store->segments(), clock, metrics).value();
        recording->add_camera(testing::camera(kCamera)).value();
        for (const AccessUnitPtr& unit : film.play(kCamera, kStart, kLength)) {
            recording->push(unit);
        }
        recording->stop();
    }
};

Recorded& recorded() {
    static Recorded made;
    return made;
}

void seek(benchmark::State& state) {
    const bool is_first_time = state.range(0) != 0;
    Recorded& all = recorded();
    auto reader = std::make_unique<PlaybackReader>(all.root, all.store->segments());
    std::int64_t bytes = 0;
    int second = 0;
    for ([[maybe_unused]] auto _ : state) {
        if (is_first_time) {
            reader = std::make_unique<PlaybackReader>(all.root, all.store->segments());
        }
        second = (second + kSteps) % 590;
        const WallTime from = kStart + seconds{second};
        const auto piece =
            reader->open_fragments({.camera = kCamera, .from = from, .to = from + seconds{4}});
        bytes += static_cast<std::int64_t>(piece.value().bytes.size());
    }
    state.SetBytesProcessed(bytes);
}

void search(benchmark::State& state) {
    Recorded& all = recorded();
    MotionSearch search(all.root, all.store->segments(), all.clock);
    std::size_t pictures = 0;
    for ([[maybe_unused]] auto _ : state) {
        const auto outcome = search.run(
            {.camera = kCamera, .from = kStart, .to = kStart + minutes{1}},
            {.on_moment = [](const MotionMoment& /*moment*/) {}, .on_progress = {}},
            {}
        );
        pictures += outcome.value().pictures;
    }
    state.counters["pictures_per_s"] =
        benchmark::Counter(static_cast<double>(pictures), benchmark::Counter::kIsRate);
}

BENCHMARK(seek)->ArgName("first_time")->Arg(1)->Arg(0)->Unit(benchmark::kMillisecond);
BENCHMARK(search)->Iterations(2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bongsu::recording

BENCHMARK_MAIN();
