#include "pipeline/decoder_leases.hpp"

#include <memory>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

TEST(DecoderLeases, AreRefusedToTheSameGravityWhenAllAreInUse) {
    DecoderLeases leases(2, {});
    const auto first = leases.try_take(3);
    auto second = leases.try_take(3);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(leases.try_take(3), nullptr);
    EXPECT_EQ(leases.try_take(2), nullptr);
    EXPECT_EQ(leases.try_take_free(), nullptr);
    EXPECT_FALSE(first->is_recalled() || second->is_recalled());

    second.reset();
    EXPECT_EQ(leases.in_use(), 1);
    EXPECT_NE(leases.try_take(1), nullptr);
}

TEST(DecoderLeases, AHigherGravityTakesThePlaceOfTheLeastGraveThatHadItLongest) {
    DecoderLeases leases(3, {});
    const auto grave = leases.try_take(4);
    auto longest = leases.try_take(2);
    const auto later = leases.try_take(2);
    const auto newcomer = leases.try_take(3);
    ASSERT_TRUE(newcomer);
    EXPECT_TRUE(longest->is_recalled());
    EXPECT_FALSE(grave->is_recalled() || later->is_recalled() || newcomer->is_recalled());

    longest.reset();
    EXPECT_EQ(leases.in_use(), 3);
    EXPECT_NE(leases.try_take(3), nullptr) << "the other one of gravity 2 is next";
    EXPECT_TRUE(later->is_recalled());
}

TEST(DecoderLeases, UntilTheyAreGivenBackAtMostAnEighthMoreAreInUse) {
    DecoderLeases leases(8, {});
    std::vector<std::unique_ptr<DecoderLease>> little;
    for (int i = 0; i < 8; ++i) {
        little.push_back(leases.try_take(1));
    }
    const auto first = leases.try_take(5);
    EXPECT_TRUE(first);
    EXPECT_EQ(leases.try_take(5), nullptr);
    std::erase_if(little, [](const auto& lease) { return lease->is_recalled(); });
    EXPECT_TRUE(leases.try_take(5));
}

TEST(DecoderLeases, SparesTakeHalfAndAreRecalledFirst) {
    DecoderLeases leases(4, {});
    const auto followed = leases.try_take(1);
    const auto spare = leases.try_take_spare();
    ASSERT_TRUE(spare);
    EXPECT_EQ(leases.try_take_spare(), nullptr);
    const auto third = leases.try_take(1);
    const auto fourth = leases.try_take(1);
    EXPECT_TRUE(leases.try_take(1));
    EXPECT_TRUE(spare->is_recalled());
    EXPECT_FALSE(followed->is_recalled());
}

}  // namespace
}  // namespace bongsu::pipeline
