#include "vision/look_plan.hpp"

#include <array>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

constexpr std::array<Network::Size, 6> kSizes{
    {{320, 256}, {416, 256}, {416, 416}, {640, 384}, {640, 480}, {768, 576}}
};

TEST(PlanLook, LargePeopleNeedOnlyTheSmallestInput) {
    const LookPlan plan = plan_look(kSizes, 640, 480, 0.3F);
    EXPECT_EQ(plan, (LookPlan{0, 1, 1}));
}

TEST(PlanLook, SmallerPeopleNeedALargerInput) {
    const LookPlan near = plan_look(kSizes, 768, 576, 0.12F);
    const LookPlan far = plan_look(kSizes, 768, 576, 0.06F);
    EXPECT_LT(near.size, far.size);
}

TEST(PlanLook, TinyPeopleAreLookedAtInTiles) {
    const LookPlan plan = plan_look(kSizes, 1920, 1080, 0.03F);
    EXPECT_GT(plan.columns * plan.rows, 1);
}

TEST(PlanLook, TilesAreNotUsedToEnlargeAPictureThatHoldsNoDetail) {
    EXPECT_EQ(plan_look(kSizes, 320, 240, 0.01F).columns, 1);
}

TEST(PlanLook, ACrowdIsLookedAtInEnlargedTilesWhenAllowed) {
    EXPECT_EQ(plan_look(kSizes, 640, 480, 0.025F, 2.2F), (LookPlan{5, 2, 2}));
    EXPECT_EQ(plan_look(kSizes, 640, 360, 0.025F, 2.2F), (LookPlan{4, 3, 2}));
    EXPECT_EQ(plan_look(kSizes, 640, 480, 0.025F).columns, 1);
}

TEST(RegionScale, NeverEnlarges) {
    EXPECT_FLOAT_EQ(region_scale(240, 0.05F), 1.F);
    EXPECT_LT(region_scale(1080, 0.1F), 0.3F);
}

TEST(PlanLook, SubStreamIsNotEnlarged) {
    const LookPlan plan = plan_look(kSizes, 640, 360, 0.06F);
    EXPECT_EQ(plan, (LookPlan{3, 1, 1}));  // 640x384
}

TEST(PlanLook, ExtremeShapeStillGetsAPlan) {
    EXPECT_EQ(plan_look(kSizes, 4000, 100, 0.5F).columns, 1);
}

}  // namespace
}  // namespace bongsu::vision
