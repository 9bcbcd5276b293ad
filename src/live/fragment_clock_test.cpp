#include "live/fragment_clock.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::live {
namespace {

constexpr std::int64_t kFrame = 3'600;

/// Pictures 0, 3, 1, 2, 6, 4, 5 ...: two B pictures between others.
std::vector<std::int64_t> reordered(int groups) {
    std::vector<std::int64_t> shown{0};
    for (int g = 0; g < groups; ++g) {
        for (const int step : {3, 1, 2}) {
            shown.push_back((3 * g + step) * kFrame);
        }
    }
    return shown;
}

/// What browsers demand of decode times: rising, never more than two durations further on.
void expect_playable(const std::vector<FragmentClock::Times>& times) {
    for (std::size_t i = 1; i < times.size(); ++i) {
        ASSERT_GT(times[i].decode, times[i - 1].decode) << i;
        ASSERT_LE(times[i].decode - times[i - 1].decode, 2U * times[i - 1].duration) << i;
    }
}

std::vector<FragmentClock::Times> run(
    FragmentClock& clock, const std::vector<std::int64_t>& shown, std::int64_t origin = 77'777
) {
    std::vector<FragmentClock::Times> times;
    for (const std::int64_t time : shown) {
        times.push_back(clock.next(origin + time));
    }
    return times;
}

TEST(FragmentClock, PicturesInOrderAreShownWhenDecoded) {
    FragmentClock clock;
    const auto times = run(clock, {0, kFrame, 2 * kFrame});
    EXPECT_EQ(times[0].decode, static_cast<std::uint64_t>(FragmentClock::kStart));
    EXPECT_EQ(times[2].decode - times[0].decode, 2U * kFrame);
    EXPECT_EQ(times[2].offset, 0);
    EXPECT_EQ(times[2].duration, static_cast<std::uint32_t>(kFrame));
}

TEST(FragmentClock, KnownReorderingKeepsDecodingBeforeShowing) {
    const auto shown = reordered(10);
    FragmentClock clock;
    clock.learn(shown);
    const auto times = run(clock, shown);
    expect_playable(times);
    for (std::size_t i = 0; i < times.size(); ++i) {
        EXPECT_GE(times[i].offset, 0);
        EXPECT_EQ(
            static_cast<std::int64_t>(times[i].decode) + times[i].offset,
            FragmentClock::kStart + shown[i]
        );
    }
}

TEST(FragmentClock, ReorderingLearntOnTheWayNeverTurnsDecodingBack) {
    const auto shown = reordered(20);
    FragmentClock clock;
    const auto times = run(clock, shown);
    expect_playable(times);
    for (std::size_t i = 4; i < times.size(); ++i) {
        EXPECT_GE(times[i].offset, 0) << i;
        EXPECT_EQ(
            static_cast<std::int64_t>(times[i].decode) + times[i].offset,
            FragmentClock::kStart + shown[i]
        );
    }
}

TEST(FragmentClock, PauseIsTakenInStepsThatBrowsersAccept) {
    FragmentClock clock;
    std::vector<std::int64_t> shown;
    for (int i = 0; i < 10; ++i) {
        shown.push_back(i * kFrame);
    }
    for (int i = 0; i < 60; ++i) {
        shown.push_back(9 * kFrame + 180'000 + i * kFrame);
    }
    const auto times = run(clock, shown);
    expect_playable(times);
    EXPECT_EQ(times[40].offset + static_cast<std::int64_t>(times[40].decode), 90'000 + shown[40]);
    EXPECT_EQ(times.back().offset, 0);  // caught up
}

TEST(FragmentClock, NewSessionFollowsTheLastPictureWithoutAPause) {
    FragmentClock clock;
    const auto before = run(clock, {0, kFrame, 2 * kFrame});
    clock.restart();
    const auto after = run(clock, {0, kFrame}, 9'999'999'999);
    EXPECT_EQ(after[0].decode - before[2].decode, static_cast<std::uint64_t>(kFrame));
    EXPECT_EQ(after[1].decode - after[0].decode, static_cast<std::uint64_t>(kFrame));
}

}  // namespace
}  // namespace bongsu::live
