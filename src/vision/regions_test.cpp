#include "vision/regions.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::vision {
namespace {

TEST(PlanRegions, SmallMotionGetsSurroundings) {
    const std::vector<Box> motion{{300, 200, 10, 20}};
    const auto regions = plan_regions(motion, 640, 360, {});
    ASSERT_EQ(regions.size(), 1u);
    EXPECT_FLOAT_EQ(regions[0].h, 72);
    EXPECT_FLOAT_EQ(regions[0].w, 72);
    EXPECT_LT(regions[0].x, 300);
    EXPECT_GT(regions[0].bottom(), 220);
}

TEST(PlanRegions, NeighboursBecomeOneRegion) {
    const std::vector<Box> motion{{300, 200, 40, 60}, {330, 210, 40, 60}};
    EXPECT_EQ(plan_regions(motion, 640, 360, {}).size(), 1u);
}

TEST(PlanRegions, FarApartStaysApart) {
    const std::vector<Box> motion{{0, 0, 40, 60}, {590, 290, 40, 60}};
    EXPECT_EQ(plan_regions(motion, 640, 360, {}).size(), 2u);
}

TEST(PlanRegions, OutsideAndEmptyAreIgnored) {
    const std::vector<Box> motion{{700, 10, 40, 60}, {10, 10, 0, 5}};
    EXPECT_TRUE(plan_regions(motion, 640, 360, {}).empty());
}

RC_GTEST_PROP(PlanRegions, CoversAllMotionInsideThePicture, ()) {
    std::vector<Box> motion;
    const auto count = *rc::gen::inRange(1, 10);
    for (int i = 0; i < count; ++i) {
        motion.push_back(
            {static_cast<float>(*rc::gen::inRange(0, 600)),
             static_cast<float>(*rc::gen::inRange(0, 330)),
             static_cast<float>(*rc::gen::inRange(1, 40)),
             static_cast<float>(*rc::gen::inRange(1, 30))}
        );
    }
    const auto regions = plan_regions(motion, 640, 360, {});
    for (const Box& region : regions) {
        RC_ASSERT(
            region.x >= 0 && region.y >= 0 && region.right() <= 640.01F &&
            region.bottom() <= 360.01F
        );
    }
    for (const Box& box : motion) {
        RC_ASSERT(std::ranges::any_of(regions, [&](const Box& r) {
            return intersection(r, box).area() > box.area() * 0.999F;
        }));
    }
}

TEST(TileGrid, TilesReachAllEdgesAndOverlap) {
    const auto tiles = tile_grid(768, 576, 2, 2, 0.2F);
    ASSERT_EQ(tiles.size(), 4u);
    EXPECT_EQ(tiles[0].x, 0);
    EXPECT_EQ(tiles[3].x + tiles[3].w, 768);
    EXPECT_EQ(tiles[3].y + tiles[3].h, 576);
    EXPECT_GT(tiles[0].x + tiles[0].w, tiles[1].x + 60);
}

TEST(IsCut, OnlyInnerEdgesCount) {
    const PixelRect left_half{0, 0, 320, 360};
    EXPECT_FALSE(is_cut({0, 100, 40, 80}, left_half, 640, 360, 3));
    EXPECT_TRUE(is_cut({281, 100, 39, 80}, left_half, 640, 360, 3));
}

}  // namespace
}  // namespace bongsu::vision
