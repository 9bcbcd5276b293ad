// A recorded scene with a known movement: search must find it where it is and nowhere else.
#include "media/testing/clip.hpp"
#include "recording/motion_search.hpp"
#include "recording/recording.hpp"
#include "recording/testing/film.hpp"
#include "store/testing/temporary_store.hpp"

#include <gtest/gtest.h>

namespace bongsu::recording {
namespace {

using std::chrono::seconds;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();
const CameraId kGate("gate");
const Polygon kLeft{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}};
const Polygon kRight{{0.5F, 0}, {1, 0}, {1, 1}, {0.5F, 1}};

constexpr int kRate = 5;
constexpr int kSeconds = 60;

/// A box walks through the left half from second 20 to 30; at second 45 a lamp makes everything
/// brighter.
std::vector<AccessUnitPtr> scene() {
    const media::testing::ClipSpec spec{
        .width = 320, .height = 180, .fps = kRate, .frames = kSeconds * kRate, .key_interval = kRate
    };
    auto units =
        media::testing::make_units(spec, kGate, kNoon, [](int index, WritableFrame& picture) {
            const int second = index / kRate;
            const int lamp = second >= 45 ? 30 : 0;
            for (int x = 0; x < 320; x += 20) {
                const int shade = 60 + (x * 7) % 90 + lamp;
                media::testing::fill_luma(picture, x, 0, 20, 180, static_cast<std::uint8_t>(shade));
            }
            if (second >= 20 && second < 30) {
                media::testing::fill_luma(picture, 20 + (index - 20 * kRate) * 2, 80, 16, 40, 250);
            }
        });
    EXPECT_TRUE(units);
    return *std::move(units);
}

class MotionSearchTest : public ::testing::Test {
protected:
    void SetUp() override {
        RecordingConfig config;
        config.root = root_;
        config.segment = seconds{10};
        config.free_floor = 0;
        auto recording = Recording::create(config, store_->segments(), clock_, metrics_);
        ASSERT_TRUE(recording) << recording.error().describe();
        ASSERT_TRUE((*recording)->add_camera(testing::camera(kGate)));
        for (const AccessUnitPtr& unit : scene()) {
            (*recording)->push(unit);
        }
        (*recording)->stop();
    }

    Result<MotionOutcome> find(MotionQuery query, const std::stop_token& stop = {}) {
        query.camera = kGate;
        query.from = kNoon;
        query.to = kNoon + seconds{kSeconds};
        return search_.run(
            query,
            {.on_moment = [this](const MotionMoment& moment) { moments_.push_back(moment); },
             .on_progress = [this](const MotionProgress& at) { progress_.push_back(at.done); }},
            stop
        );
    }

    store::testing::TemporaryFolder folder_;
    const std::string root_ = (folder_.path() / "recordings").string();
    store::testing::TemporaryStore store_;
    ManualClock clock_{kNoon};
    Metrics metrics_;
    MotionSearch search_{root_, store_->segments(), clock_};
    std::vector<MotionMoment> moments_;
    std::vector<float> progress_;
};

TEST_F(MotionSearchTest, FindsTheMovementInItsRegionAndNotTheLamp) {
    const auto outcome = find({.region = kLeft});
    ASSERT_TRUE(outcome) << outcome.error().describe();
    EXPECT_EQ(outcome->pictures, static_cast<std::size_t>(kSeconds));
    EXPECT_TRUE(outcome->is_complete);
    ASSERT_EQ(moments_.size(), 1U);
    EXPECT_EQ(moments_[0].from, kNoon + seconds{20});
    EXPECT_EQ(moments_[0].to, kNoon + seconds{29});
    EXPECT_GT(moments_[0].score, 0.01F);
    ASSERT_EQ(progress_.size(), 6U);
    EXPECT_EQ(progress_.back(), 1.0F);
}

TEST_F(MotionSearchTest, MovementOutsideTheRegionIsNotReported) {
    const auto outcome = find({.region = kRight});
    ASSERT_TRUE(outcome) << outcome.error().describe();
    EXPECT_TRUE(moments_.empty());
}

TEST_F(MotionSearchTest, StopsWhenAsked) {
    std::stop_source stop;
    stop.request_stop();
    const auto outcome = find({.region = kLeft}, stop.get_token());
    ASSERT_TRUE(outcome);
    EXPECT_FALSE(outcome->is_complete);
    EXPECT_EQ(outcome->pictures, 0U);
}

TEST_F(MotionSearchTest, SecondSearchAtTheSameTimeIsTurnedAway) {
    ErrorKind second = ErrorKind::Internal;
    const MotionQuery query{
        .camera = kGate, .from = kNoon, .to = kNoon + seconds{kSeconds}, .region = kLeft
    };
    const auto outcome = search_.run(
        query,
        {.on_moment =
             [&](const MotionMoment& /*moment*/) {
                 second = search_.run(query, {.on_moment = {}, .on_progress = {}}, {}).error().kind;
             },
         .on_progress = {}},
        {}
    );
    ASSERT_TRUE(outcome);
    EXPECT_EQ(second, ErrorKind::ResourceExhausted);
}

}  // namespace
}  // namespace bongsu::recording
