// Real films through the whole of recording: real files, a real index, ffprobe as the judge.
#include "recording/check.hpp"
#include "recording/metrics.hpp"
#include "recording/read_span.hpp"
#include "recording/recording.hpp"
#include "recording/testing/film.hpp"
#include "store/testing/temporary_store.hpp"

#include <filesystem>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

namespace bongsu::recording {
namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::camera;
using testing::film;
using testing::Film;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();
const CameraId kGate("gate");

class RecordingTest : public ::testing::Test {
protected:
    RecordingConfig config() const {
        RecordingConfig made;
        made.root = root_;
        made.segment = seconds{10};
        made.free_floor = 0;
        return made;
    }

    std::unique_ptr<Recording> start(RecordingConfig with, Recording::Hooks hooks = {}) {
        auto made = Recording::create(
            std::move(with), store_->segments(), clock_, metrics_, std::move(hooks)
        );
        EXPECT_TRUE(made) << (made ? "" : made.error().describe());
        return made ? *std::move(made) : nullptr;
    }

    void record(const Film& what, WallTime from, Duration length, const CameraId& id = kGate) {
        const auto recording = start(config());
        ASSERT_TRUE(recording->add_camera(camera(id)));
        for (const AccessUnitPtr& unit : what.play(id, from, length)) {
            recording->push(unit);
        }
        recording->stop();
    }

    std::vector<store::Segment> rows() { return store_->segments().find({}).value(); }

    CheckReport checked() { return check(root_, store_->segments(), {}).value(); }

    Result<SpanOutcome> span(WallTime from, WallTime to) {
        return read_span(
            root_, store_->segments(), {.camera = kGate, .from = from, .to = to, .output = output_}
        );
    }

    store::testing::TemporaryFolder folder_;
    const std::string root_ = (folder_.path() / "recordings").string();
    const std::string output_ = (folder_.path() / "span.mp4").string();
    store::testing::TemporaryStore store_;
    ManualClock clock_{kNoon};
    Metrics metrics_;
};

TEST_F(RecordingTest, SegmentsHoldEveryPictureAndFfprobeDecodesThemAll) {
    record(film(), kNoon, seconds{35});
    const auto segments = rows();
    ASSERT_EQ(segments.size(), 4U);
    int frames = 0;
    for (const store::Segment& segment : segments) {
        const auto outcome = testing::probe(root_ + "/" + segment.path);
        EXPECT_EQ(outcome.errors, "");
        EXPECT_EQ(segment.state, store::SegmentState::Closed);
        EXPECT_EQ(
            fs::file_size(root_ + "/" + segment.path), static_cast<std::uintmax_t>(segment.bytes)
        );
        frames += outcome.frames;
    }
    EXPECT_EQ(frames, 35 * 25);
    EXPECT_EQ(segments[1].path, "city/gate/main/2026-11-21/120010_000.mp4");
    EXPECT_EQ(segments[0].end, segments[1].start);
    EXPECT_EQ(metrics_.counter(kUnitsWritten).value(), 35 * 25);
    EXPECT_TRUE(checked().is_clean()) << checked().to_text();
    EXPECT_EQ(checked().whole, 4U);
}

TEST_F(RecordingTest, SpanAcrossSegmentsIsOnePlainMp4) {
    record(film(), kNoon, seconds{35});
    const auto written = span(kNoon + milliseconds{8'400}, kNoon + seconds{23});
    ASSERT_TRUE(written) << written.error().describe();
    EXPECT_EQ(written->first_picture, kNoon + seconds{8});
    EXPECT_EQ(written->lead_in, milliseconds{400});
    EXPECT_EQ(written->pictures, 15U * 25U);
    EXPECT_TRUE(written->gaps.empty());
    const auto outcome = testing::probe(output_);
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(outcome.frames, 15 * 25 - 10);  // the edit list hides the lead-in
    EXPECT_NEAR(outcome.duration, 14.6, 0.05);
}

TEST_F(RecordingTest, ReorderedPicturesOfBothCodecsStayInOrder) {
    for (const Codec codec : {Codec::H264, Codec::H265}) {
        const CameraId id(std::string("camera-") + std::string(to_string(codec)));
        record(Film::make({.codec = codec, .gop = 50, .b_frames = 3}), kNoon, seconds{12}, id);
        const auto written = read_span(
            root_,
            store_->segments(),
            {.camera = id, .from = kNoon - seconds{1}, .to = kNoon + seconds{20}, .output = output_}
        );
        ASSERT_TRUE(written) << written.error().describe();
        const auto outcome = testing::probe(output_);
        EXPECT_EQ(outcome.errors, "");
        EXPECT_EQ(outcome.codec, codec == Codec::H264 ? "h264" : "hevc");
        EXPECT_EQ(outcome.frames, 300);
        EXPECT_NEAR(outcome.duration, 12, 0.1);
    }
}

TEST_F(RecordingTest, LongGopIsWrittenInPiecesThatStillDecode) {
    record(Film::make({.seconds = 12, .gop = 300, .b_frames = 2}), kNoon, seconds{12});
    ASSERT_EQ(rows().size(), 1U);
    EXPECT_GE(rows()[0].fragments, 5);
    ASSERT_TRUE(span(kNoon + seconds{5}, kNoon + seconds{7}));
    const auto outcome = testing::probe(output_);
    EXPECT_EQ(outcome.errors, "");
    EXPECT_GE(outcome.frames, 50);
}

TEST_F(RecordingTest, PauseBecomesAGapOfTheSameLength) {
    record(film(), kNoon, seconds{8});
    record(film(), kNoon + seconds{30}, seconds{8});
    const auto written = span(kNoon, kNoon + seconds{60});
    ASSERT_TRUE(written) << written.error().describe();
    ASSERT_EQ(written->gaps.size(), 1U);
    EXPECT_EQ(written->gaps[0].from, kNoon + seconds{8});
    EXPECT_EQ(written->gaps[0].to, kNoon + seconds{30});
    EXPECT_NEAR(testing::probe(output_).duration, 38, 0.1);
    EXPECT_TRUE(checked().is_clean()) << checked().to_text();
}

TEST_F(RecordingTest, ChangedParametersStartASegmentAndSplitTheSpan) {
    record(film(), kNoon, seconds{4});
    record(Film::make({.width = 640, .height = 360}), kNoon + seconds{4}, seconds{4});
    const auto whole = span(kNoon, kNoon + seconds{8});
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_NE(whole.error().message.find("2026-11-21T12:00:04.000Z"), std::string::npos)
        << whole.error().message;
    EXPECT_TRUE(span(kNoon, kNoon + seconds{4}));
    EXPECT_TRUE(span(kNoon + seconds{4}, kNoon + seconds{8}));
    EXPECT_EQ(span(kNoon - hours{2}, kNoon - hours{1}).error().kind, ErrorKind::NotFound);
}

TEST_F(RecordingTest, DamagedSegmentIsSkippedToldAndLeavesAGap) {
    record(film(), kNoon, seconds{30});
    const auto segments = rows();
    ASSERT_EQ(segments.size(), 3U);
    fs::resize_file(root_ + "/" + segments[1].path, 10);
    const auto written = span(kNoon, kNoon + seconds{30});
    ASSERT_TRUE(written) << written.error().describe();
    ASSERT_EQ(written->skipped.size(), 1U);
    EXPECT_TRUE(written->skipped[0].starts_with(segments[1].path)) << written->skipped[0];
    EXPECT_EQ(written->gaps.size(), 1U);
    EXPECT_EQ(testing::probe(output_).errors, "");
    EXPECT_EQ(
        span(segments[1].start + seconds{1}, segments[1].end).error().kind, ErrorKind::Corrupt
    );
}

TEST_F(RecordingTest, ChainOfADayGoesOnAfterARestartAndAnewAtMidnight) {
    const WallTime late = parse_iso8601("2026-11-21T23:59:52Z").value();
    record(film(), late - minutes{1}, seconds{4});
    record(film(), late, seconds{16});
    const auto segments = rows();
    ASSERT_EQ(segments.size(), 3U);
    EXPECT_EQ(segments[1].chain_before, segments[0].chain_after);
    EXPECT_EQ(segments[2].chain_before, to_hex(chain_seed(kGate, StreamRole::Main, "2026-11-22")));
    EXPECT_EQ(checked().chains, 2U);
    EXPECT_TRUE(checked().is_clean()) << checked().to_text();
}

TEST_F(RecordingTest, CheckNamesTheGopWhoseByteWasChanged) {
    record(film(), kNoon, seconds{12});
    const std::string path = rows()[0].path;
    {
        std::fstream file(root_ + "/" + path, std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(rows()[0].bytes / 2));
        const char byte = static_cast<char>(file.get());
        file.seekp(static_cast<std::streamoff>(rows()[0].bytes / 2));
        file.put(static_cast<char>(byte ^ 1));
    }
    const CheckReport report = checked();
    EXPECT_EQ(report.altered, 1U);
    EXPECT_EQ(report.exit_status(), 1);
    ASSERT_EQ(report.findings.size(), 1U) << report.to_text();
    EXPECT_EQ(report.findings[0].path, path);
    EXPECT_TRUE(report.findings[0].what.starts_with("GOP ")) << report.findings[0].what;
}

TEST_F(RecordingTest, CheckFindsMissingExtraAndTornFilesAndBrokenChains) {
    record(film(), kNoon, seconds{45});
    const auto segments = rows();
    ASSERT_GE(segments.size(), 4U);
    fs::remove(root_ + "/" + segments[0].path);
    fs::resize_file(
        root_ + "/" + segments[1].path, static_cast<std::uintmax_t>(segments[1].bytes - 1'000)
    );
    fs::copy_file(
        root_ + "/" + segments[2].path, root_ + "/city/gate/main/2026-11-21/130000_000.mp4"
    );
    // The last segment goes together with its row, as somebody with access to the database would do
    // it.
    store::Segment last = segments.back();
    last.start = kNoon - hours{48};  // moves the row out of its day
    fs::remove(root_ + "/" + last.path);
    ASSERT_TRUE(store_->segments().put(last));
    const CheckReport report = checked();
    EXPECT_EQ(report.missing, 2U) << report.to_text();
    EXPECT_EQ(report.torn, 1U);
    EXPECT_EQ(report.extra, 1U);
    EXPECT_GE(report.chains_broken, 1U);
}

TEST_F(RecordingTest, IndexIsRebuiltFromTheFilesAlone) {
    record(film(), kNoon, seconds{25});
    const auto before = rows();
    const store::testing::TemporaryStore empty;
    const auto report = recover(root_, empty->segments());
    ASSERT_TRUE(report) << report.error().describe();
    EXPECT_EQ(report->recovered, before.size());
    EXPECT_EQ(empty->segments().find({}).value(), before);
    EXPECT_TRUE(check(root_, empty->segments(), {})->is_clean());
}

TEST_F(RecordingTest, OpenSegmentCanBeReadWhileItIsWritten) {
    const auto recording = start(config());
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    for (const AccessUnitPtr& unit : film().play(kGate, kNoon, seconds{6})) {
        recording->push(unit);
    }
    for (int i = 0; i < 500 && rows().empty(); ++i) {
        clock_.advance(milliseconds{200});
        std::this_thread::sleep_for(milliseconds{10});
    }
    const auto written = span(kNoon + seconds{1}, kNoon + seconds{3});
    ASSERT_TRUE(written) << written.error().describe();
    EXPECT_EQ(testing::probe(output_).errors, "");
}

}  // namespace
}  // namespace bongsu::recording
