#include "behaviours/line_crossing/line_path.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace bongsu::behaviours::line_crossing {
namespace {

using std::chrono::seconds;

const Segment kDown{
    {100, 0}, {100, 200}
};  // walking down the picture: the right hand is at smaller x
constexpr float kBand = 5;

std::vector<LinePath::Crossing> walk(const std::vector<Point>& points) {
    LinePath path;
    std::vector<LinePath::Crossing> crossings;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (const auto crossing = path.step(kDown, points[i], WallTime{seconds{i}}, kBand)) {
            crossings.push_back(*crossing);
        }
    }
    return crossings;
}

TEST(LinePath, DirectionIsToldByTheHandOfWhoWalksAlongTheLine) {
    EXPECT_TRUE(walk({{150, 100}, {50, 100}}).at(0).is_a_to_b);
    EXPECT_FALSE(walk({{50, 100}, {150, 100}}).at(0).is_a_to_b);
}

TEST(LinePath, TimeIsInterpolated) {
    const auto crossings = walk({{175, 100}, {75, 100}});
    EXPECT_NEAR(to_seconds(crossings.at(0).time.time_since_epoch()), 0.75, 1e-3);
}

TEST(LinePath, CountsOnlyBetweenTheEnds) {
    EXPECT_TRUE(walk({{150, 250}, {50, 250}}).empty());
    EXPECT_EQ(walk({{150, 250}, {50, 250}, {50, 100}, {150, 100}}).size(), 1U);
}

TEST(LinePath, APointOnTheLineIsOnNoSide) {
    EXPECT_EQ(walk({{150, 100}, {100, 100}, {50, 100}}).size(), 1U);
    EXPECT_TRUE(walk({{150, 100}, {100, 100}, {150, 100}}).empty());
    EXPECT_TRUE(walk({{100, 100}, {150, 100}}).empty()) << "where it came from is not known";
}

TEST(LinePath, NeverCrossesWithinTheBand) {
    rc::check(
        "positions within the band cross nothing",
        [](const std::vector<signed char>& offsets) {
            std::vector<Point> points{{150, 100}};
            for (const signed char offset : offsets) {
                points.push_back({100 + static_cast<float>(offset) / 128 * (kBand - 0.1F), 100});
            }
            RC_ASSERT(walk(points).empty());
        }
    );
}

TEST(LinePath, CrossingsAlternateInDirection) {
    rc::check(
        "after a to b comes b to a",
        [](const std::vector<std::pair<signed char, unsigned char>>& way) {
            std::vector<Point> points;
            for (const auto& [x, y] : way) {
                points.push_back(
                    {100 + static_cast<float>(x), 10 + static_cast<float>(y) / 255 * 180}
                );
            }
            const auto crossings = walk(points);
            for (std::size_t i = 1; i < crossings.size(); ++i) {
                RC_ASSERT(crossings[i].is_a_to_b != crossings[i - 1].is_a_to_b);
                RC_ASSERT(crossings[i].time >= crossings[i - 1].time);
            }
        }
    );
}

}  // namespace
}  // namespace bongsu::behaviours::line_crossing
