#include "pipeline/inbox.hpp"

#include <map>

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

using Wake = Inbox::Wake;

/// A stream of 10 units per second.
class Stream {
public:
    explicit Stream(AnalysisConfig config, int group) : inbox(config), group_(group) {}

    /// Pushes `units` units of about `bytes` and counts the wakes; the lane looks at once.
    std::map<Wake, int> push(int units, std::size_t bytes) {
        std::map<Wake, int> wakes;
        for (int i = 0; i < units; ++i, ++next_) {
            auto unit = std::make_shared<AccessUnit>();
            unit->is_key = next_ % group_ == 0;
            unit->wall =
                WallTime{std::chrono::seconds{1000} + std::chrono::milliseconds{100} * next_};
            unit->bytes = std::make_shared<const std::vector<std::uint8_t>>(
                (unit->is_key ? 10 : 1) * (bytes + static_cast<std::size_t>(next_ % 7))
            );
            const WallTime taken = unit->wall;
            const Wake wake = inbox.push(std::move(unit), MonoTime{});
            ++wakes[wake];
            if (wake == Wake::Key || wake == Wake::Early) {
                inbox.last_look = taken;
            }
        }
        return wakes;
    }

    Inbox inbox;

private:
    int group_;
    int next_ = 0;
};

TEST(Inbox, WakesForKeyFramesOnlyWhileQuiet) {
    Stream stream({}, 20);
    const auto wakes = stream.push(200, 500);
    EXPECT_EQ(wakes.at(Wake::Key), 10);
    EXPECT_EQ(wakes.at(Wake::No), 190);
}

TEST(Inbox, WakesEarlyOncePerGroupWhenBytesRise) {
    Stream stream({}, 20);
    stream.push(200, 500);
    const auto wakes = stream.push(20, 4000);
    EXPECT_EQ(wakes.at(Wake::Early), 1);
}

TEST(Inbox, ALongGroupIsLookedIntoAtGrowingIntervals) {
    Stream stream({.early_wake = 0}, 300);
    const auto wakes = stream.push(300, 500);
    EXPECT_EQ(wakes.at(Wake::Key), 1);
    EXPECT_GE(wakes.at(Wake::Early), 3);
    EXPECT_LE(wakes.at(Wake::Early), 4);
}

TEST(Inbox, ThinsKeyFramesOnlyWhileBytesAreUsual) {
    Stream stream({.thins_keyframes = true, .early_wake = 0}, 10);
    EXPECT_EQ(stream.push(400, 500)[Wake::Key], 20);
    stream.inbox.baseline.set_quiet(false);
    stream.push(20, 4000);
    EXPECT_EQ(stream.push(100, 4000)[Wake::Key], 10);
}

TEST(Inbox, ALongGroupThatIsDecodedAnywayIsLookedIntoEveryTwoSeconds) {
    Stream stream({.early_wake = 0}, 300);
    EXPECT_FALSE(stream.inbox.has_long_groups());
    stream.push(60, 500);
    EXPECT_TRUE(stream.inbox.has_long_groups());
    stream.inbox.is_walked = true;
    const auto wakes = stream.push(200, 500);
    EXPECT_EQ(wakes.at(Wake::Early), 10);
}

TEST(Inbox, WhileFollowedWakesForKeyFramesAndWhenAPictureIsDue) {
    Stream stream({}, 20);
    stream.push(20, 500);
    stream.inbox.is_following = true;
    stream.inbox.next_due = WallTime{std::chrono::seconds{1003}};
    const auto wakes = stream.push(20, 500);
    EXPECT_EQ(wakes.at(Wake::No), 9);
    EXPECT_EQ(wakes.at(Wake::Due), 11);
}

}  // namespace
}  // namespace bongsu::pipeline
