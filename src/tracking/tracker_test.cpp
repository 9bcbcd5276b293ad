#include "tracking/tracker.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>

namespace bongsu::tracking {
namespace {

using namespace std::chrono_literals;

constexpr WallTime kStart{1'750'000'000s};

Detection person(float foot_x, float foot_y, float score = 0.9F) {
    return {
        .cls = ObjectClass::Person, .score = score, .box = {foot_x - 20, foot_y - 100, 40, 100}
    };
}

const Track* find(std::span<const Track> tracks, TrackId id) {
    const auto found = std::ranges::find(tracks, id, &Track::id);
    return found == tracks.end() ? nullptr : &*found;
}

TEST(Tracker, BelievesAStrongIsolatedDetectionAtOnce) {
    Tracker tracker;
    const auto tracks = tracker.update(kStart, std::vector{person(100, 200)}, true);
    ASSERT_EQ(tracks.size(), 1);
    EXPECT_EQ(tracks[0].state, TrackState::Confirmed);
    EXPECT_EQ(tracks[0].first_seen, kStart);
}

TEST(Tracker, BelievesWhoIsThereAtTheFirstLook) {
    Tracker tracker;
    tracker.update(kStart, std::vector{person(100, 200, 0.6F)}, true);
    EXPECT_EQ(tracker.tracks()[0].state, TrackState::Confirmed);
    tracker.update(
        kStart + 200ms, std::vector{person(100, 200, 0.6F), person(400, 200, 0.6F)}, true
    );
    EXPECT_EQ(tracker.tracks()[1].state, TrackState::Tentative);
}

TEST(Tracker, AMediocreDetectionMustBeSeenAgain) {
    Tracker tracker;
    tracker.update(kStart - 100ms, {}, true);
    EXPECT_EQ(
        tracker.update(kStart, std::vector{person(100, 200, 0.55F)}, true)[0].state,
        TrackState::Tentative
    );
    tracker.update(kStart + 100ms, std::vector{person(100, 200, 0.55F)}, true);
    tracker.update(kStart + 200ms, std::vector{person(100, 200, 0.55F)}, true);
    EXPECT_EQ(
        tracker.update(kStart + 300ms, std::vector{person(100, 200, 0.55F)}, true)[0].state,
        TrackState::Confirmed
    );
}

TEST(Tracker, AFlashOfAFalseBoxLeavesNothing) {
    Tracker tracker;
    tracker.update(kStart - 100ms, {}, true);
    tracker.update(kStart, std::vector{person(100, 200, 0.55F)}, true);
    tracker.update(kStart + 400ms, {}, true);
    EXPECT_TRUE(tracker.update(kStart + 800ms, {}, true).empty());
}

/// Two people walk towards each other at 60 px/s and pass; the rear one is hidden for 0.8 s.
class Crossing : public testing::TestWithParam<int> {};

TEST_P(Crossing, KeepsBothNames) {
    const int rate = GetParam();
    Tracker tracker;
    std::map<int, std::set<TrackId>> names;
    for (int i = 0; i <= 8 * rate; ++i) {
        const float t = static_cast<float>(i) / static_cast<float>(rate);
        const WallTime now = kStart + from_seconds(t);
        std::vector<Detection> seen{person(100 + 60 * t, 300)};
        if (std::abs(t - 4) > 0.4F) {
            seen.push_back(person(580 - 60 * t, 292));
        }
        for (const Track& track : tracker.update(now, seen, true)) {
            if (track.state != TrackState::Confirmed) {
                continue;
            }
            for (std::size_t k = 0; k < seen.size(); ++k) {
                if (iou(track.box, seen[k].box) > 0.6F && std::abs(t - 4) > 1) {
                    names[static_cast<int>(k)].insert(track.id);
                }
            }
        }
    }
    EXPECT_EQ(names[0].size(), 1);
    EXPECT_EQ(names[1].size(), 1);
}

INSTANTIATE_TEST_SUITE_P(Tracker, Crossing, testing::Values(3, 5, 10, 25));

TEST(Tracker, FindsAPersonAgainBehindAPost) {
    Tracker tracker;
    TrackId id;
    for (int i = 0; i < 20; ++i) {
        id = tracker.update(kStart + i * 200ms, std::vector{person(100.0F + 10 * i, 300)}, true)[0]
                 .id;
    }
    for (int i = 20; i < 27; ++i) {
        const auto tracks = tracker.update(kStart + i * 200ms, {}, true);
        ASSERT_EQ(tracks.size(), 1);
        EXPECT_EQ(tracks[0].state, TrackState::Lost);
        EXPECT_FALSE(tracks[0].history.back().is_observed);
    }
    const auto tracks = tracker.update(kStart + 27 * 200ms, std::vector{person(370, 300)}, true);
    ASSERT_EQ(tracks.size(), 1);
    EXPECT_EQ(tracks[0].id, id);
    EXPECT_EQ(tracks[0].state, TrackState::Confirmed);
    EXPECT_NEAR(tracks[0].velocity.x, 50, 10);
}

TEST(Tracker, ForgetsWhoDoesNotComeBack) {
    Tracker tracker;
    tracker.update(kStart, std::vector{person(100, 200)}, true);
    EXPECT_EQ(tracker.update(kStart + 1900ms, {}, true).size(), 1);
    EXPECT_TRUE(tracker.update(kStart + 2100ms, {}, true).empty());
}

TEST(Tracker, OnlyPredictsWhenTheDetectorDidNotLook) {
    Tracker tracker;
    for (int i = 0; i < 10; ++i) {
        tracker.update(kStart + i * 200ms, std::vector{person(100.0F + 20 * i, 300)}, true);
    }
    const auto tracks = tracker.update(kStart + 2s, {}, false);
    ASSERT_EQ(tracks.size(), 1);
    EXPECT_EQ(tracks[0].state, TrackState::Confirmed);
    EXPECT_NEAR(tracks[0].box.foot().x, 300, 5);
    EXPECT_EQ(tracks[0].last_seen, kStart + 1800ms);
    EXPECT_FALSE(tracks[0].history.back().is_observed);
}

TEST(Tracker, MeasuresSpeedInPixelsPerSecondAtAnyRate) {
    for (const int rate : {2, 5, 25}) {
        Tracker tracker;
        for (int i = 0; i <= 4 * rate; ++i) {
            const float t = static_cast<float>(i) / static_cast<float>(rate);
            tracker.update(
                kStart + from_seconds(t), std::vector{person(100 + 50 * t, 300 - 20 * t)}, true
            );
        }
        ASSERT_EQ(tracker.tracks().size(), 1) << rate;
        EXPECT_NEAR(tracker.tracks()[0].velocity.x, 50, 5) << rate;
        EXPECT_NEAR(tracker.tracks()[0].velocity.y, -20, 5) << rate;
    }
}

TEST(Tracker, AWeakDetectionContinuesATrackButStartsNone) {
    Tracker tracker;
    tracker.update(kStart, std::vector{person(100, 200)}, true);
    const auto tracks = tracker.update(
        kStart + 100ms, std::vector{person(101, 200, 0.25F), person(500, 200, 0.25F)}, true
    );
    ASSERT_EQ(tracks.size(), 1);
    EXPECT_EQ(tracks[0].state, TrackState::Confirmed);
    EXPECT_FLOAT_EQ(tracks[0].score, 0.25F);
}

TEST(Tracker, VotesOnTheClass) {
    Tracker tracker;
    Detection d = person(100, 200);
    for (int i = 0; i < 5; ++i) {
        d.cls = i == 3 ? ObjectClass::Truck : ObjectClass::Car;
        tracker.update(kStart + i * 100ms, std::vector{d}, true);
        ASSERT_EQ(tracker.tracks().size(), 1);
        EXPECT_EQ(tracker.tracks()[0].cls, ObjectClass::Car);
    }
}

TEST(Tracker, BeliefIsEarnedAgainAfterMisses) {
    Tracker tracker;
    tracker.update(kStart, std::vector{person(100, 200)}, true);
    tracker.update(kStart + 200ms, {}, true);
    tracker.update(kStart + 400ms, {}, true);
    const auto tracks = tracker.update(kStart + 600ms, std::vector{person(100, 200, 0.52F)}, true);
    EXPECT_EQ(tracks[0].state, TrackState::Tentative);
    tracker.update(kStart + 800ms, std::vector{person(100, 200)}, true);
    EXPECT_EQ(tracker.tracks()[0].state, TrackState::Confirmed);
}

TEST(Tracker, SmallObjectsStartNoTrack) {
    TrackerSettings settings;
    settings.smallest_height = 101;
    Tracker tracker(settings);
    EXPECT_TRUE(tracker.update(kStart, std::vector{person(100, 200)}, true).empty());
}

TEST(Tracker, NeverTakesAPersonForACar) {
    Tracker tracker;
    tracker.update(kStart, std::vector{person(100, 200)}, true);
    Detection car = person(100, 200);
    car.cls = ObjectClass::Car;
    EXPECT_EQ(tracker.update(kStart + 100ms, std::vector{car}, true).size(), 2);
}

TEST(Tracker, SettlesAndLeaves) {
    Tracker tracker;
    for (int i = 0; i <= 60; ++i) {
        tracker.update(kStart + i * 200ms, std::vector{person(100.0F + (i % 3), 200)}, true);
    }
    EXPECT_TRUE(tracker.tracks()[0].is_stationary);
    for (int i = 61; i < 70; ++i) {
        tracker.update(kStart + i * 200ms, std::vector{person(100.0F + 10 * (i - 60), 200)}, true);
    }
    EXPECT_FALSE(tracker.tracks()[0].is_stationary);
}

TEST(Tracker, AppearanceDecidesWhenPlaceCannot) {
    const auto looking = [](float x, float red) {
        Detection d = person(x, 300);
        d.appearance = {red, 1 - red};
        return d;
    };
    Tracker tracker;
    for (int i = 0; i < 5; ++i) {
        tracker.update(kStart + i * 200ms, std::vector{looking(100, 1), looking(180, 0)}, true);
    }
    const TrackId red = tracker.tracks()[0].id;
    tracker.update(kStart + 1200ms, {}, true);
    tracker.update(kStart + 2200ms, std::vector{looking(140, 1)}, true);
    ASSERT_NE(find(tracker.tracks(), red), nullptr);
    EXPECT_EQ(find(tracker.tracks(), red)->state, TrackState::Confirmed);
}

TEST(Tracker, KeepsABoundedHistory) {
    TrackerSettings settings;
    settings.history_length = 10;
    Tracker tracker(settings);
    for (int i = 0; i < 30; ++i) {
        tracker.update(kStart + i * 100ms, std::vector{person(100, 200)}, true);
    }
    EXPECT_EQ(tracker.tracks()[0].history.size(), 10);
    EXPECT_EQ(tracker.tracks()[0].history.back().time, kStart + 2900ms);
}

TEST(Tracker, ClocksThatStepBackDoNotDisturbIt) {
    Tracker tracker;
    tracker.update(kStart, std::vector{person(100, 200)}, true);
    const auto tracks = tracker.update(kStart - 5s, std::vector{person(101, 200)}, true);
    ASSERT_EQ(tracks.size(), 1);
    EXPECT_EQ(tracks[0].last_seen, kStart);
}

TEST(TrackerSettings, RefusesScoresOutOfOrder) {
    const Value value(Value::Map{{"high_score", 0.3}, {"low_score", 0.4}});
    const Settings parsed = tracker_schema().parse(value, "tracking").value();
    EXPECT_NE(
        tracker_settings(parsed, "tracking").error().message.find("low_score"), std::string::npos
    );
}

TEST(TrackerSettings, TableAndStructAgreeOnDefaults) {
    const Settings parsed = tracker_schema().parse(Value(Value::Map{}), "tracking").value();
    const TrackerSettings read = tracker_settings(parsed, "tracking").value();
    const TrackerSettings built;
    EXPECT_FLOAT_EQ(read.high_score, built.high_score);
    EXPECT_FLOAT_EQ(read.low_score, built.low_score);
    EXPECT_FLOAT_EQ(read.birth_score, built.birth_score);
    EXPECT_FLOAT_EQ(read.sure_score, built.sure_score);
    EXPECT_FLOAT_EQ(read.instant_score, built.instant_score);
    EXPECT_FLOAT_EQ(read.first_look_score, built.first_look_score);
    EXPECT_FLOAT_EQ(read.smallest_height, built.smallest_height);
    EXPECT_EQ(read.confirm_hits, built.confirm_hits);
    EXPECT_EQ(read.confirm_after, built.confirm_after);
    EXPECT_EQ(read.tentative_for, built.tentative_for);
    EXPECT_EQ(read.lost_for, built.lost_for);
    EXPECT_EQ(read.stationary_after, built.stationary_after);
    EXPECT_FLOAT_EQ(read.stationary_radius, built.stationary_radius);
    EXPECT_FLOAT_EQ(read.appearance_weight, built.appearance_weight);
    EXPECT_EQ(read.history_length, built.history_length);
}

}  // namespace
}  // namespace bongsu::tracking
