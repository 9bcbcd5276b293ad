#include "behaviours/kinematics.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};
constexpr Duration kWindow = std::chrono::seconds{2};

WallTime at(double t) {
    return kStart + from_seconds(t);
}

/// 100 pixels tall, seen `rate` times a second for two seconds while he moves `speed` pixels a
/// second to the right.
Track mover(float speed, double rate) {
    Track track;
    track.state = TrackState::Confirmed;
    for (double t = 0; t <= 2; t += 1 / rate) {
        const float x = 100 + speed * static_cast<float>(t);
        track.history.push_back({.time = at(t), .box = {x, 300, 40, 100}});
    }
    track.box = track.history.back().box;
    return track;
}

TEST(PaceOf, IsInBodyHeightsASecondAtAnyRate) {
    for (const double rate : {2.0, 5.0, 25.0}) {
        const auto pace = pace_of(mover(200, rate), at(2), kWindow, {});
        ASSERT_TRUE(pace) << rate;
        EXPECT_NEAR(pace->speed, 2, 0.01) << rate;
        EXPECT_NEAR(pace->direction.x, 1, 0.01);
    }
}

TEST(PaceOf, PredictedBoxesSayNothing) {
    Track track = mover(80, 2);
    track.history.push_back({.time = at(2.2), .box = {900, 300, 40, 100}, .is_observed = false});
    const auto pace = pace_of(track, at(2.2), kWindow, {});
    ASSERT_TRUE(pace);
    EXPECT_NEAR(pace->speed, 0.8, 0.01);
}

TEST(PaceOf, RareLooksAreMeasuredOverALongerWindow) {
    const auto pace = pace_of(mover(200, 1.5), at(2), std::chrono::milliseconds{1200}, {});
    ASSERT_TRUE(pace);
    EXPECT_NEAR(pace->speed, 2, 0.01);
    EXPECT_NEAR(to_seconds(pace->spanned), 1.33, 0.01);
}

TEST(PaceOf, TooFewDetectionsAreNoAnswer) {
    EXPECT_FALSE(pace_of(mover(80, 1), at(2), std::chrono::milliseconds{900}, {}));
    EXPECT_FALSE(pace_of(mover(80, 5), at(9), kWindow, {}));
}

TEST(PaceOf, BoxThatGrowsIsNoMovement) {
    Track track;
    for (int i = 0; i <= 10; ++i) {
        const auto grown = static_cast<float>(30 * i);
        track.history.push_back({.time = at(0.2 * i), .box = {300, 400 - grown, 60, 100 + grown}});
    }
    track.box = track.history.back().box;
    const auto pace = pace_of(track, at(2), kWindow, {});
    ASSERT_TRUE(pace);
    EXPECT_NEAR(pace->speed, 0, 0.01);
}

TEST(PaceOf, NobodyIsTakenForSmallerThanHeIsSeenToBe) {
    Scene scene;
    scene.width = 800;
    scene.height = 600;
    SizeMap sizes;
    sizes.learn(scene, {.far_row = 0.1F, .far_height = 0.05F, .near_row = 1, .near_height = 0.1F});
    const auto pace = pace_of(mover(100, 5), at(2), kWindow, sizes);
    ASSERT_TRUE(pace);
    EXPECT_NEAR(pace->speed, 1, 0.01);
}

TEST(IsRiding, PersonOnABicycleRidesAndOneBesideItDoesNot) {
    Track bicycle;
    bicycle.cls = ObjectClass::Bicycle;
    bicycle.box = {100, 340, 90, 60};
    Track person = mover(0, 5);
    const std::vector<Track> tracks{bicycle};
    person.box = {120, 290, 40, 100};
    EXPECT_TRUE(is_riding(person, tracks));
    person.box = {200, 290, 40, 100};
    EXPECT_FALSE(is_riding(person, tracks));
}

}  // namespace
}  // namespace bongsu::behaviours
