#include "vision/verifiers/fight/company.hpp"

#include "vision/verifiers/fight/restless.hpp"

#include <array>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fight {
namespace {

Detection person(const Box& box) {
    return {ObjectClass::Person, 0.8F, box, {}};
}

const Box kLeft{400, 300, 60, 160};
const Box kRight{470, 305, 60, 160};

TEST(FightCompany, TwoWithinReach) {
    const std::array people{person(kLeft), person(kRight)};
    const auto bodies = in_company(people);
    ASSERT_EQ(bodies.size(), 2U);
    EXPECT_EQ(bodies[0], (Box{350, 300, 160, 160}));
}

TEST(FightCompany, SomebodyAloneIsNone) {
    EXPECT_TRUE(in_company(std::array{person(kLeft)}).empty());
    EXPECT_TRUE(in_company(std::array{person(kLeft), person({700, 300, 60, 160})}).empty());
}

TEST(FightCompany, SomebodyFarBehindIsNotWithinReach) {
    EXPECT_FALSE(are_within_reach(kLeft, {410, 280, 20, 55}));
}

TEST(FightCompany, OneBoxOfTwoPeopleIsACompanyWhereSomebodyElseIsNear) {
    EXPECT_EQ(
        in_company(std::array{person({400, 300, 150, 150}), person({750, 300, 60, 160})}).size(), 1U
    );
}

TEST(FightCompany, WhoFallsAloneIsWideButNoCompany) {
    EXPECT_TRUE(in_company(std::array{person({400, 300, 150, 150})}).empty());
    EXPECT_TRUE(
        in_company(std::array{person({100, 300, 150, 150}), person({1200, 300, 60, 160})}).empty()
    );
}

TEST(FightCompany, PartsOfOnePersonAreNoCompany) {
    EXPECT_TRUE(
        in_company(std::array{person({400, 400, 200, 70}), person({410, 405, 80, 60})}).empty()
    );
}

TEST(FightCompany, HalvesOfSomebodyWhoLiesAreNoCompany) {
    EXPECT_TRUE(
        in_company(std::array{person({400, 400, 100, 60}), person({510, 405, 110, 55})}).empty()
    );
    EXPECT_EQ(
        in_company(std::array{person({400, 400, 100, 60}), person({480, 320, 60, 140})}).size(), 2U
    );
}

TEST(FightRestless, IsWhereMostChanges) {
    std::vector<Frame> frames;
    for (int i = 0; i < 6; ++i) {
        WritableFrame picture = allocate_frame(640, 360);
        const int stride = picture.frame.planes[0].stride;
        std::memset(picture.data[0], 90, static_cast<std::size_t>(stride) * 360);
        for (int row = 150; row < 200; ++row) {
            std::memset(picture.data[0] + row * stride + 480, i % 2 == 0 ? 60 : 140, 40);
        }
        frames.push_back(picture.frame);
    }
    std::vector<const Frame*> shown;
    for (const Frame& frame : frames) {
        shown.push_back(&frame);
    }
    const std::array<Box, 2> bodies{Box{100, 140, 80, 80}, Box{460, 140, 80, 80}};
    EXPECT_EQ(most_restless(shown, bodies), bodies[1]);
    EXPECT_FALSE(most_restless(shown, {}));
}

}  // namespace
}  // namespace bongsu::verifiers::fight
