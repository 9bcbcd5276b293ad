#include "domain/geometry.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

const Polygon kSquare{{0, 0}, {10, 0}, {10, 10}, {0, 10}};

TEST(Box, OverlapIsSymmetricAndBounded) {
    const Box a{0, 0, 10, 10};
    const Box b{5, 0, 10, 10};
    EXPECT_FLOAT_EQ(iou(a, b), 50.0F / 150.0F);
    EXPECT_FLOAT_EQ(iou(b, a), iou(a, b));
    EXPECT_FLOAT_EQ(iou(a, a), 1);
    EXPECT_FLOAT_EQ(iou(a, {20, 20, 5, 5}), 0);
    EXPECT_FLOAT_EQ(iou(a, {}), 0);
}

TEST(Box, ClippedStaysInThePicture) {
    EXPECT_EQ(clipped({-5, -5, 20, 8}, 10, 10), (Box{0, 0, 10, 3}));
    EXPECT_EQ(clipped({50, 50, 2, 2}, 10, 10), Box{});
}

TEST(Box, EnclosingIgnoresNothing) {
    EXPECT_EQ(enclosing({}, {1, 2, 3, 4}), (Box{1, 2, 3, 4}));
    EXPECT_EQ(enclosing({0, 0, 1, 1}, {4, 4, 1, 1}), (Box{0, 0, 5, 5}));
}

TEST(Polygon, KnowsInsideFromOutside) {
    EXPECT_TRUE(contains(kSquare, {5, 5}));
    EXPECT_FALSE(contains(kSquare, {15, 5}));
    const Polygon notch{{0, 0}, {10, 0}, {10, 10}, {5, 2}, {0, 10}};
    EXPECT_FALSE(contains(notch, {5, 8}));
}

TEST(Polygon, AreaDoesNotDependOnDirection) {
    EXPECT_FLOAT_EQ(area(kSquare), 100);
    EXPECT_FLOAT_EQ(area({kSquare.rbegin(), kSquare.rend()}), 100);
}

TEST(Polygon, BowTieCrossesItself) {
    EXPECT_FALSE(is_self_crossing(kSquare));
    EXPECT_TRUE(is_self_crossing({{0, 0}, {10, 10}, {10, 0}, {0, 10}}));
}

TEST(Segment, CrossesOnlyWhenBothSidesAreSplit) {
    const Segment line{{0, 0}, {10, 0}};
    EXPECT_TRUE(crosses(line, {{5, -1}, {5, 1}}));
    EXPECT_FALSE(crosses(line, {{15, -1}, {15, 1}}));
}

TEST(Segment, RightHandOfAWalkerIsPositive) {
    const Segment eastward{
        {0, 0}, {10, 0}
    };  // in picture coordinates south (y down) is on the right
    EXPECT_GT(side_of(eastward, {5, 3}), 0);
    EXPECT_LT(side_of(eastward, {5, -3}), 0);
}

}  // namespace
}  // namespace bongsu
