#include "triage/gate_sensitivity.hpp"

#include <random>

#include <gtest/gtest.h>

namespace bongsu::triage {
namespace {

/// A camera whose empty pictures score evenly between 0 and `highest`. Gives the share of the last
/// pictures that were looked at in vain.
double share_in_vain(GateSensitivity& sensitivity, float highest) {
    std::mt19937 random(1);
    std::uniform_real_distribution<float> score(0, highest);
    int in_vain = 0;
    constexpr int kPictures = 4000;
    for (int i = 0; i < kPictures; ++i) {
        const bool moves = score(random) >= sensitivity.threshold();
        moves ? sensitivity.looked_in_vain() : sensitivity.nothing_moved();
        in_vain += moves && i >= kPictures / 2 ? 1 : 0;
    }
    return in_vain / (kPictures / 2.0);
}

TEST(GateSensitivity, SinksToTheLeastWhereNothingMoves) {
    GateSensitivity sensitivity({.least = 7, .most = 12});
    EXPECT_EQ(share_in_vain(sensitivity, 6), 0);
    EXPECT_EQ(sensitivity.threshold(), 7);
}

TEST(GateSensitivity, SettlesWhereOnePictureInTwentyIsLookedAtInVain) {
    GateSensitivity sensitivity({.least = 2, .most = 12});
    EXPECT_NEAR(share_in_vain(sensitivity, 10), 0.045, 0.015);
    EXPECT_NEAR(sensitivity.threshold(), 9.5, 1);
}

TEST(GateSensitivity, NeverExceedsTheMostHoweverHardItRains) {
    GateSensitivity sensitivity({.least = 7, .most = 12});
    EXPECT_GT(share_in_vain(sensitivity, 40), 0.5);
    EXPECT_GT(sensitivity.threshold(), 11);
    EXPECT_LE(sensitivity.threshold(), 12);
}

TEST(GateSensitivity, StaysWhereTheConfigurationLeavesNoRoom) {
    GateSensitivity sensitivity({.least = 7, .most = 5});
    EXPECT_EQ(sensitivity.threshold(), 5);
    sensitivity.nothing_moved();
    sensitivity.looked_in_vain();
    EXPECT_EQ(sensitivity.threshold(), 5);
}

}  // namespace
}  // namespace bongsu::triage
