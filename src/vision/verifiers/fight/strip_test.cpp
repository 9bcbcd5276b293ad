#include "vision/verifiers/fight/strip.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fight {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'750'000'000}};
constexpr Box kBody{300, 200, 80, 80};

/// Even grey pictures, each a grey level brighter than the one before.
std::vector<Frame> film(int count, milliseconds apart, int width = 640, int height = 360) {
    std::vector<Frame> frames;
    for (int i = 0; i < count; ++i) {
        WritableFrame picture = allocate_frame(width, height);
        const Plane& luma = picture.frame.planes[0];
        std::memset(picture.data[0], 100 + i, static_cast<std::size_t>(luma.stride * luma.height));
        picture.frame.wall = kStart + i * apart;
        picture.frame.is_full_range = true;
        frames.push_back(picture.frame);
    }
    return frames;
}

std::optional<Strip> cut(const std::vector<Frame>& frames, const Box& body) {
    return cut_strip(choose(frames), body);
}

TEST(FightStrip, TakesTenPicturesASecondOfTheLastTwoSeconds) {
    const auto strip = cut(film(90, milliseconds{33}), kBody);
    ASSERT_TRUE(strip);
    EXPECT_NEAR(static_cast<double>(strip->grey.size()), 20, 2);
    EXPECT_NEAR(strip->seconds.back(), 2, 0.1);
    EXPECT_EQ(strip->grey.back().at<std::uint8_t>(0, 0), 189);
    EXPECT_EQ(strip->grey.back().size(), cv::Size(kSide, kSide));
    EXPECT_NEAR(strip->bodies_per_pixel, 2.2 / kSide, 1e-4);
}

TEST(FightStrip, FivePicturesASecondWillDo) {
    EXPECT_TRUE(cut(film(8, milliseconds{200}), kBody));
}

TEST(FightStrip, TooLittleIsNothing) {
    EXPECT_FALSE(cut(film(1, milliseconds{100}), kBody));
    EXPECT_FALSE(cut(film(11, milliseconds{100}), kBody));
    EXPECT_FALSE(cut(film(3, milliseconds{1000}), kBody));
    EXPECT_FALSE(cut(film(20, milliseconds{100}), {300, 200, 15, 15}));
}

TEST(FightStrip, AGapIsNothing) {
    std::vector<Frame> frames = film(20, milliseconds{100});
    frames.erase(frames.begin() + 12, frames.begin() + 16);
    EXPECT_FALSE(cut(frames, kBody));
}

TEST(FightStrip, StillPicturesAtTheBeginningAreLeftOutAsFarAsEnoughRemains) {
    const std::vector<Frame> frames = film(21, milliseconds{100});
    const auto chosen = choose(frames);
    EXPECT_EQ(since_moving(chosen, 0).size(), 21U);
    EXPECT_EQ(since_moving(chosen, 5).front(), chosen[5]);
    EXPECT_EQ(since_moving(chosen, 18).front(), chosen[8]);
    EXPECT_EQ(since_moving(chosen, 40).front(), chosen[8]);
}

TEST(FightStrip, PicturesOfAnotherSizeDoNotCount) {
    std::vector<Frame> frames = film(10, milliseconds{100}, 320, 180);
    std::ranges::move(film(5, milliseconds{100}), std::back_inserter(frames));
    for (std::size_t i = 0; i < frames.size(); ++i) {
        frames[i].wall = kStart + i * milliseconds{100};
    }
    EXPECT_FALSE(cut(frames, kBody));
}

TEST(FightStrip, ABodyAsLargeAsThePictureIsMeasuredByItsOwnSize) {
    const auto strip = cut(film(20, milliseconds{100}), {140, 0, 360, 360});
    ASSERT_TRUE(strip);
    EXPECT_EQ(strip->grey.back().size(), cv::Size(kSide, 63));
    EXPECT_NEAR(strip->bodies_per_pixel, 640.0 / kSide / 360, 1e-4);
}

TEST(FightStrip, SmallAndPortraitPicturesAreNoTrouble) {
    EXPECT_TRUE(cut(film(20, milliseconds{100}, 90, 160), {10, 40, 60, 60}));
    EXPECT_TRUE(cut(film(20, milliseconds{100}, 160, 120), {0, 0, 160, 120}));
}

}  // namespace
}  // namespace bongsu::verifiers::fight
