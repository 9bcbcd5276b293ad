#include "behaviours/fight/passers_by.hpp"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::behaviours::fight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};
constexpr float kThreshold = 0.5F;

class PeopleInAPicture : public ::testing::Test {
protected:
    /// Somebody 160 pixels tall who was first seen at `x`, `ago` before now, and has gone on at
    /// `pace` body heights a second since.
    void add(float x, float pace, Duration ago = seconds{2}) {
        Track track;
        track.id = TrackId{tracks_.size() + 1};
        track.state = TrackState::Confirmed;
        track.first_seen = now_ - ago;
        for (WallTime t = track.first_seen; t <= now_; t += milliseconds{500}) {
            const auto since = static_cast<float>(to_seconds(t - track.first_seen));
            track.history.push_back({t, {x + pace * 160 * since, 300, 60, 160}});
        }
        track.box = track.history.back().box;
        tracks_.push_back(track);
    }

    void watch() {
        Scene scene;
        scene.time = now_;
        scene.width = 1280;
        scene.height = 720;
        scene.tracks = tracks_;
        passers_by_.watch(scene);
    }

    std::vector<Track> tracks_;
    PassersBy passers_by_;
    WallTime now_ = kStart;
};

TEST_F(PeopleInAPicture, NobodyIsKnownAtFirst) {
    EXPECT_FALSE(passers_by_.may_pass());
    EXPECT_FLOAT_EQ(passers_by_.needed(kThreshold), kThreshold);
}

TEST_F(PeopleInAPicture, OneWhoWalksMeetsNobody) {
    add(300, 0.8F);
    add(700, 0);
    watch();
    EXPECT_FALSE(passers_by_.may_pass());
}

TEST_F(PeopleInAPicture, TwoWhoWalkMayPassEachOther) {
    add(300, 0.8F);
    add(700, -0.8F);
    watch();
    EXPECT_TRUE(passers_by_.may_pass());
    EXPECT_FLOAT_EQ(passers_by_.needed(kThreshold), kThreshold);
}

TEST_F(PeopleInAPicture, WhoJustAppearedAtTheSideHasWalkedIn) {
    add(300, 0.8F);
    watch();
    tracks_.clear();
    now_ += milliseconds{1'500};
    add(420, 0.8F);
    add(1'190, 0, milliseconds{400});
    watch();
    EXPECT_TRUE(passers_by_.may_pass());
}

TEST_F(PeopleInAPicture, WhoJustAppearedInTheMiddleWasOverlooked) {
    add(300, 0.8F);
    watch();
    tracks_.clear();
    now_ += milliseconds{1'500};
    add(420, 0.8F);
    add(700, 0, milliseconds{400});
    watch();
    EXPECT_FALSE(passers_by_.may_pass());
}

TEST_F(PeopleInAPicture, WhoIsFoundWhenSomethingBeginsToMoveWasThere) {
    add(300, 0.8F);
    watch();
    tracks_.clear();
    now_ += seconds{10};
    add(10, 0, Duration{});
    add(1'190, 0, Duration{});
    watch();
    now_ += milliseconds{1'500};
    watch();
    EXPECT_FALSE(passers_by_.may_pass());
}

TEST_F(PeopleInAPicture, IsRememberedForThreeSeconds) {
    add(300, 0.8F);
    add(700, -0.8F);
    watch();
    tracks_.clear();
    now_ += seconds{3};
    watch();
    EXPECT_TRUE(passers_by_.may_pass()) << "the tracker lost both as they met";
    now_ += milliseconds{200};
    watch();
    EXPECT_FALSE(passers_by_.may_pass());
}

TEST_F(PeopleInAPicture, TheMoreWalkTheSurerOneMustBe) {
    add(100, 0.8F);
    add(300, 0.8F);
    add(500, 0.8F);
    watch();
    EXPECT_NEAR(passers_by_.needed(kThreshold), 0.82F, 0.01F);
    add(900, -0.8F);
    watch();
    EXPECT_FLOAT_EQ(passers_by_.needed(kThreshold), 0.95F);
    for (int i = 0; i < 100; ++i) {
        add(500, 0.8F);
    }
    watch();
    EXPECT_FLOAT_EQ(passers_by_.needed(kThreshold), 0.95F) << "a fight is found anywhere";
    EXPECT_FLOAT_EQ(passers_by_.needed(1), 1);
}

}  // namespace
}  // namespace bongsu::behaviours::fight
