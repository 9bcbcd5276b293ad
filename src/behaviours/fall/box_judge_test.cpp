#include "behaviours/fall/box_judge.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours::fall {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};
constexpr Box kPicture{0, 0, 1280, 720};

/// Seen twice a second: upright for three seconds, then as `after` for two more.
Track story(const Box& after) {
    Track track;
    for (int i = 0; i < 10; ++i) {
        const Box box = i < 6 ? Box{500, 400, 40, 100} : after;
        track.history.push_back({.time = kStart + from_seconds(0.5 * i), .box = box});
    }
    track.box = after;
    return track;
}

TEST(TurnedOver, BoxThatTurnsAndStaysIsAFallFromItsLastUprightLook) {
    const auto since = turned_over(story({470, 460, 100, 40}), kPicture, {});
    ASSERT_TRUE(since);
    EXPECT_EQ(*since, kStart + from_seconds(2.5));
}

TEST(TurnedOver, CrateBeforeTheLegsOnlyTakesHeight) {
    EXPECT_FALSE(turned_over(story({500, 400, 42, 33}), kPicture, {}));
}

TEST(TurnedOver, BoxCutByTheEdgeOfThePictureSaysNothing) {
    EXPECT_FALSE(turned_over(story({470, 680, 100, 40}), kPicture, {}));
}

TEST(TurnedOver, PredictedBoxesDoNotCount) {
    Track track = story({470, 460, 100, 40});
    for (std::size_t i = 7; i < track.history.size(); ++i) {
        track.history[i].is_observed = false;
    }
    EXPECT_FALSE(turned_over(track, kPicture, {}));
}

TEST(TurnedOver, WhoseBoxTurnedSlowlyLiesDown) {
    Track track = story({470, 460, 100, 40});
    for (std::size_t i = 2; i < 6; ++i) {
        track.history[i].box = {490, 430, 60, 75};
    }
    EXPECT_FALSE(turned_over(track, kPicture, {}));
}

}  // namespace
}  // namespace bongsu::behaviours::fall
