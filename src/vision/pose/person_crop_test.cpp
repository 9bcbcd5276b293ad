#include "vision/pose/person_crop.hpp"

#include <array>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

constexpr int kSide = 192;

TEST(PersonCrop, StandingPersonFillsFourFifthsOfTheHeight) {
    const PersonCrop crop = crop_person({300, 100, 40, 160}, 1280, 720, kSide);
    EXPECT_FLOAT_EQ(crop.square.w, 200);
    EXPECT_FLOAT_EQ(crop.square.x, 220);
    EXPECT_FLOAT_EQ(crop.square.y, 80);
    EXPECT_EQ(crop.target, (PixelRect{0, 0, kSide, kSide}));
}

TEST(PersonCrop, LyingPersonIsSeenInASquareToo) {
    const PersonCrop crop = crop_person({300, 300, 160, 40}, 1280, 720, kSide);
    EXPECT_FLOAT_EQ(crop.square.w, crop.square.h);
    EXPECT_FLOAT_EQ(crop.square.h, 200);
}

TEST(PersonCrop, WhatLiesOutsideThePictureStaysEmpty) {
    const PersonCrop crop = crop_person({0, 560, 40, 160}, 1280, 720, kSide);
    EXPECT_EQ(crop.source.x, 0);
    EXPECT_EQ(crop.source.y + crop.source.h, 720);
    EXPECT_GT(crop.target.x, 0);  // 80 of 200 pixels lie left of the picture
    EXPECT_NEAR(crop.target.x, 80 * kSide / 200.0, 1);
    EXPECT_LT(crop.target.y + crop.target.h, kSide);
}

TEST(PersonCrop, TargetNeverLeavesTheInput) {
    const std::vector<Box> odd{
        {-500, -500, 501, 501},
        {1279, 719, 300, 300},
        {3, 3, 0.2F, 0.2F},
        {-4000, -4000, 9000, 9000}
    };
    for (const Box& box : odd) {
        const PersonCrop crop = crop_person(box, 1280, 720, kSide);
        EXPECT_GE(crop.target.x, 0);
        EXPECT_GE(crop.target.y, 0);
        EXPECT_GE(crop.target.w, 1);
        EXPECT_GE(crop.target.h, 1);
        EXPECT_LE(crop.target.x + crop.target.w, kSide);
        EXPECT_LE(crop.target.y + crop.target.h, kSide);
    }
}

TEST(ReadJoints, RowsAreHeightThenWidthThenScore) {
    std::array<float, kJoints * 3> numbers{};
    numbers.at(0) = 0.25F;  // nose: y
    numbers.at(1) = 0.5F;   // x
    numbers.at(2) = 0.85F;  // score
    const Pose pose = read_joints(numbers, {100, 200, 400, 400});
    EXPECT_FLOAT_EQ(pose[Joint::Nose].at.x, 300);
    EXPECT_FLOAT_EQ(pose[Joint::Nose].at.y, 300);
    EXPECT_FLOAT_EQ(pose[Joint::Nose].score, 0.85F);
    EXPECT_FLOAT_EQ(pose.score, 0.05F);
}

}  // namespace
}  // namespace bongsu::vision
