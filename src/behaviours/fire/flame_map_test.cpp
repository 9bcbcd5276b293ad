#include "behaviours/fire/flame_map.hpp"

#include "behaviours/fire/testing_picture.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours::fire {
namespace {

TEST(FlameMap, FindsOrangeOnGrey) {
    const auto map = flame_map(picture({.patches = {{{160, 96, 32, 48}, kOrange}}}));
    ASSERT_TRUE(map);
    const auto regions = flame_regions(*map);
    ASSERT_EQ(regions.size(), 1u);
    EXPECT_GT(iou(regions[0].box, {160, 96, 32, 48}), 0.6F);
}

TEST(FlameMap, WhiteLampsRedCoatsAndGreyScenesAreNoFlames) {
    const auto map = flame_map(picture(
        {.patches = {{{20, 20, 40, 40}, {235, 128, 128}}, {{100, 20, 40, 40}, {60, 110, 190}}}}
    ));
    ASSERT_TRUE(map);
    EXPECT_TRUE(flame_regions(*map).empty());
}

TEST(FlameMap, TwoFiresAreTwoRegionsTheLargerFirst) {
    const auto map =
        flame_map(picture({.patches = {{{16, 16, 16, 16}, kOrange}, {{160, 96, 64, 64}, kOrange}}})
        );
    ASSERT_TRUE(map);
    const auto regions = flame_regions(*map);
    ASSERT_EQ(regions.size(), 2u);
    EXPECT_GT(regions[0].box.x, 100);
}

TEST(FlameMap, AThumbnailIsTooSmallToTell) {
    EXPECT_FALSE(flame_map(picture({.width = 48, .height = 32})));
}

TEST(FlameMap, APictureWithoutPlanesIsNone) {
    Frame frame;
    frame.width = 640;
    frame.height = 480;
    EXPECT_FALSE(flame_map(frame));
}

TEST(FlameMap, PortraitAndOddSizesAreMapped) {
    const auto map =
        flame_map(picture({.width = 121, .height = 353, .patches = {{{40, 200, 40, 60}, kOrange}}})
        );
    ASSERT_TRUE(map);
    ASSERT_FALSE(flame_regions(*map).empty());
    EXPECT_GT(iou(flame_regions(*map)[0].box, {40, 200, 40, 60}), 0.5F);
}

TEST(FlameChange, SameIsNothingAndGoneIsAll) {
    const auto with = flame_map(picture({.patches = {{{160, 96, 32, 48}, kOrange}}}));
    const auto without = flame_map(picture({}));
    ASSERT_TRUE(with && without);
    const Box where{100, 60, 160, 140};
    EXPECT_FLOAT_EQ(flame_change(*with, *with, where), 0);
    EXPECT_FLOAT_EQ(flame_change(*with, *without, where), 1);
    EXPECT_FLOAT_EQ(flame_change(*with, *without, {0, 0, 40, 40}), 0);
}

TEST(FlameChange, PicturesOfDifferentShapeSayNothing) {
    const auto wide = flame_map(picture({.patches = {{{160, 96, 32, 48}, kOrange}}}));
    const auto tall = flame_map(picture({.width = 128, .height = 320}));
    ASSERT_TRUE(wide && tall);
    EXPECT_FLOAT_EQ(flame_change(*wide, *tall, {0, 0, 320, 320}), 0);
}

}  // namespace
}  // namespace bongsu::behaviours::fire
