// links: ingest recording camsim triage media media_testing store_testing core
// Odd, conforming and damaged streams through what cameras' streams go through: the file source,
// the decoder and triage; and for H.264 and H.265 the simulator, RTSP, recording, playback as
// stored and painted anew. Nothing crashes or hangs, good streams give all their pictures, damaged
// ones are told, and the next good stream of the same camera is whole. Needs the measuring data
// (BONGSU_DATA); with the preset asan it also finds leaks and reads beyond buffers.
#include "camsim/simulator.hpp"
#include "ingest/ingest.hpp"
#include "media/container/container_reader.hpp"
#include "media/testing/clip.hpp"
#include "recording/playback_reader.hpp"
#include "recording/read_span.hpp"
#include "recording/recording.hpp"
#include "sample_list.hpp"
#include "store/testing/temporary_store.hpp"
#include "viewer.hpp"

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <thread>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>
#include <malloc.h>

namespace bongsu::tests {
namespace {

using std::chrono::seconds;

constexpr seconds kLongestSilence{10};
constexpr int kGoodPictures = 20;

#define SKIP_WITHOUT(samples)                                                              \
    if ((samples).empty()) {                                                               \
        GTEST_SKIP() << "no streams: set BONGSU_DATA to the folder of the measuring data"; \
    }

CameraConfig camera_of(const std::string& id, const std::string& source, const std::string& url) {
    CameraConfig camera;
    camera.id = CameraId(id);
    camera.organisation = OrganisationId("city");
    Value::Map settings;
    if (source == "file") {
        settings.emplace_back("pace", "fast");
    }
    camera.streams.push_back(
        {.role = StreamRole::Main, .source = source, .url = url, .settings = Value(settings)}
    );
    return camera;
}

class MediaSamples : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        folder = std::make_unique<store::testing::TemporaryFolder>();
        good = (folder->path() / "good.mp4").string();
        const media::testing::ClipSpec spec{
            .width = 320, .height = 180, .fps = 10, .frames = kGoodPictures, .key_interval = 10
        };
        const auto draw = [](int index, WritableFrame& picture) {
            media::testing::fill_luma(picture, 8 * index, 60, 40, 60, 200);
        };
        ASSERT_TRUE(media::testing::write_clip(good, spec, draw));
    }

    static void TearDownTestSuite() { folder.reset(); }

    MediaSamples() { ingest::register_all(sources); }

    /// Plays one file to its end. Nothing when it hangs.
    static std::optional<Seen> play(
        ingest::Ingest& ingest, Viewer& viewer, const std::string& path
    ) {
        const CameraConfig camera = camera_of("gate", "file", path);
        if (const Status added = ingest.add(camera, camera.streams[0], viewer); !added) {
            return Seen{.words = added.error().describe()};
        }
        const auto seen = viewer.wait(kLongestSilence);
        ingest.remove(camera.id);
        return seen;
    }

    static inline std::unique_ptr<store::testing::TemporaryFolder> folder;
    static inline std::string good;
    SystemClock clock;
    Metrics metrics;
    ingest::Registry sources;
};

void expect_as_the_manifest_says(const MediaSample& sample, const Seen& seen) {
    // A file may hide pictures that it holds (edit lists); a camera shows all of them.
    const bool is_whole = std::abs(seen.frames - sample.frames) <= 2 || seen.frames == seen.units;
    if (sample.is_damaged) {
        EXPECT_TRUE(seen.is_unhealthy()) << "damaged, and nobody would know";
    } else {
        EXPECT_TRUE(is_whole || seen.is_unhealthy()) << "pictures are missing without a word";
    }
    if (sample.error_lines == 0 && seen.words.empty()) {
        EXPECT_TRUE(is_whole) << "pictures are missing";
    }
}

TEST_F(MediaSamples, PlayFromFilesThroughDecoderAndTriage) {
    const auto samples = media_samples();
    SKIP_WITHOUT(samples);
    ingest::Ingest ingest({}, sources, clock, metrics);
    for (const MediaSample& sample : samples) {
        SCOPED_TRACE(sample.name);
        Viewer viewer;
        ASSERT_TRUE(play(ingest, viewer, sample.path)) << "it hangs";
        // What B pictures hold back comes with what follows: the second round shows as many as
        // any.
        viewer.begin_anew();
        const auto seen = play(ingest, viewer, sample.path);
        ASSERT_TRUE(seen) << "it hangs in its second round";
        std::printf(
            "%-60s %5d of %5d pictures, %4d errors, %4d concealed, %4d skipped%s%s\n",
            sample.name.c_str(),
            seen->frames,
            sample.frames,
            seen->errors,
            static_cast<int>(seen->decoder.concealed),
            static_cast<int>(seen->decoder.skipped),
            seen->words.empty() ? "" : ": ",
            seen->words.c_str()
        );
        expect_as_the_manifest_says(sample, *seen);
        viewer.begin_anew();
        const auto after = play(ingest, viewer, good);
        ASSERT_TRUE(after) << "the next stream hangs";
        EXPECT_EQ(after->frames, kGoodPictures) << "the next good stream did not recover";
        EXPECT_EQ(after->words, "");
    }
}

/// Everything that one recorded camera has, read back.
void read_back(
    const std::string& root, store::SegmentIndex& index, const CameraId& camera, bool is_good
) {
    const WallTime from = WallTime{} + seconds{1};
    const WallTime to = WallTime{} + std::chrono::hours{24 * 365 * 100};
    const auto written = recording::read_span(
        root, index, {.camera = camera, .from = from, .to = to, .output = root + "/../span.mp4"}
    );
    // Parameters that change within the file need several MP4 files, as the error says.
    EXPECT_TRUE(written || !is_good || written.error().kind == ErrorKind::FailedPrecondition)
        << written.error().describe();
    recording::PlaybackReader reader(root, index);
    for (const bool is_painted : {false, true}) {
        recording::MediaQuery query{.camera = camera, .from = from, .to = to};
        if (is_painted) {
            query.black = {{{0, 0}, {0.5F, 0}, {0.5F, 0.5F}, {0, 0.5F}}};
        }
        const auto piece = reader.open_fragments(query);
        EXPECT_TRUE(piece || !is_good) << piece.error().describe();
        EXPECT_TRUE(!piece || !is_good || piece->pictures > 0);
    }
}

TEST_F(MediaSamples, AreSentRecordedAndReadBack) {
    const auto samples = media_samples();
    SKIP_WITHOUT(samples);
    std::vector<camsim::CameraEntry> entries;
    std::map<std::string, bool> is_good;
    for (const MediaSample& sample : samples) {
        camsim::CameraEntry entry;
        entry.id = "s" + std::to_string(entries.size());
        entry.main = sample.path;
        entry.mode = camsim::PlayMode::OnDemand;
        camsim::CamsimOptions alone;
        alone.port = 0;
        const auto playable = camsim::CameraSimulator::create(alone, {entry}, clock);
        if (!playable) {
            EXPECT_FALSE(sample.is_recordable() && !sample.is_damaged && sample.error_lines == 0)
                << playable.error().describe();
            continue;
        }
        is_good[entry.id] = !sample.is_damaged && sample.error_lines == 0;
        entries.push_back(entry);
    }
    camsim::CamsimOptions options;
    options.port = 0;
    const auto simulator = camsim::CameraSimulator::create(options, entries, clock).value();
    ASSERT_TRUE(simulator->start());
    store::testing::TemporaryStore store;
    const std::string root = (folder->path() / "recordings").string();
    recording::RecordingConfig config;
    config.root = root;
    config.segment = seconds{4};
    const auto recording =
        recording::Recording::create(config, store->segments(), clock, metrics).value();

    struct Recorder final : ingest::SourceListener {
        recording::Recording* recording = nullptr;

        void on_access_unit(AccessUnitPtr unit) override { recording->push(unit); }

        void on_state(ingest::StreamState, const Error*) override {}
    } recorder;

    recorder.recording = recording.get();
    ingest::Ingest ingest({}, sources, clock, metrics);
    for (const camsim::CameraEntry& entry : entries) {
        const CameraConfig camera =
            camera_of(entry.id, "rtsp", simulator->base_url(false) + "/" + entry.id + "/main");
        ASSERT_TRUE(recording->add_camera(camera));
        ASSERT_TRUE(ingest.add(camera, camera.streams[0], recorder));
    }
    std::this_thread::sleep_for(seconds{12});
    const auto reports = ingest.report();
    ingest.stop();
    recording->stop();
    for (const ingest::StreamReport& report : reports) {
        const std::string& id = report.camera.value();
        SCOPED_TRACE(entries[static_cast<std::size_t>(std::stoi(id.substr(1)))].main);
        EXPECT_TRUE(report.statistics.access_units > 0 || !report.statistics.last_error.empty());
        read_back(root, store->segments(), report.camera, is_good[id]);
    }
}

std::size_t allocated_bytes() {
    return mallinfo2().uordblks;
}

/// Opens one file and decodes its first pictures.
void look_into(const std::string& path) {
    auto reader = media::ContainerReader::open(path);
    media::Decoder decoder;
    for (int i = 0; reader && i < 4; ++i) {
        const auto coded = reader->next();
        if (!coded || !*coded) {
            return;
        }
        AccessUnit unit;
        unit.is_key = (*coded)->is_key;
        unit.parameters = reader->parameters();
        unit.bytes = (*coded)->bytes;
        if (unit.is_key) {
            std::ignore = decoder.decode_key(unit);
        }
        std::ignore = decoder.decode(unit);
    }
}

TEST_F(MediaSamples, LeaveNothingBehindInAHundredRounds) {
    const auto samples = media_samples();
    SKIP_WITHOUT(samples);
    constexpr int kRounds = 100;
    constexpr int kWarmUp = 20;
    constexpr std::size_t kSlack = std::size_t{512} << 10U;
    for (const MediaSample& sample : samples) {
        SCOPED_TRACE(sample.name);
        std::size_t before = 0;
        for (int round = 0; round < kRounds; ++round) {
            before = round == kWarmUp ? allocated_bytes() : before;
            look_into(sample.path);
        }
        EXPECT_LT(allocated_bytes(), before + kSlack);
    }
}

}  // namespace
}  // namespace bongsu::tests
