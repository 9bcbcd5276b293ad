#include "vision/verifiers/fire/shift.hpp"

#include <cmath>
#include <cstdint>
#include <functional>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fire {
namespace {

constexpr int kWidth = 320;
constexpr int kHeight = 240;

/// A picture whose luma at each place is `luma` of it.
Frame draw(const std::function<float(float, float)>& luma) {
    WritableFrame out = allocate_frame(kWidth, kHeight);
    const int stride = out.frame.planes[0].stride;
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            out.data[0][static_cast<std::ptrdiff_t>(y) * stride + x] =
                static_cast<std::uint8_t>(luma(static_cast<float>(x), static_cast<float>(y)));
        }
    }
    return out.frame;
}

/// Walls, windows and posts.
float street(float x, float y) {
    const float posts = 30 * std::sin(x / 7) * (1.5F + std::cos(y / 40));
    const float windows = 25 * std::sin(y / 9) * (1.5F + std::cos(x / 60));
    return 120 + posts / 2 + windows / 2;
}

TEST(Shift, IsFoundToAFractionOfAPixel) {
    const Profiles before(draw(street));
    const Profiles now(draw([](float x, float y) { return street(x - 2.5F, y + 1.25F); }));
    const auto shift = before.shift_to(now);
    ASSERT_TRUE(shift);
    EXPECT_NEAR(shift->x, 2.5F, 0.2F);
    EXPECT_NEAR(shift->y, -1.25F, 0.2F);
}

TEST(Shift, WhatPassesIsNoneOfTheCamera) {
    const auto with_lorry = [](float left) {
        return draw([left](float x, float y) {
            const bool is_lorry = x >= left && x < left + 90 && y >= 130 && y < 200;
            return is_lorry ? 60 + 20 * std::sin((x - left) / 5) : street(x, y);
        });
    };
    const auto shift = Profiles(with_lorry(80)).shift_to(Profiles(with_lorry(86)));
    ASSERT_TRUE(shift);
    EXPECT_LT(std::hypot(shift->x, shift->y), 0.25F);
}

TEST(Shift, CannotBeToldOfAWall) {
    const Profiles wall(draw([](float, float) { return 120.F; }));
    EXPECT_FALSE(wall.shift_to(wall));
}

TEST(Shift, CannotBeToldOfAnotherView) {
    const Profiles before(draw(street));
    const Profiles other(draw([](float x, float y) { return street(1.3F * y + 50, 0.7F * x); }));
    EXPECT_FALSE(before.shift_to(other));
}

}  // namespace
}  // namespace bongsu::verifiers::fire
