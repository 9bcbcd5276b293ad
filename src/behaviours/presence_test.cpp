#include "behaviours/presence.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::milliseconds;

/// One person in or beside one zone, look by look.
class Presence : public testing::Test {
protected:
    Presence() {
        settings_.gap = std::chrono::seconds{1};
        track_.id = TrackId{1};
        track_.score = 0.8F;
        track_.state = TrackState::Confirmed;
        stand(kInside);
    }

    void stand(float x) { track_.box = {x - 20, 200, 40, 100}; }

    /// Returns the visits that ended.
    std::vector<Visit> look(int ms, bool has_track = true, bool has_detections = true) {
        Scene scene;
        scene.time = WallTime{milliseconds{1'000'000 + ms}};
        scene.width = 640;
        scene.height = 480;
        scene.has_detections = has_detections;
        if (has_track) {
            track_.history.push_back({scene.time, track_.box, track_.state != TrackState::Lost});
            scene.tracks = {&track_, 1};
        }
        return visits_.update(scene, places_, settings_);
    }

    static constexpr float kInside = 200;
    static constexpr float kOutside = 500;
    const std::vector<Place> places_{
        {ZoneId{"yard"}, {{100, 100}, {300, 100}, {300, 400}, {100, 400}}, 640, 480}
    };
    PresenceSettings settings_;
    Track track_;
    Visits visits_;
};

TEST_F(Presence, EntryIsReadBackFromTheHistory) {
    track_.state = TrackState::Tentative;
    look(0);
    look(200);
    EXPECT_TRUE(visits_.open().empty()) << "not believed yet";
    track_.state = TrackState::Confirmed;
    look(400);
    ASSERT_EQ(visits_.open().size(), 1U);
    EXPECT_EQ(visits_.open()[0].entered, WallTime{milliseconds{1'000'000}});
    EXPECT_EQ(visits_.open()[0].inside, milliseconds{400});
}

TEST_F(Presence, EntryIsNotReadBackOverALongAbsence) {
    track_.state = TrackState::Tentative;
    look(0);
    look(200);
    look(5000);
    track_.state = TrackState::Confirmed;
    look(5200);
    EXPECT_EQ(visits_.open().at(0).entered, WallTime{milliseconds{1'005'000}});
}

TEST_F(Presence, EntryIsNotReadBackToBeforeTheFirstLook) {
    track_.history.push_back({WallTime{milliseconds{999'800}}, track_.box, true});
    look(0);
    EXPECT_EQ(visits_.open().at(0).entered, WallTime{milliseconds{1'000'000}});
}

TEST_F(Presence, OutsideLongerThanTheGapEndsAtTheLastMomentInside) {
    look(0);
    look(200);
    stand(kOutside);
    EXPECT_TRUE(look(400).empty());
    EXPECT_TRUE(look(1200).empty());
    const auto ended = look(1400);
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].last_inside, WallTime{milliseconds{1'000'200}});
}

TEST_F(Presence, OneMissedDetectionAtALowRateEndsNothing) {
    look(0);
    look(1000);
    EXPECT_TRUE(look(2500, false).empty()) << "one miss, though longer than the gap";
    EXPECT_EQ(look(3500, false).size(), 1U);
}

TEST_F(Presence, WhereNobodyLookedNobodyIsMissing) {
    look(0);
    for (int ms = 1000; ms <= 10'000; ms += 1000) {
        EXPECT_TRUE(look(ms, false, false).empty()) << ms;
    }
    EXPECT_EQ(look(11'000, false, false).size(), 1U) << "given up in the end";
}

TEST_F(Presence, WhoeverTheTrackerHasNotGivenUpIsHidden) {
    look(0);
    look(200);
    track_.state = TrackState::Lost;
    stand(kOutside);  // predictions run away
    EXPECT_TRUE(look(2000).empty());
    stand(kInside);
    track_.state = TrackState::Tentative;  // found again, not yet believed
    EXPECT_TRUE(look(2200).empty());
    track_.state = TrackState::Confirmed;
    EXPECT_TRUE(look(2400).empty());
    ASSERT_EQ(visits_.open().size(), 1U);
    EXPECT_EQ(visits_.open()[0].entered, WallTime{milliseconds{1'000'000}});
}

TEST_F(Presence, HidingHasAnEnd) {
    look(0);
    track_.state = TrackState::Lost;
    EXPECT_TRUE(look(4900).empty());
    EXPECT_EQ(look(5200).size(), 1U);
}

TEST_F(Presence, WeakDetectionsAreNotSeen) {
    settings_.min_score = 0.9F;
    look(0);
    EXPECT_TRUE(visits_.open().empty());
}

TEST_F(Presence, ConfidenceIsLowerAtTheVeryBorder) {
    look(0);
    const float deep = visits_.open()[0].confidence();
    visits_ = Visits{};
    stand(101);
    track_.history.clear();
    look(200);
    EXPECT_LT(visits_.open()[0].confidence(), deep);
    EXPECT_GT(visits_.open()[0].confidence(), 0.5F);
}

}  // namespace
}  // namespace bongsu::behaviours
