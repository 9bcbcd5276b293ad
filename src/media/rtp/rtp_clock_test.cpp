#include "media/rtp/rtp_clock.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const WallTime kStart{seconds{1'765'000'000}};
constexpr std::uint32_t kFrame = 6000;  // 15 frames a second

std::uint32_t ticks(Duration d) {
    return static_cast<std::uint32_t>(d.count() * 9 / 100);
}

/// One picture taken at `taken` that arrives `delay` later.
WallEstimate picture(RtpClock& clock, Duration taken, Duration delay, std::uint32_t base = 0) {
    const auto media_time = clock.unwrap(base + ticks(taken));
    const WallTime arrived = kStart + taken + delay;
    clock.on_arrival(media_time, arrived);
    return clock.wall(media_time, arrived);
}

TEST(RtpClock, UnwrapsForwardAndBack) {
    RtpClock clock;
    EXPECT_EQ(clock.unwrap(0xFFFFFF00U), 0xFFFFFF00LL);
    EXPECT_EQ(clock.unwrap(0x00000100U), 0x100000100LL);
    EXPECT_EQ(clock.unwrap(0xFFFFFFF0U), 0xFFFFFFF0LL);
    EXPECT_EQ(clock.unwrap(0x00000200U), 0x100000200LL);
}

TEST(RtpClock, EstimatesFromTheSmallestDelay) {
    RtpClock clock;
    WallEstimate last;
    for (int i = 0; i < 2000; ++i) {
        const Duration delay = milliseconds{i % 10 == 0 ? 5 : 5 + i % 7 * 10};
        last = picture(clock, milliseconds{i * 100}, delay);
    }
    EXPECT_TRUE(last.is_estimated);
    const Duration error = last.wall - (kStart + milliseconds{1999 * 100});
    EXPECT_LE(std::chrono::abs(error), milliseconds{10});
    EXPECT_GE(last.uncertainty, std::chrono::abs(error));
}

TEST(RtpClock, TakesTheSendersClockAsSoonAsItReports) {
    RtpClock clock;
    const auto before = picture(clock, seconds{0}, milliseconds{300}, 0xFFFFF000U);
    EXPECT_TRUE(before.is_estimated);
    clock.on_sender_report(kStart, 0xFFFFF000U, kStart + milliseconds{300});
    const auto after = picture(clock, seconds{1}, milliseconds{320}, 0xFFFFF000U);
    EXPECT_FALSE(after.is_estimated);
    EXPECT_LE(std::chrono::abs(after.wall - (kStart + seconds{1})), Duration{20});
    EXPECT_LT(after.uncertainty, before.uncertainty);
}

TEST(RtpClock, FollowsDriftWithoutJumping) {
    RtpClock clock;
    WallTime previous{};
    Duration worst_error{};
    for (int i = 0; i < 6000; ++i) {
        // The RTP clock runs 100 ppm fast against the clock of the reports.
        const Duration taken = milliseconds{i * 100};
        const Duration rtp = taken + Duration{i * 10};
        const auto timestamp = ticks(rtp);
        if (i % 50 == 0) {
            clock.on_sender_report(kStart + taken, timestamp, kStart + taken);
        }
        const auto media_time = clock.unwrap(timestamp);
        clock.on_arrival(media_time, kStart + taken);
        const auto estimate = clock.wall(media_time, kStart + taken);
        if (i > 0) {
            const auto step = estimate.wall - previous;
            EXPECT_GE(step, Duration{100'010 - 60});
            EXPECT_LE(step, Duration{100'010 + 60});
        }
        previous = estimate.wall;
        worst_error = std::max(worst_error, std::chrono::abs(estimate.wall - (kStart + taken)));
    }
    EXPECT_LE(worst_error, milliseconds{2});
    EXPECT_EQ(clock.steps(), 0U);
}

TEST(RtpClock, StepsOnlyWhenThreeReportsAgreeOnANewTime) {
    RtpClock clock;
    const auto report = [&](Duration at, Duration sender_error) {
        clock.on_sender_report(kStart + at + sender_error, ticks(at), kStart + at);
        return picture(clock, at, Duration{}).wall - (kStart + at);
    };
    report(seconds{0}, {});
    EXPECT_LT(std::chrono::abs(report(seconds{5}, seconds{2})), milliseconds{1});
    EXPECT_LT(std::chrono::abs(report(seconds{10}, {})), milliseconds{1});
    report(seconds{15}, seconds{2});
    EXPECT_LT(std::chrono::abs(report(seconds{20}, seconds{2})), milliseconds{1});
    EXPECT_GT(report(seconds{25}, seconds{2}), milliseconds{1990});
    EXPECT_EQ(clock.steps(), 1U);
}

TEST(RtpClock, DoesNotBelieveASenderThatIsFarOff) {
    RtpClock clock;
    picture(clock, seconds{0}, Duration{});
    clock.on_sender_report(kStart - seconds{3600}, 0, kStart);
    const auto estimate = picture(clock, seconds{1}, Duration{});
    EXPECT_TRUE(estimate.is_estimated);
    EXPECT_LT(std::chrono::abs(estimate.wall - (kStart + seconds{1})), milliseconds{1});
    EXPECT_EQ(clock.sender_offset(), -seconds{3600});
}

TEST(RtpClock, CorrectsItselfAfterABurstOfOldPictures) {
    RtpClock clock;
    // Two seconds of stored pictures arrive at once, then life goes on.
    for (int i = 0; i < 30; ++i) {
        const auto media_time = clock.unwrap(static_cast<std::uint32_t>(i) * kFrame);
        clock.on_arrival(media_time, kStart);
        clock.wall(media_time, kStart);
    }
    const auto media_time = clock.unwrap(30 * kFrame);
    const WallTime now = kStart + milliseconds{67};
    clock.on_arrival(media_time, now);
    EXPECT_LE(std::chrono::abs(clock.wall(media_time, now).wall - now), milliseconds{500});
}

}  // namespace
}  // namespace bongsu::media
