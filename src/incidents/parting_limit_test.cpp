#include "incidents/parting_limit.hpp"

#include <array>

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

TEST(PartingLimit, IsAMarginAboveTheFalseOnesWhenNothingWasConfirmed) {
    const auto limit = parting_limit(std::array{0.50, 0.56, 0.52}, {}, 0.02);
    ASSERT_TRUE(limit);
    EXPECT_DOUBLE_EQ(limit->value, 0.58);
    EXPECT_EQ(limit->stopped, 3);
}

TEST(PartingLimit, StaysAMarginBelowWhatWasConfirmed) {
    const auto limit = parting_limit(std::array{0.5, 0.5, 0.8}, std::array{0.9, 0.7}, 0.02);
    ASSERT_TRUE(limit);
    EXPECT_DOUBLE_EQ(limit->value, 0.68);
    EXPECT_EQ(limit->stopped, 2);
}

TEST(PartingLimit, IsNoneWhenTooFewOfTheFalseOnesWouldStop) {
    EXPECT_FALSE(parting_limit(std::array{0.5, 0.8, 0.8}, std::array{0.7}, 0.02));
}

TEST(PartingLimit, IsNotOverWhatItMayBe) {
    const auto limit = parting_limit(std::array{0.5, 0.5, 0.6}, {}, 0.02, 0.55);
    ASSERT_TRUE(limit);
    EXPECT_DOUBLE_EQ(limit->value, 0.55);
    EXPECT_EQ(limit->stopped, 2);
}

TEST(PartingLimit, NeedsFalseOnes) {
    EXPECT_FALSE(parting_limit({}, std::array{0.7}, 0.02));
}

}  // namespace
}  // namespace bongsu::incidents
