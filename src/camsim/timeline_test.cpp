#include "camsim/timeline.hpp"

#include "camsim/testing/films.hpp"

#include <gtest/gtest.h>

namespace bongsu::camsim {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const MonoTime kEpoch{seconds{100}};
const WallTime kEpochWall{seconds{1'750'000'000}};

/// 30 pictures at 10 per second, GOP 10.
Timeline three_seconds(std::uint32_t base = 0) {
    return {testing::plain_film(30, 10, 9000), kEpoch, kEpochWall, base};
}

TEST(Timeline, TimeGoesOnEvenlyAcrossTheLoop) {
    const Timeline timeline = three_seconds();
    for (UnitNumber n = 1; n < 100; ++n) {
        EXPECT_EQ(timeline.due(n) - timeline.due(n - 1), milliseconds{100}) << n;
        EXPECT_EQ(timeline.rtp_time(n) - timeline.rtp_time(n - 1), 9000U) << n;
    }
}

TEST(Timeline, RtpTimeWrapsAt32Bits) {
    const Timeline timeline = three_seconds(0xFFFFFFFF);
    EXPECT_EQ(timeline.rtp_time(0), 0xFFFFFFFFU);
    EXPECT_EQ(timeline.rtp_time(1), 8999U);
}

TEST(Timeline, ClockRateHoldsForWeeks) {
    const Timeline timeline = three_seconds();
    const UnitNumber four_weeks = UnitNumber{28} * 86'400 * 10;
    EXPECT_EQ(timeline.due(four_weeks) - kEpoch, seconds{28 * 86'400});
}

TEST(Timeline, FindsThePictureThatIsDueNext) {
    const Timeline timeline = three_seconds();
    EXPECT_EQ(timeline.first_due_from(kEpoch - seconds{5}), 0);
    EXPECT_EQ(timeline.first_due_from(kEpoch), 0);
    EXPECT_EQ(timeline.first_due_from(kEpoch + milliseconds{1}), 1);
    EXPECT_EQ(timeline.first_due_from(kEpoch + milliseconds{100}), 1);
    EXPECT_EQ(timeline.first_due_from(kEpoch + milliseconds{2950}), 30);
    EXPECT_EQ(timeline.first_due_from(kEpoch + milliseconds{3001}), 31);
}

TEST(Timeline, FindsTheNextKeyPictureAlsoBehindTheLoop) {
    const Timeline timeline = three_seconds();
    EXPECT_EQ(timeline.next_key(0), 0);
    EXPECT_EQ(timeline.next_key(1), 10);
    EXPECT_EQ(timeline.next_key(21), 30);
    EXPECT_EQ(timeline.next_key(31), 40);
    EXPECT_TRUE(timeline.unit(timeline.next_key(21)).is_key);
}

TEST(Timeline, ReportsJoinRtpAndWallTimeOfTheSameInstant) {
    const Timeline timeline = three_seconds(1000);
    const MonoTime later = timeline.due(47);
    EXPECT_EQ(timeline.rtp_time_at(later), timeline.rtp_time(47));
    EXPECT_EQ(timeline.wall_at(later), kEpochWall + milliseconds{4700});
}

TEST(Timeline, RestartedBeginsAtTheFirstPicture) {
    const Timeline timeline = three_seconds().restarted(kEpoch + seconds{50}, kEpochWall);
    EXPECT_EQ(timeline.due(0), kEpoch + seconds{50});
}

}  // namespace
}  // namespace bongsu::camsim
