#include "behaviours/testing/one_rule.hpp"
#include "behaviours/testing/remembering_shelf.hpp"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};

class FightRule : public ::testing::Test {
protected:
    static Track person(std::uint64_t id, float x) {
        Track track;
        track.id = TrackId{id};
        track.state = TrackState::Confirmed;
        track.score = 0.8F;
        track.box = {x, 300, 60, 160};
        return track;
    }

    /// Somebody who has walked for two seconds, farther off.
    Track walker(std::uint64_t id) const {
        Track track = person(id, 800);
        track.first_seen = now_ - seconds{2};
        for (int i = 0; i <= 4; ++i) {
            track.history.push_back(
                {track.first_seen + i * milliseconds{500},
                 {800 + 60 * static_cast<float>(i), 100, 60, 160}}
            );
        }
        return track;
    }

    /// Five scenes a second in which two people are within reach of each other and move.
    std::vector<BehaviourEvent> play(double lasts, bool is_moving = true) {
        std::vector<BehaviourEvent> events;
        const Box stir{400, 300, 130, 150};
        for (const WallTime end = now_ + from_seconds(lasts); now_ < end;
             now_ += milliseconds{200}) {
            std::vector<Track> people{person(1, 400), person(2, 470)};
            for (int i = 0; i < walkers_; ++i) {
                people.push_back(walker(static_cast<std::uint64_t>(3 + i)));
            }
            for (Track& track : people) {
                track.last_seen = now_;
            }
            Scene scene;
            scene.time = now_;
            scene.width = 1280;
            scene.height = 720;
            scene.tracks = people;
            scene.level = level_;
            scene.signal = signal_;
            scene.second_look = has_second_look_ ? &look_ : nullptr;
            scene.moving = is_moving ? std::span(&stir, 1) : std::span<const Box>();
            std::ranges::move(rule_->evaluate(scene), std::back_inserter(events));
        }
        return events;
    }

    static int count(const std::vector<BehaviourEvent>& events, EventPhase phase) {
        return static_cast<int>(std::ranges::count(events, phase, &BehaviourEvent::phase));
    }

    /// The program ends, and another one begins.
    void restart() {
        rule_->finish(now_);
        rule_.emplace("fight", &shelf_);
    }

    testing::RememberingShelf shelf_;
    std::optional<testing::OneRule> rule_{std::in_place, "fight", &shelf_};
    testing::FixedLook look_{"fight"};
    bool has_second_look_ = true;
    int walkers_ = 0;
    SignalState signal_ = SignalState::Up;
    TriageLevel level_ = TriageLevel::T3;
    WallTime now_ = kStart;
};

TEST_F(FightRule, RaisesWhenTheLatestAnswersAgree) {
    look_.answer = 0.7F;
    const auto events = play(2);
    ASSERT_EQ(count(events, EventPhase::Begin), 1);
    EXPECT_EQ(events[0].kind, "fight");
    EXPECT_EQ(events[0].tracks.size(), 2U);
    EXPECT_FLOAT_EQ(events[0].confidence, 0.7F);
    EXPECT_EQ(events[0].started, kStart);
    EXPECT_EQ(events[0].time, kStart + milliseconds{600});
}

TEST_F(FightRule, NoAnswerSufficesAlone) {
    look_.answer = 1.0F;
    EXPECT_TRUE(play(0.2).empty());
    look_.answer = 0.2F;
    EXPECT_TRUE(play(3).empty());
}

TEST_F(FightRule, OneSureAnswerAmongDoubtsIsNotEnough) {
    look_.answer = 0.1F;
    play(3);
    look_.answer = 0.95F;
    EXPECT_TRUE(play(0.2).empty());
    look_.answer = 0.1F;
    EXPECT_TRUE(play(3).empty());
}

TEST_F(FightRule, NothingIsNeverAYes) {
    EXPECT_TRUE(play(5).empty());
    EXPECT_GT(look_.asked, 0);
    EXPECT_GT(look_.kept, 0);
}

TEST_F(FightRule, WithoutSecondLooksItSaysNothing) {
    has_second_look_ = false;
    look_.answer = 1.0F;
    EXPECT_TRUE(play(5).empty());
}

TEST_F(FightRule, WhereNothingMovesNobodyIsLookedAt) {
    look_.answer = 1.0F;
    EXPECT_TRUE(play(5, false).empty());
    EXPECT_EQ(look_.asked, 0);
}

TEST_F(FightRule, AQuietCameraIsNotKeptAwake) {
    look_.answer = 1.0F;
    level_ = TriageLevel::T2;
    EXPECT_TRUE(play(5).empty());
    EXPECT_EQ(look_.kept, 0);
}

TEST_F(FightRule, CalmMovementCostsOneLookInTwoSeconds) {
    look_.answer = 0.05F;
    play(10);
    look_.asked = 0;
    play(10);
    EXPECT_LE(look_.asked, 6);
    EXPECT_GE(look_.asked, 4);
}

TEST_F(FightRule, IsOneEventAsLongAsItGoesOnAndEndsAfterCalm) {
    look_.answer = 0.9F;
    auto events = play(10);
    EXPECT_EQ(count(events, EventPhase::Begin), 1);
    EXPECT_EQ(count(events, EventPhase::End), 0);
    look_.answer = 0.05F;
    events = play(4);
    EXPECT_EQ(count(events, EventPhase::End), 0);
    events = play(4);
    EXPECT_EQ(count(events, EventPhase::End), 1);
    EXPECT_EQ(rule_->open_events(), 0U);
}

TEST_F(FightRule, WherePeopleAreRestlessAllDayAFightMustStandOut) {
    for (int i = 0; i < 40; ++i) {
        look_.answer = i % 2 == 0 ? 0.15F : 0.45F;
        EXPECT_TRUE(play(1).empty());
    }
    look_.answer = 0.62F;
    EXPECT_TRUE(play(3).empty()) << "as restless as usual";
    look_.answer = 0.9F;
    EXPECT_EQ(count(play(3), EventPhase::Begin), 1);
}

TEST_F(FightRule, TwoWhoWalkPastEachOtherAreNoFight) {
    walkers_ = 2;
    look_.answer = 0.9F;
    EXPECT_TRUE(play(2.8).empty()) << "the verifier's pictures still show them together";
    look_.answer = 0;
    EXPECT_TRUE(play(3).empty());
}

TEST_F(FightRule, WhoStillFightAfterTheyWouldHavePassedAreFound) {
    walkers_ = 2;
    look_.answer = 0.7F;
    const auto events = play(4);
    ASSERT_EQ(count(events, EventPhase::Begin), 1);
    EXPECT_EQ(events[0].started, kStart);
    EXPECT_EQ(events[0].time, kStart + milliseconds{3000});
}

TEST_F(FightRule, AnswersThatDisagreeBetweenMeetingsDoNotAddUp) {
    walkers_ = 2;
    for (int i = 0; i < 5; ++i) {
        look_.answer = 0.9F;
        EXPECT_TRUE(play(2).empty());
        look_.answer = 0;
        EXPECT_TRUE(play(2).empty());
    }
}

TEST_F(FightRule, WhereManyWalkAFightMustBeSurer) {
    walkers_ = 4;
    look_.answer = 0.9F;
    EXPECT_TRUE(play(4).empty());
    look_.answer = 0.97F;
    EXPECT_EQ(count(play(4), EventPhase::Begin), 1);
}

TEST_F(FightRule, WhatIsUsualIsStillKnownAfterARestart) {
    for (int i = 0; i < 40; ++i) {
        look_.answer = i % 2 == 0 ? 0.15F : 0.45F;
        EXPECT_TRUE(play(1).empty());
    }
    restart();
    look_.answer = 0.62F;
    EXPECT_TRUE(play(3).empty()) << "as restless as usual";
    look_.answer = 0.9F;
    EXPECT_EQ(count(play(3), EventPhase::Begin), 1);
}

TEST_F(FightRule, ALostSignalRaisesNothing) {
    look_.answer = 1.0F;
    signal_ = SignalState::Lost;
    EXPECT_TRUE(play(5).empty());
    EXPECT_EQ(look_.asked, 0);
}

}  // namespace
}  // namespace bongsu::behaviours
