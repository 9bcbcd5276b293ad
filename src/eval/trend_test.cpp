#include "eval/trend.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

/// y = 100 + slope * x with waves of the given height.
std::vector<Sample> line(double slope, double height, int count = 60) {
    std::vector<Sample> points;
    for (int i = 0; i < count; ++i) {
        const double x = i / 60.0;
        points.push_back({x, 100 + slope * x + height * std::sin(i * 2.7)});
    }
    return points;
}

TEST(Trend, FindsTheSlopeUnderNoise) {
    const auto trend = trend_of(line(12, 1));
    ASSERT_TRUE(trend);
    EXPECT_NEAR(trend->slope, 12, 0.5);
    EXPECT_NEAR(trend->start, 100, 0.5);
    EXPECT_LT(trend->low, 12);
    EXPECT_GT(trend->high, 12);
    EXPECT_GT(trend->low, 10);
    EXPECT_LT(trend->high, 14);
}

TEST(Trend, AFlatLineHasZeroWithinItsInterval) {
    const auto trend = trend_of(line(0, 5));
    ASSERT_TRUE(trend);
    EXPECT_LT(trend->low, 0);
    EXPECT_GT(trend->high, 0);
}

TEST(Trend, OutliersDoNotMoveIt) {
    auto points = line(0, 0.1);
    for (std::size_t i = 0; i < points.size(); i += 5) {
        points[i].y += 1'000 * static_cast<double>(i);
    }
    const auto trend = trend_of(points);
    ASSERT_TRUE(trend);
    EXPECT_NEAR(trend->slope, 0, 1);
}

TEST(Trend, ExactValuesHaveAnExactInterval) {
    const auto trend = trend_of(line(7, 0));
    ASSERT_TRUE(trend);
    EXPECT_NEAR(trend->low, 7, 1e-6);
    EXPECT_NEAR(trend->high, 7, 1e-6);
}

TEST(Trend, TooFewPointsHaveNone) {
    EXPECT_FALSE(trend_of(line(1, 0, 3)));
    const std::vector<Sample> same(10, Sample{1, 2});
    EXPECT_FALSE(trend_of(same));
}

TEST(Medians, AreOfBlocksOfTheSameLength) {
    const std::vector<Sample> points{{0, 1}, {1, 9}, {2, 2}, {3, 5}, {4, 5}, {5, 5}, {6, 8}};
    const std::vector<Sample> medians = medians_of(points, 3);
    ASSERT_EQ(medians.size(), 3U);
    EXPECT_DOUBLE_EQ(medians[0].x, 1);
    EXPECT_DOUBLE_EQ(medians[0].y, 2);
    EXPECT_DOUBLE_EQ(medians[1].y, 5);
    EXPECT_DOUBLE_EQ(medians[2].x, 6);
    EXPECT_EQ(medians_of(points, 100).size(), points.size());
    EXPECT_TRUE(medians_of({}, 3).empty());
}

}  // namespace
}  // namespace bongsu::eval
