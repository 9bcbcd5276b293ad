#include "eval/crowd/counting.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(Counting, ErrorsAreThoseOfHandMadeCounts) {
    const std::vector<CountedPicture> pictures{{10, 12}, {20, 16}};
    const CountErrors errors = count_errors(pictures);
    EXPECT_DOUBLE_EQ(errors.mean_people, 15);
    EXPECT_DOUBLE_EQ(errors.mae, 3);
    EXPECT_DOUBLE_EQ(errors.mae_ratio(), 0.2);
    EXPECT_DOUBLE_EQ(errors.rmse * errors.rmse, 10);
    EXPECT_NEAR(errors.bias, -2.0 / 30, 1e-9);
    EXPECT_DOUBLE_EQ(count_errors({}).mae_ratio(), 0);
}

TEST(Counting, TheMedianForgetsOneOddValue) {
    const std::vector<double> counts{5, 5, 50, 6, 6};
    EXPECT_EQ(running_median(counts, 3), (std::vector<double>{5, 5, 5, 6, 6}));
}

TEST(Counting, ACrowdMustLastAndGoesOnDownToTheRelease) {
    const std::vector<double> counts{9, 10, 10, 9, 10, 10, 10, 8, 8, 7, 10};
    const auto crowds = crowds_of(counts, 10, 0.8, 3);
    ASSERT_EQ(crowds.size(), 1U);
    EXPECT_EQ(crowds[0], (TimeSpan{4, 9}));
    EXPECT_EQ(crowds_of(counts, 10, 1, 3)[0], (TimeSpan{4, 7}));
}

TEST(Counting, EventsAreMatchedOneToOne) {
    const std::vector<TimeSpan> truth{{0, 5}, {10, 15}, {20, 25}};
    const std::vector<TimeSpan> raised{{4, 12}, {21, 22}, {30, 35}};
    const EventCounts counts = match_crowds(truth, raised);
    EXPECT_EQ(counts.matched, 2);
    EXPECT_DOUBLE_EQ(counts.f1(), 2.0 * 2 / 6);
    EXPECT_DOUBLE_EQ(match_crowds({}, {}).f1(), 1);
}

}  // namespace
}  // namespace bongsu::eval
