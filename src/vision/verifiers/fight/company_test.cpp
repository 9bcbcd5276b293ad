#include "vision/verifiers/fight/company.hpp"

#include "vision/verifiers/fight/restless.hpp"

#include <array>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fight {
namespace {

Detection person(const Box& box, float score = 0.8F) {
    return {ObjectClass::Person, score, box, {}};
}

const Box kLeft{400, 300, 60, 160};
const Box kRight{470, 305, 60, 160};

std::size_t companies(const std::vector<Box>& boxes) {
    std::vector<Detection> people;
    for (const Box& box : boxes) {
        people.push_back(person(box));
    }
    return companies_in(std::array{people}).front().size();
}

TEST(FightCompany, TwoWithinReach) {
    const std::vector<Detection> people{person(kLeft), person(kRight)};
    const auto found = companies_in(std::array{people});
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].size(), 1U);
    EXPECT_EQ(enclosing(found[0][0].one, found[0][0].other), enclosing(kLeft, kRight));
}

TEST(FightCompany, SomebodyAloneIsNone) {
    EXPECT_EQ(companies({kLeft}), 0U);
    EXPECT_EQ(companies({kLeft, {700, 300, 60, 160}}), 0U);
}

TEST(FightCompany, SomebodyFarBehindIsNotWithinReach) {
    EXPECT_FALSE(are_within_reach(kLeft, {410, 280, 20, 55}));
}

TEST(FightCompany, ABoxTooWideForOneIsStillOne) {
    EXPECT_EQ(companies({{400, 300, 150, 150}, {750, 300, 60, 160}}), 0U);
}

TEST(FightCompany, PartsOfOnePersonAreNoCompany) {
    EXPECT_EQ(companies({{400, 400, 200, 70}, {410, 405, 80, 60}}), 0U);
}

TEST(FightCompany, HalvesOfSomebodyWhoLiesAreNoCompany) {
    EXPECT_EQ(companies({{400, 400, 100, 60}, {510, 405, 110, 55}}), 0U);
    EXPECT_EQ(companies({{400, 400, 100, 60}, {480, 320, 60, 140}}), 1U);
}

TEST(FightCompany, FeetOfSomebodyWhoFallsAreNoPeople) {
    const std::vector<Box> feet{{390, 427, 30, 53}, {430, 428, 32, 49}};
    EXPECT_EQ(companies(feet), 1U);
    EXPECT_EQ(companies({feet[0], feet[1], {230, 278, 153, 202}}), 0U);
}

TEST(FightCompany, WhoIsFoundWholeInOnePictureIsNotTwoInTheNext) {
    const std::vector<Detection> whole{person({230, 278, 153, 202})};
    const std::vector<Detection> pieces{person({390, 427, 30, 53}), person({430, 428, 32, 49})};
    const auto found = companies_in(std::array{whole, pieces});
    ASSERT_EQ(found.size(), 2U);
    EXPECT_TRUE(found[1].empty());
}

TEST(FightCompany, OneOfTwoMayBeDoubtful) {
    const std::vector<Detection> hidden{person(kLeft), person(kRight, 0.16F)};
    EXPECT_EQ(companies_in(std::array{hidden}).front().size(), 1U);
    const std::vector<Detection> piece{person(kLeft), person({470, 400, 90, 60}, 0.16F)};
    EXPECT_TRUE(companies_in(std::array{piece}).front().empty());
    const std::vector<Detection> nobody{person(kLeft, 0.2F), person(kRight, 0.16F)};
    EXPECT_TRUE(companies_in(std::array{nobody}).front().empty());
}

TEST(FightCompany, WhoIsDoubtfulStillHasPieces) {
    const std::vector<Detection> people{
        person(kLeft), person(kRight), person({380, 150, 200, 330}, 0.2F)
    };
    EXPECT_TRUE(companies_in(std::array{people}).front().empty());
}

/// A patch that flickers from picture `from` on, before an even wall.
std::vector<Frame> flicker(int count, int from) {
    std::vector<Frame> frames;
    for (int i = 0; i < count; ++i) {
        WritableFrame picture = allocate_frame(640, 360);
        const int stride = picture.frame.planes[0].stride;
        std::memset(picture.data[0], 90, static_cast<std::size_t>(stride) * 360);
        for (int row = 150; row < 200; ++row) {
            std::memset(
                picture.data[0] + row * stride + 480, i < from || i % 2 == 0 ? 60 : 140, 40
            );
        }
        frames.push_back(picture.frame);
    }
    return frames;
}

std::vector<const Frame*> shown(const std::vector<Frame>& frames) {
    std::vector<const Frame*> out;
    for (const Frame& frame : frames) {
        out.push_back(&frame);
    }
    return out;
}

TEST(FightRestless, IsWhereMostChanges) {
    const auto frames = flicker(6, 0);
    const auto pictures = shown(frames);
    const Change change(pictures);
    const std::array<Box, 2> bodies{Box{100, 140, 80, 80}, Box{460, 140, 80, 80}};
    EXPECT_EQ(change.most_restless(bodies), bodies[1]);
    EXPECT_FALSE(change.most_restless({}));
    EXPECT_EQ(change.in({100, 140, 80, 80}), 0);
    EXPECT_GT(change.in({480, 150, 40, 50}), 10);
}

TEST(FightRestless, WhatWasStillBeforeIsCounted) {
    const auto frames = flicker(12, 7);
    const auto pictures = shown(frames);
    EXPECT_EQ(Change(pictures).still_before({460, 140, 80, 80}), 6U);
    const auto still = flicker(6, 6);
    EXPECT_EQ(Change(shown(still)).still_before({460, 140, 80, 80}), 0U);
}

}  // namespace
}  // namespace bongsu::verifiers::fight
