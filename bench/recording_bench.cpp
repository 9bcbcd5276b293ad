// links: recording media store core
// How much video one writer thread takes: pictures of 4 Mbit/s cameras through fragments, hashes
// and the disk of the temporary folder (fdatasync as in operation). Counters: bytes per second of
// wall time, cameras of 4 Mbit/s per CPU core from the CPU time of the process.
#include "recording/disk_state.hpp"
#include "recording/index_queue.hpp"
#include "recording/metrics.hpp"
#include "recording/stream_recorder.hpp"

#include <filesystem>
#include <memory>
#include <vector>

#include <benchmark/benchmark.h>

namespace bongsu::recording {
namespace {

constexpr int kCameras = 50;
constexpr int kRate = 25;
constexpr std::size_t kPicture = 20'000;  // 4 Mbit/s at 25 pictures per second

AccessUnitPtr picture(std::int64_t number, const CameraId& camera) {
    static const auto parameters = std::make_shared<const CodecParameters>(
        CodecParameters{.width = 1920, .height = 1080, .decoder_config = {1, 77, 0, 40}}
    );
    static const auto bytes = std::make_shared<const std::vector<std::uint8_t>>(kPicture, 0x5A);
    auto unit = std::make_shared<AccessUnit>();
    unit->camera = camera;
    unit->is_key = number % kRate == 0;
    unit->media_time = number * 90'000 / kRate;
    unit->wall =
        WallTime{std::chrono::seconds{1'750'000'000}} + Duration{number * 1'000'000 / kRate};
    unit->sequence = static_cast<std::uint64_t>(number) + 1;
    unit->parameters = parameters;
    unit->bytes = bytes;
    return unit;
}

struct Setting {
    std::filesystem::path root = std::filesystem::temp_directory_path() / "bongsu-recording-bench";
    RecordingConfig config{.root = root.string()};
    ManualClock clock;
    Metrics metrics;
    DiskState disk{config.root, {}, clock, metrics};
    IndexQueue index{metrics};
    RecordingParts parts{
        .config = config,
        .clock = clock,
        .disk = disk,
        .index = index,
        .units_written = metrics.counter(kUnitsWritten),
        .bytes_written = metrics.counter(kBytesWritten),
        .lost_to_disk = metrics.counter(kUnitsLost, {{"reason", "disk"}}),
        .lost_without_key = metrics.counter(kUnitsLost, {{"reason", "no_key"}}),
        .segments_closed = metrics.counter(kSegmentsClosed),
        .sync_seconds = metrics.histogram(kSyncSeconds),
    };

    Setting() { std::filesystem::remove_all(root); }

    ~Setting() { std::filesystem::remove_all(root); }
};

void record(benchmark::State& state) {
    Setting setting;
    std::vector<std::unique_ptr<StreamRecorder>> recorders;
    for (int i = 0; i < kCameras; ++i) {
        const StreamPlace place{
            .organisation = OrganisationId("bench"), .camera = CameraId("c" + std::to_string(i))
        };
        recorders.push_back(std::make_unique<StreamRecorder>(place, setting.parts));
    }
    std::int64_t number = 0;
    for ([[maybe_unused]] auto _ : state) {  // one second of all cameras
        for (int i = 0; i < kRate; ++i, ++number) {
            const AccessUnitPtr unit = picture(number, CameraId("c"));
            for (const auto& recorder : recorders) {
                recorder->push(unit);
            }
        }
        setting.clock.advance(std::chrono::seconds{1});
        for (const auto& recorder : recorders) {
            recorder->tick();
        }
    }
    for (const auto& recorder : recorders) {
        recorder->close();
    }
    const auto seconds = static_cast<double>(state.iterations());
    state.SetBytesProcessed(
        state.iterations() * kCameras * kRate * static_cast<std::int64_t>(kPicture)
    );
    state.counters["recording.cameras_per_core"] =
        benchmark::Counter(seconds * kCameras, benchmark::Counter::kIsRate);
}

BENCHMARK(record)->Iterations(20)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace bongsu::recording
