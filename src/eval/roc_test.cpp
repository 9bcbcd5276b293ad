#include "eval/roc.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(Roc, PerfectScoresHaveTheWholeAreaBelow) {
    const std::vector<ScoredCase> cases{{0.9, true}, {0.8, true}, {0.3, false}, {0.1, false}};
    EXPECT_DOUBLE_EQ(area_below(roc_curve(cases)), 1);
}

TEST(Roc, InvertedScoresHaveNone) {
    const std::vector<ScoredCase> cases{{0.1, true}, {0.9, false}};
    EXPECT_DOUBLE_EQ(area_below(roc_curve(cases)), 0);
}

TEST(Roc, EqualScoresCountHalf) {
    const std::vector<ScoredCase> cases{{1, true}, {1, false}, {1, false}};
    EXPECT_DOUBLE_EQ(area_below(roc_curve(cases)), 0.5);
    // Positives 3 and 1 against others 2 and 1: one win twice, one half, one loss.
    const std::vector<ScoredCase> mixed{{3, true}, {1, true}, {2, false}, {1, false}};
    EXPECT_DOUBLE_EQ(area_below(roc_curve(mixed)), (1 + 1 + 0 + 0.5) / 4);
}

TEST(Roc, GoesFromNothingToEverything) {
    const std::vector<ScoredCase> cases{{3, true}, {1, true}, {2, false}, {1, false}};
    const auto curve = roc_curve(cases);
    ASSERT_EQ(curve.size(), 4U);
    EXPECT_EQ(curve.front().hit_rate, 0);
    EXPECT_EQ(curve[1].hit_rate, 0.5);
    EXPECT_EQ(curve[1].false_rate, 0);
    EXPECT_EQ(curve[2].threshold, 2);
    EXPECT_EQ(curve.back().hit_rate, 1);
    EXPECT_EQ(curve.back().false_rate, 1);
}

TEST(Roc, WithoutCasesOfBothKindsThereIsNoCurve) {
    const std::vector<ScoredCase> cases{{1, true}};
    EXPECT_TRUE(roc_curve(cases).empty());
    EXPECT_DOUBLE_EQ(area_below(roc_curve(cases)), 0.5);
}

TEST(Roc, AThresholdIncludesItsOwnScore) {
    const std::vector<ScoredCase> cases{{12, true}, {11, true}, {12, false}, {3, false}};
    const RocPoint point = roc_at(cases, 12);
    EXPECT_EQ(point.hit_rate, 0.5);
    EXPECT_EQ(point.false_rate, 0.5);
}

TEST(Proportion, AgreesWithPublishedIntervals) {
    // 15 of 15: lower bound 15 / (15 + 1.96^2).
    EXPECT_NEAR(proportion_of(15, 15).low, 0.7961, 1e-4);
    EXPECT_DOUBLE_EQ(proportion_of(15, 15).high, 1);
    // Newcombe 1998, Statistics in Medicine 17, 857-872, table I: 81 of 263.
    EXPECT_NEAR(proportion_of(81, 263).low, 0.2553, 1e-4);
    EXPECT_NEAR(proportion_of(81, 263).high, 0.3662, 1e-4);
}

TEST(Proportion, OfNothingIsUnknown) {
    EXPECT_EQ(proportion_of(0, 0).low, 0);
    EXPECT_EQ(proportion_of(0, 0).high, 1);
}

}  // namespace
}  // namespace bongsu::eval
