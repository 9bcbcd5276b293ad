// Who was at a thing when it came to rest, and whether he has left it.
#include "behaviours/still_things/keepers.hpp"

#include "behaviours/still_things/pauses.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bongsu::behaviours::still_things {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr float kTall = 100;
const WallTime kStart{seconds{1'750'000'000}};
const Box kPlace{300, 380, 30, 20};

Box person_at(float x) {
    return {x - 20, 300, 40, kTall};
}

Sighting seen(std::uint64_t track, milliseconds at, float x) {
    return {.time = kStart + at, .track = TrackId{track}, .box = person_at(x)};
}

/// Somebody at `speed` pixels a second through the place, and somebody who stands beside it.
std::vector<Sighting> passer_and_owner(float speed) {
    std::vector<Sighting> near;
    for (int i = 0; i < 6; ++i) {
        const milliseconds at{400 * i};
        near.push_back(seen(1, at, 260 + speed * 0.4F * static_cast<float>(i)));
        near.push_back(seen(2, at, 280));
    }
    return near;
}

std::set<TrackId> tracks_of(const std::vector<Sighting>& sightings) {
    std::set<TrackId> tracks;
    for (const Sighting& sighting : sightings) {
        tracks.insert(sighting.track);
    }
    return tracks;
}

TEST(Pauses, WhoWalksPastIsLeftOutWhenSomebodyElseStopped) {
    std::vector<Sighting> near = passer_and_owner(75);
    leave_out_passers_by(near, near);
    EXPECT_EQ(tracks_of(near), std::set{TrackId{2}});
}

TEST(Pauses, ACompanionWhoStopsTooStays) {
    std::vector<Sighting> near = passer_and_owner(5);
    leave_out_passers_by(near, near);
    EXPECT_EQ(tracks_of(near).size(), 2U);
}

TEST(Pauses, WhoStoppedButWasNotThereAtFirstDoesNotDriveOutTheOthers) {
    std::vector<Sighting> near = passer_and_owner(75);
    leave_out_passers_by(near, {seen(1, milliseconds{0}, 260)});
    EXPECT_EQ(tracks_of(near).size(), 2U);
}

TEST(Pauses, WhoWalksThroughAPlaceHasNotStoodThere) {
    std::vector<Sighting> there;
    for (int i = 0; i < 6; ++i) {
        there.push_back(seen(1, milliseconds{400 * i}, 250 + 30 * static_cast<float>(i)));
    }
    EXPECT_FALSE(has_somebody_stood(there, kPlace));
}

TEST(Pauses, WhoStaysThereHasAndABagHasNot) {
    std::vector<Sighting> there;
    for (int i = 0; i < 6; ++i) {
        there.push_back(seen(1, milliseconds{400 * i}, 315));
    }
    EXPECT_TRUE(has_somebody_stood(there, kPlace));
    for (Sighting& sighting : there) {
        sighting.cls = ObjectClass::Bag;
    }
    EXPECT_FALSE(has_somebody_stood(there, kPlace));
}

/// Tells the keepers twice a second where their one person is.
class Leaving : public testing::Test {
protected:
    void see(float x) {
        now_ += milliseconds{500};
        Scene scene{.time = now_, .width = 1280, .height = 720};
        Track track;
        track.id = TrackId{1};
        track.state = TrackState::Confirmed;
        track.box = person_at(x);
        const std::vector<Track> tracks{track};
        scene.tracks = tracks;
        keepers_.update(scene, kPlace, 1.5F);
    }

    void see_for(int looks, float x) {
        for (int i = 0; i < looks; ++i) {
            see(x);
        }
    }

    static constexpr float kAway = 700;
    static constexpr float kBeside = 320;

    WallTime now_ = kStart;
    Keepers keepers_{{seen(1, milliseconds{0}, kBeside)}};
};

TEST_F(Leaving, ComesTrueWhenHeIsAway) {
    see_for(2, kBeside);
    EXPECT_FALSE(keepers_.left_since());
    see(kAway);
    EXPECT_EQ(keepers_.left_since(), now_);
}

TEST_F(Leaving, PausesWhileHePassesAndGoesOn) {
    see_for(4, kAway);
    const std::optional<WallTime> left = keepers_.left_since();
    ASSERT_TRUE(left);
    see_for(6, kBeside);
    EXPECT_FALSE(keepers_.left_since());
    see(kAway);
    EXPECT_EQ(keepers_.left_since(), *left + seconds{3});
}

TEST_F(Leaving, BeginsAnewWhenHeStaysAWhile) {
    see_for(4, kAway);
    see_for(14, kBeside);
    EXPECT_FALSE(keepers_.left_since());
    see(kAway);
    EXPECT_EQ(keepers_.left_since(), now_);
}

}  // namespace
}  // namespace bongsu::behaviours::still_things
