#include "behaviours/fight/company.hpp"

#include <cstdint>

#include <gtest/gtest.h>

namespace bongsu::behaviours::fight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kNow{seconds{1'772'409'600}};
constexpr CompanyRules kRules{.near = 0.6F, .min_score = 0.3F, .min_height = 30};

Track person(std::uint64_t id, const Box& box) {
    Track track;
    track.id = TrackId{id};
    track.state = TrackState::Confirmed;
    track.score = 0.8F;
    track.box = box;
    track.last_seen = kNow;
    return track;
}

std::vector<Company> companies(
    const std::vector<Track>& tracks, const std::vector<Box>& moving = {}
) {
    Scene scene;
    scene.time = kNow;
    scene.width = 1280;
    scene.height = 720;
    scene.tracks = tracks;
    scene.moving = moving;
    return restless_companies(scene, kRules);
}

const Box kLeft{400, 300, 60, 160};
const Box kRight{470, 305, 60, 160};
const Box kStir{430, 300, 80, 120};

TEST(FightCompany, TwoWithinReachWhoMove) {
    const auto found = companies({person(1, kLeft), person(2, kRight)}, {kStir});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].people.size(), 2U);
    EXPECT_EQ(found[0].box, enclosing(kLeft, kRight));
    EXPECT_FLOAT_EQ(found[0].body.w, 160);
    EXPECT_FLOAT_EQ(found[0].body.h, 160);
}

TEST(FightCompany, WhoStandsStillIsNone) {
    EXPECT_TRUE(companies({person(1, kLeft), person(2, kRight)}).empty());
}

TEST(FightCompany, MovementElsewhereIsNone) {
    EXPECT_TRUE(companies({person(1, kLeft), person(2, kRight)}, {{1000, 100, 200, 200}}).empty());
}

TEST(FightCompany, SomebodyAloneIsNone) {
    EXPECT_TRUE(companies({person(1, kLeft)}, {kStir}).empty());
    EXPECT_TRUE(companies({person(1, kLeft), person(2, {700, 300, 60, 160})}, {kStir}).empty());
}

TEST(FightCompany, SomebodyFarBehindIsNotWithinReach) {
    EXPECT_TRUE(companies({person(1, kLeft), person(2, {410, 280, 20, 55})}, {kStir}).empty());
}

TEST(FightCompany, OneBoxOfTwoPeopleIsACompany) {
    const auto found = companies({person(1, {400, 300, 150, 150})}, {kStir});
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].people.size(), 1U);
}

TEST(FightCompany, QuickBoxesNeedNoMovementFromTheGate) {
    Track quick = person(1, kLeft);
    for (int i = 4; i >= 0; --i) {
        Box box = kLeft;
        box.x += i % 2 == 0 ? 0.0F : 40.0F;
        quick.history.push_back({kNow - i * milliseconds{200}, box, true});
    }
    EXPECT_EQ(companies({quick, person(2, kRight)}).size(), 1U);
}

TEST(FightCompany, TooSmallToBeJudged) {
    EXPECT_TRUE(
        companies({person(1, {400, 300, 10, 25}), person(2, {411, 300, 10, 25})}, {kStir}).empty()
    );
}

TEST(FightCompany, TwoPairsAreTwoCompanies) {
    const auto found = companies(
        {person(1, kLeft),
         person(2, kRight),
         person(3, {900, 300, 60, 160}),
         person(4, {970, 300, 60, 160})},
        {kStir, {900, 300, 120, 140}}
    );
    EXPECT_EQ(found.size(), 2U);
}

TEST(FightCompany, WhatIsLookedAtLiesInThePicture) {
    const auto found = companies(
        {person(1, {0, 560, 60, 160}), person(2, {50, 560, 60, 160})}, {{0, 560, 90, 120}}
    );
    ASSERT_EQ(found.size(), 1U);
    EXPECT_GE(found[0].body.x, 0);
    EXPECT_LE(found[0].body.bottom(), 720);
    EXPECT_FLOAT_EQ(found[0].body.w, 160);
}

}  // namespace
}  // namespace bongsu::behaviours::fight
