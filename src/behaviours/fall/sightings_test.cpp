#include "behaviours/fall/sightings.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours::fall {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'750'000'000}};

/// Somebody 40 pixels tall.
Track small_one(WallTime time, bool is_observed = true) {
    Track track;
    track.id = TrackId{2};
    track.cls = ObjectClass::Person;
    track.box = {30, 160, 16, 40};
    track.history.push_back({.time = time, .box = track.box, .is_observed = is_observed});
    return track;
}

/// Somebody 90 pixels tall beside him, seen a little later.
const Sightings::Known kTall{
    .track = TrackId{1}, .time = kStart + milliseconds{200}, .hips = {90, 150}, .size = 90
};
constexpr Box kPosture{32, 164, 10, 33};

TEST(Sightings, PostureOfSomebodySmallWhoWasThereBeforeIsHis) {
    Sightings sightings;
    sightings.remember(small_one(kStart), kStart);
    EXPECT_TRUE(sightings.is_of_another(kPosture, kStart + milliseconds{600}, kTall));
}

TEST(Sightings, WhoAppearsAfterSomebodyWasLastSeenMayBeHim) {
    Sightings sightings;
    const WallTime later = kTall.time + milliseconds{400};
    sightings.remember(small_one(later), later);
    EXPECT_FALSE(sightings.is_of_another(kPosture, later, kTall));
}

TEST(Sightings, LyingPostureFillsLittleOfAnUprightBox) {
    Sightings sightings;
    sightings.remember(small_one(kStart), kStart);
    EXPECT_FALSE(sightings.is_of_another({20, 175, 60, 18}, kStart + milliseconds{600}, kTall));
}

TEST(Sightings, BoxAroundHisOwnHipsIsHisOwn) {
    Sightings sightings;
    sightings.remember(small_one(kStart), kStart);
    Sightings::Known him = kTall;
    him.hips = {38, 180};
    EXPECT_FALSE(sightings.is_of_another(kPosture, kStart + milliseconds{600}, him));
}

TEST(Sightings, PeopleOfNearlyOneSizeAreNotToldApart) {
    Sightings sightings;
    sightings.remember(small_one(kStart), kStart);
    Sightings::Known him = kTall;
    him.size = 50;
    EXPECT_FALSE(sightings.is_of_another(kPosture, kStart + milliseconds{600}, him));
}

TEST(Sightings, NobodyWalksThatFar) {
    Sightings sightings;
    sightings.remember(small_one(kStart), kStart);
    EXPECT_FALSE(sightings.is_of_another({132, 164, 10, 33}, kStart + milliseconds{600}, kTall));
    EXPECT_TRUE(sightings.is_of_another({92, 164, 10, 33}, kStart + milliseconds{1600}, kTall));
}

TEST(Sightings, AreForgottenAfterThreeSecondsAndMustBeSeen) {
    Sightings sightings;
    sightings.remember(small_one(kStart, false), kStart);
    EXPECT_FALSE(sightings.is_of_another(kPosture, kStart + milliseconds{600}, kTall));
    sightings.remember(small_one(kStart), kStart);
    sightings.forget(kStart + milliseconds{3100});
    EXPECT_FALSE(sightings.is_of_another(kPosture, kStart + milliseconds{600}, kTall));
}

}  // namespace
}  // namespace bongsu::behaviours::fall
