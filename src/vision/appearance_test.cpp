#include "vision/appearance.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

struct Colour {
    std::uint8_t y;
    std::uint8_t u;
    std::uint8_t v;
};

constexpr Colour kRed{90, 90, 240};
constexpr Colour kBlue{60, 230, 110};
constexpr Colour kBlack{30, 128, 128};

/// A picture whose upper and lower half are of one colour each.
Frame two_colours(Colour upper, Colour lower) {
    WritableFrame out = allocate_frame(64, 128);
    for (int y = 0; y < 128; ++y) {
        const Colour c = y < 64 ? upper : lower;
        std::fill_n(out.data[0] + y * 64, 64, c.y);
        std::fill_n(out.data[1] + y / 2 * 32, 32, c.u);
        std::fill_n(out.data[2] + y / 2 * 32, 32, c.v);
    }
    return out.frame;
}

constexpr Box kWhole{0, 0, 64, 128};

TEST(Describe, SameClothesAreTheSameAtAnySize) {
    const Frame frame = two_colours(kRed, kBlack);
    const auto large = describe(frame, kWhole);
    const auto small = describe(frame, {10, 32, 32, 64});
    EXPECT_GT(similarity(large, small), 0.95F);
}

TEST(Describe, RedJacketBlackTrousersDiffersFromTheReverse) {
    const auto one = describe(two_colours(kRed, kBlack), kWhole);
    const auto other = describe(two_colours(kBlack, kRed), kWhole);
    EXPECT_LT(similarity(one, other), 0.05F);
}

TEST(Describe, SharedTrousersGiveHalf) {
    const auto one = describe(two_colours(kRed, kBlack), kWhole);
    const auto other = describe(two_colours(kBlue, kBlack), kWhole);
    EXPECT_NEAR(similarity(one, other), 0.5F, 0.05F);
}

TEST(Describe, IsOfUnitLength) {
    const auto found = describe(two_colours(kRed, kBlue), kWhole);
    ASSERT_EQ(found.size(), static_cast<std::size_t>(kAppearanceSize));
    EXPECT_NEAR(std::inner_product(found.begin(), found.end(), found.begin(), 0.F), 1.F, 1e-4);
}

TEST(Describe, TooSmallOrOutsideIsEmpty) {
    const Frame frame = two_colours(kRed, kBlue);
    EXPECT_TRUE(describe(frame, {0, 0, 6, 30}).empty());
    EXPECT_TRUE(describe(frame, {60, 0, 40, 80}).empty());
    EXPECT_TRUE(describe(frame, {200, 200, 40, 80}).empty());
}

}  // namespace
}  // namespace bongsu::vision
