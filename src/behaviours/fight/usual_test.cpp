#include "behaviours/fight/usual.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours::fight {
namespace {

constexpr float kThreshold = 0.5F;

class UsualPlace : public ::testing::Test {
protected:
    void hear(int answers, float low, float high) {
        for (int i = 0; i < answers; ++i) {
            usual_.hear(i % 2 == 0 ? low : high, kThreshold, now_);
            now_ += std::chrono::milliseconds{400};
        }
    }

    Usual usual_;
    WallTime now_{std::chrono::hours{100}};
};

TEST_F(UsualPlace, WhereNothingIsKnownTheThresholdStands) {
    EXPECT_FALSE(usual_.is_known());
    EXPECT_FLOAT_EQ(usual_.needed(kThreshold), kThreshold);
}

TEST_F(UsualPlace, WhatWasHeardInTheLastSecondsDoesNotCount) {
    hear(12, 0.5F, 0.5F);
    EXPECT_FALSE(usual_.is_known());
}

TEST_F(UsualPlace, WhereAnswersAreLowTheThresholdStands) {
    hear(100, 0.05F, 0.15F);
    EXPECT_TRUE(usual_.is_known());
    EXPECT_FLOAT_EQ(usual_.needed(kThreshold), kThreshold);
}

TEST_F(UsualPlace, WhereManyAreRestlessMoreIsNeeded) {
    hear(200, 0.1F, 0.5F);
    EXPECT_NEAR(usual_.needed(kThreshold), 0.8F, 0.02F);
}

TEST_F(UsualPlace, AFightDoesNotHideTheNextOne) {
    hear(100, 0.1F, 0.2F);
    hear(60, 0.9F, 1);
    EXPECT_LT(usual_.needed(kThreshold), 0.8F);
}

TEST_F(UsualPlace, AFightIsFoundAnywhere) {
    Usual strict;
    for (int i = 0; i < 200; ++i) {
        strict.hear(i % 2 == 0 ? 0.F : 1.F, 1, now_);
        now_ += std::chrono::milliseconds{400};
    }
    EXPECT_FLOAT_EQ(strict.needed(kThreshold), 0.95F);
}

}  // namespace
}  // namespace bongsu::behaviours::fight
