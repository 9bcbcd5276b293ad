// Recorded films read back in pieces; our own MP4 reader checks the times, ffprobe the pictures.
#include "media/mp4/box_reader.hpp"
#include "media/mp4/fragment_reader.hpp"
#include "recording/fragment_times.hpp"
#include "recording/playback_reader.hpp"
#include "recording/recording.hpp"
#include "recording/testing/film.hpp"
#include "store/testing/temporary_store.hpp"

#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

namespace bongsu::recording {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::camera;
using testing::film;
using testing::Film;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();
const CameraId kGate("gate");

/// One picture of a piece as a player places it.
struct Placed {
    std::int64_t decode = 0;
    std::int64_t shown = 0;
    bool is_key = false;

    auto operator<=>(const Placed&) const = default;
};

std::vector<Placed> placed(const std::vector<std::uint8_t>& bytes) {
    std::vector<Placed> pictures;
    media::mp4::BoxWalk walk{Bytes(bytes)};
    for (auto box = walk.next(); box && *box; box = walk.next()) {
        if ((*box)->type != media::mp4::fourcc("moof")) {
            continue;
        }
        const auto fragment = media::mp4::read_moof((*box)->payload).value();
        auto decode = static_cast<std::int64_t>(fragment.decode_time);
        for (const media::mp4::Sample& sample : fragment.samples) {
            pictures.push_back({decode, decode + sample.composition_offset, sample.is_key});
            decode += sample.duration;
        }
    }
    return pictures;
}

class PlaybackTest : public ::testing::Test {
protected:
    std::unique_ptr<Recording> start() {
        RecordingConfig config;
        config.root = root_;
        config.segment = seconds{10};
        config.free_floor = 0;
        auto made = Recording::create(config, store_->segments(), clock_, metrics_);
        EXPECT_TRUE(made) << (made ? "" : made.error().describe());
        return made ? *std::move(made) : nullptr;
    }

    void record(const Film& what, WallTime from, Duration length) {
        const auto recording = start();
        ASSERT_TRUE(recording->add_camera(camera(kGate)));
        for (const AccessUnitPtr& unit : what.play(kGate, from, length)) {
            recording->push(unit);
        }
        recording->stop();
    }

    Result<MediaPiece> open(MediaQuery query) {
        query.camera = kGate;
        return reader_.open_fragments(query);
    }

    testing::ProbeOutcome probe(const std::vector<std::uint8_t>& bytes) {
        const std::string file = (folder_.path() / "piece.mp4").string();
        std::ofstream(file, std::ios::binary)
            .write(
                reinterpret_cast<const char*>(bytes.data()),
                static_cast<std::streamsize>(bytes.size())
            );
        return testing::probe(file);
    }

    std::vector<RecordedSpan> spans(WallTime from, WallTime to) {
        return reader_.spans(kGate, StreamRole::Main, from, to).value();
    }

    store::testing::TemporaryFolder folder_;
    const std::string root_ = (folder_.path() / "recordings").string();
    store::testing::TemporaryStore store_;
    ManualClock clock_{kNoon};
    Metrics metrics_;
    PlaybackReader reader_{root_, store_->segments()};
};

TEST_F(PlaybackTest, PieceBeginsAtTheKeyPictureBeforeAndLiesOnTheWallClock) {
    record(film(), kNoon, seconds{35});
    const auto piece = open({.from = kNoon + milliseconds{8'400}, .to = kNoon + seconds{23}});
    ASSERT_TRUE(piece) << piece.error().describe();
    EXPECT_EQ(piece->from, kNoon + seconds{8});
    EXPECT_EQ(piece->end, kNoon + seconds{23});
    EXPECT_EQ(piece->why, PieceEnd::Span);
    EXPECT_EQ(piece->next, kNoon + seconds{23});
    EXPECT_TRUE(piece->mime.starts_with("video/mp4; codecs=\"avc1.")) << piece->mime;
    const auto outcome = probe(piece->bytes);
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(outcome.frames, 15 * 25);
    const auto pictures = placed(piece->bytes);
    ASSERT_EQ(pictures.size(), 15U * 25U);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        const auto at = static_cast<std::int64_t>(i) * 3'600;
        EXPECT_EQ(pictures[i].shown, to_wall_ticks(kNoon + seconds{8}) + at) << i;
    }
}

TEST_F(PlaybackTest, PiecesFollowEachOtherWithoutAPictureTwiceOrMissing) {
    record(Film::make({.gop = 50, .b_frames = 3}), kNoon, seconds{24});
    const auto whole = open({.from = kNoon, .to = kNoon + seconds{60}});
    ASSERT_TRUE(whole) << whole.error().describe();
    EXPECT_EQ(whole->why, PieceEnd::Recorded);
    EXPECT_EQ(whole->next, std::nullopt);
    std::vector<Placed> joined;
    std::vector<std::uint8_t> bytes;
    MediaQuery query{.from = kNoon, .to = kNoon + seconds{60}, .max_bytes = 30'000};
    int pieces = 0;
    for (std::optional<WallTime> next = kNoon; next && pieces < 100; ++pieces) {
        query.from = *next;
        query.is_continuation = pieces > 0;
        const auto piece = open(query);
        ASSERT_TRUE(piece) << piece.error().describe();
        std::ranges::copy(placed(piece->bytes), std::back_inserter(joined));
        bytes.insert(bytes.end(), piece->bytes.begin(), piece->bytes.end());
        next = piece->next;
    }
    EXPECT_GT(pieces, 3);
    EXPECT_EQ(joined, placed(whole->bytes));
    EXPECT_EQ(joined.size(), 24U * 25U);
    EXPECT_TRUE(std::ranges::is_sorted(joined, {}, &Placed::decode));
    const auto outcome = probe(whole->bytes);
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(outcome.frames, 24 * 25);
}

TEST_F(PlaybackTest, FastPlayTakesOnlyKeyPicturesAndLeavesNoHoles) {
    record(film(), kNoon, seconds{24});
    const auto piece =
        open({.from = kNoon + seconds{2}, .to = kNoon + seconds{22}, .keys_only = true});
    ASSERT_TRUE(piece) << piece.error().describe();
    const auto pictures = placed(piece->bytes);
    ASSERT_EQ(pictures.size(), 20U);
    for (std::size_t i = 0; i < pictures.size(); ++i) {
        EXPECT_TRUE(pictures[i].is_key);
        const auto since = static_cast<std::int64_t>(i) * 90'000;
        EXPECT_EQ(pictures[i].shown, to_wall_ticks(kNoon + seconds{2}) + since);
    }
    const auto outcome = probe(piece->bytes);
    EXPECT_EQ(outcome.errors, "");
    EXPECT_EQ(outcome.frames, 20);
    const WallTime end = kNoon + seconds{22};
    EXPECT_NEAR(outcome.duration, to_seconds(end.time_since_epoch()), 0.01);
}

TEST_F(PlaybackTest, PieceEndsAtAGapAndSaysWhereItGoesOn) {
    record(film(), kNoon, seconds{8});
    record(film(), kNoon + seconds{60}, seconds{8});
    const auto piece = open({.from = kNoon + seconds{4}, .to = kNoon + seconds{120}});
    ASSERT_TRUE(piece) << piece.error().describe();
    EXPECT_EQ(piece->why, PieceEnd::Gap);
    EXPECT_EQ(piece->end, kNoon + seconds{8});
    EXPECT_EQ(piece->next, kNoon + seconds{60});
    const auto behind = open({.from = *piece->next, .to = kNoon + seconds{120}});
    ASSERT_TRUE(behind);
    EXPECT_EQ(behind->from, kNoon + seconds{60});
    EXPECT_EQ(
        spans(kNoon - seconds{100}, kNoon + seconds{66}),
        (std::vector<RecordedSpan>{
            {.from = kNoon, .to = kNoon + seconds{8}},
            {.from = kNoon + seconds{60}, .to = kNoon + seconds{66}},
        })
    );
    const auto inside = open({.from = kNoon + seconds{20}, .to = kNoon + seconds{30}});
    EXPECT_EQ(inside.error().kind, ErrorKind::NotFound);
}

TEST_F(PlaybackTest, ChangedParametersEndThePiece) {
    record(film(), kNoon, seconds{8});
    record(Film::make({.width = 640, .height = 360}), kNoon + seconds{8}, seconds{8});
    const auto piece = open({.from = kNoon, .to = kNoon + seconds{16}});
    ASSERT_TRUE(piece) << piece.error().describe();
    EXPECT_EQ(piece->why, PieceEnd::Parameters);
    EXPECT_EQ(piece->width, 320U);
    ASSERT_EQ(piece->next, kNoon + seconds{8});
    const auto second =
        open({.from = *piece->next, .to = kNoon + seconds{16}, .is_continuation = true});
    ASSERT_TRUE(second);
    EXPECT_EQ(second->width, 640U);
    EXPECT_EQ(probe(second->bytes).frames, 200);
    EXPECT_EQ(probe(second->bytes).errors, "");
}

TEST_F(PlaybackTest, SegmentThatIsBeingWrittenCanBeSeenAndGrows) {
    const auto recording = start();
    ASSERT_TRUE(recording->add_camera(camera(kGate)));
    const auto units = film().play(kGate, kNoon, seconds{8});
    const auto push = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) {
            recording->push(units[i]);
        }
    };
    const auto end = [&]() -> WallTime {
        const auto found = spans(kNoon, kNoon + seconds{60});
        return found.empty() ? WallTime{} : found.back().to;
    };
    push(0, 101);
    for (int i = 0; i < 200 && end() < kNoon + seconds{4}; ++i) {
        clock_.advance(milliseconds{50});               // the index is written by the clock
        std::this_thread::sleep_for(milliseconds{20});  // in a thread of its own
    }
    EXPECT_EQ(
        spans(kNoon, kNoon + seconds{60}),
        (std::vector<RecordedSpan>{
            {.from = kNoon, .to = kNoon + seconds{4}, .is_growing = true},
        })
    );
    const auto piece = open({.from = kNoon + seconds{3}, .to = kNoon + seconds{60}});
    ASSERT_TRUE(piece) << piece.error().describe();
    EXPECT_EQ(piece->from, kNoon + seconds{3});
    EXPECT_EQ(piece->end, kNoon + seconds{4});
    EXPECT_EQ(piece->why, PieceEnd::Recorded);
    push(101, units.size());
    for (int i = 0; i < 200 && end() < kNoon + seconds{7}; ++i) {
        clock_.advance(milliseconds{50});
        std::this_thread::sleep_for(milliseconds{20});
    }
    EXPECT_EQ(end(), kNoon + seconds{7});
}

TEST_F(PlaybackTest, DamagedSegmentIsSkippedAndTold) {
    record(film(), kNoon, seconds{35});
    const auto rows = store_->segments().find({}).value();
    std::filesystem::resize_file(root_ + "/" + rows[1].path, 10);
    const auto piece = open({.from = kNoon + seconds{5}, .to = kNoon + seconds{30}});
    ASSERT_TRUE(piece) << piece.error().describe();
    EXPECT_EQ(piece->skipped.size(), 1U);
    EXPECT_EQ(piece->why, PieceEnd::Gap);
    EXPECT_EQ(piece->next, rows[2].start);
}

TEST_F(PlaybackTest, ActivityShowsWhereBytesWereSpentAndWhereNothingIs) {
    record(film(), kNoon, seconds{20});
    const auto activity =
        reader_.activity(kGate, StreamRole::Main, kNoon - seconds{10}, kNoon + seconds{30}, 40);
    ASSERT_TRUE(activity) << activity.error().describe();
    ASSERT_EQ(activity->level.size(), 40U);
    EXPECT_EQ(activity->step, seconds{1});
    for (int i = 0; i < 40; ++i) {
        const float level = activity->level[static_cast<std::size_t>(i)];
        EXPECT_EQ(level >= 0, i >= 10 && i < 30) << i;
    }
    EXPECT_EQ(std::ranges::max(activity->level), 1.0F);
}

}  // namespace
}  // namespace bongsu::recording
