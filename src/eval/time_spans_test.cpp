#include "eval/time_spans.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

using Spans = std::vector<TimeSpan>;

TEST(TimeSpans, OverlappingOnesBecomeOne) {
    EXPECT_EQ(merged({{5, 7}, {1, 3}, {2, 4}, {7, 8}, {9, 9}}), (Spans{{1, 4}, {5, 8}}));
}

TEST(TimeSpans, TheRestIsWhatNobodyCovers) {
    EXPECT_EQ(rest_of({0, 10}, {{-1, 2}, {4, 5}, {9, 12}}), (Spans{{2, 4}, {5, 9}}));
    EXPECT_EQ(rest_of({0, 10}, {}), (Spans{{0, 10}}));
    EXPECT_TRUE(rest_of({0, 10}, {{0, 10}}).empty());
    EXPECT_EQ(rest_of({0, 10}, {{12, 14}}), (Spans{{0, 10}}));
}

TEST(TimeSpans, CommonTimeIsCountedOnce) {
    const Spans a{{0, 4}, {6, 10}};
    const Spans b{{1, 2}, {3, 7}, {9, 20}};
    EXPECT_DOUBLE_EQ(common_length(a, b), 1 + 1 + 1 + 1);
    EXPECT_DOUBLE_EQ(common_length(b, a), 4);
    EXPECT_DOUBLE_EQ(common_length(a, {}), 0);
}

TEST(TimeSpans, TheLongestGapReachesToTheEnds) {
    EXPECT_EQ(longest_gap({0, 100}, {30, 10, 60}), (TimeSpan{60, 100}));
    EXPECT_EQ(longest_gap({0, 100}, {70, 90}), (TimeSpan{0, 70}));
    EXPECT_EQ(longest_gap({0, 100}, {}), (TimeSpan{0, 100}));
    EXPECT_EQ(longest_gap({0, 100}, {-5, 50, 120}), (TimeSpan{0, 50}));
}

}  // namespace
}  // namespace bongsu::eval
