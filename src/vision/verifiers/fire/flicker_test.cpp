#include "vision/verifiers/fire/flicker.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fire {
namespace {

constexpr int kWidth = 160;
constexpr int kHeight = 120;
const Box kPart{40, 20, 80, 80};

struct Colour {
    int y = 90;
    int u = 128;
    int v = 128;
};

/// One picture: `colour` says what is at each pixel.
Frame draw(int number, int step_ms, const std::function<Colour(int, int)>& colour) {
    WritableFrame out = allocate_frame(kWidth, kHeight);
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const Colour c = colour(x, y);
            const auto at = [&](std::size_t plane, int px, int py) -> std::uint8_t& {
                return out
                    .data[plane]
                         [static_cast<std::ptrdiff_t>(py) * out.frame.planes[plane].stride + px];
            };
            at(0, x, y) = static_cast<std::uint8_t>(c.y);
            at(1, x / 2, y / 2) = static_cast<std::uint8_t>(c.u);
            at(2, x / 2, y / 2) = static_cast<std::uint8_t>(c.v);
        }
    }
    out.frame.wall =
        WallTime{std::chrono::seconds{100} + std::chrono::milliseconds{step_ms * number}};
    return out.frame;
}

Colour orange(int y) {
    return {y, 70, 180};
}

bool is_within(int x, int y, int left, int top, int right, int bottom) {
    return x >= left && x < right && y >= top && y < bottom;
}

using Picture = std::function<Colour(int number, int x, int y)>;

std::vector<Frame> film(int pictures, int step_ms, const Picture& at) {
    std::vector<Frame> out;
    for (int i = 0; i < pictures; ++i) {
        out.push_back(draw(i, step_ms, [&](int x, int y) { return at(i, x, y); }));
    }
    return out;
}

/// Tongues whose height and brightness vary from column to column and from picture to picture.
Colour flames(int i, int x, int y) {
    const int top = 40 + (x * 7 + i * 13) % 24;
    if (!is_within(x, y, 60, top, 100, 84)) {
        return {};
    }
    return orange(150 + (x * 5 + y * 3 + i * 29) % 40);
}

TEST(Flicker, FlamesBoilInPlace) {
    const auto frames = film(8, 200, flames);
    const auto flicker = measure_flicker(frames, kPart);
    ASSERT_TRUE(flicker);
    EXPECT_GT(like_flames(*flicker, false), 0.9F);
    EXPECT_GT(flicker->inner, 3 * flicker->outside);
    EXPECT_LT(flicker->drift, 0.2F);
}

TEST(Flicker, AStillOrangeSignWithNoiseIsNoFire) {
    const auto frames = film(8, 200, [](int i, int x, int y) {
        const int noise = (x * 31 + y * 17 + i * 97) % 7 - 3;
        Colour c = is_within(x, y, 60, 40, 100, 80) ? orange(170) : Colour{};
        c.y += noise;
        return c;
    });
    const auto flicker = measure_flicker(frames, kPart);
    ASSERT_TRUE(flicker);
    EXPECT_FLOAT_EQ(like_flames(*flicker, false), 0);
}

TEST(Flicker, AnOrangeThingThatPassesIsNoFire) {
    const auto frames = film(8, 200, [](int i, int x, int y) {
        return is_within(x, y, 30 + 12 * i, 40, 50 + 12 * i, 80) ? orange(150 + (x + y) % 30)
                                                                 : Colour{};
    });
    const auto flicker = measure_flicker(frames, kPart);
    ASSERT_TRUE(flicker);
    EXPECT_FLOAT_EQ(like_flames(*flicker, false), 0)
        << "fire does not walk, whatever it looks like";
}

/// The same restless shapes as flames in other colours.
std::vector<Frame> restless(const Colour& colour) {
    return film(8, 200, [colour](int i, int x, int y) {
        const Colour c = flames(i, x, y);
        return c.u == Colour{}.u ? Colour{130} : Colour{c.y - 170 + colour.y, colour.u, colour.v};
    });
}

TEST(Flicker, HandsAndRedClothThatMoveAreNoFire) {
    const auto skin = measure_flicker(restless({150, 106, 156}), kPart);
    ASSERT_TRUE(skin);
    EXPECT_FLOAT_EQ(like_flames(*skin, false), 0);
    const auto cloth = measure_flicker(restless({100, 95, 200}), kPart);
    ASSERT_TRUE(cloth);
    EXPECT_FLOAT_EQ(like_flames(*cloth, false), 0);
}

TEST(Flicker, ABlinkingLampIsNoFire) {
    const auto frames = film(8, 200, [](int i, int x, int y) {
        return i % 2 == 0 && is_within(x, y, 60, 40, 100, 80) ? orange(200) : Colour{};
    });
    const auto flicker = measure_flicker(frames, kPart);
    ASSERT_TRUE(flicker);
    EXPECT_FLOAT_EQ(like_flames(*flicker, true), 0);
}

TEST(Flicker, ACameraThatShakesMakesNoFire) {
    const auto frames = film(8, 200, [](int i, int x, int y) {
        Colour c = is_within(x, y, 60, 40, 100, 80) ? orange(170) : Colour{};
        c.y += (x / 4 + y / 4 + i) % 2 == 0 ? 20 : 0;
        return c;
    });
    const auto flicker = measure_flicker(frames, kPart);
    ASSERT_TRUE(flicker);
    EXPECT_FLOAT_EQ(like_flames(*flicker, false), 0);
}

/// The same street with `thing` before it, seen by a camera that sways by up to two pixels.
std::vector<Frame> from_a_mast(const Picture& thing) {
    return film(8, 200, [&](int i, int x, int y) {
        const auto number = static_cast<double>(i);
        const int u = x + static_cast<int>(std::lround(2 * std::sin(1.7 * number)));
        const int v = y + static_cast<int>(std::lround(1.5 * std::sin(2.9 * number + 1)));
        const Colour seen = thing(i, u, v);
        const int ground = 90 + static_cast<int>(10 * std::sin(u / 3.0) + 10 * std::sin(v / 4.0));
        return seen.u == Colour{}.u ? Colour{ground} : seen;
    });
}

TEST(Flicker, AnOrangeSignSeenFromASwayingMastIsNoFire) {
    const auto frames = from_a_mast([](int, int x, int y) {
        return is_within(x, y, 60, 40, 100, 80) ? orange(x / 8 % 2 == 0 ? 150 : 200) : Colour{};
    });
    const auto flicker = measure_flicker(frames, kPart);
    ASSERT_TRUE(flicker);
    EXPECT_GT(flicker->sway, 1);
    EXPECT_FLOAT_EQ(like_flames(*flicker, false), 0);
}

TEST(Flicker, WhereTheCameraSwaysTremblingEdgesAreNoFire) {
    Flicker edges{.inner = 4, .outside = 1.2F, .toggling = 0.2F, .steadiness = 0.9F, .glow = 0.5F};
    EXPECT_GT(like_flames(edges, false), 0);
    edges.sway = 0.8F;
    EXPECT_FLOAT_EQ(like_flames(edges, false), 0);
}

TEST(Flicker, FlamesAreSeenFromASwayingMast) {
    const auto flicker = measure_flicker(from_a_mast(flames), kPart);
    ASSERT_TRUE(flicker);
    EXPECT_GT(flicker->sway, 1);
    EXPECT_GT(like_flames(*flicker, false), 0.9F);
}

TEST(Flicker, TooFewPicturesSayNothing) {
    const auto frames = film(4, 200, flames);
    EXPECT_FALSE(measure_flicker(frames, kPart));
}

TEST(Flicker, ManyPicturesOfAnInstantSayNothing) {
    const auto frames = film(20, 20, flames);
    EXPECT_FALSE(measure_flicker(frames, kPart));
}

TEST(Flicker, APartWithoutFlameColourSaysNothing) {
    const auto frames = film(8, 200, [](int, int, int) { return Colour{}; });
    EXPECT_FALSE(measure_flicker(frames, kPart));
}

TEST(Flicker, TenPicturesASecondAreJudgedAsFive) {
    const auto slow = measure_flicker(film(8, 200, flames), kPart);
    const auto frames = film(15, 100, [](int i, int x, int y) { return flames(i / 2, x, y); });
    const auto quick = measure_flicker(frames, kPart);
    ASSERT_TRUE(slow && quick);
    EXPECT_NEAR(slow->inner, quick->inner, 0.25F * slow->inner);
}

}  // namespace
}  // namespace bongsu::verifiers::fire
