#include "behaviours/fight/usual_places.hpp"
#include "behaviours/testing/refused_memory.hpp"

#include <string>
#include <vector>

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

class UsualOfZones : public ::testing::Test {
protected:
    UsualOfZones() {
        for (int i = 0; i < 200; ++i) {
            known_.at(kSquare).hear(i % 2 == 0 ? 0.1F : 0.5F, kThreshold, now_);
            now_ += std::chrono::milliseconds{400};
        }
        known_.at(kAlley).hear(0.1F, kThreshold, now_);
    }

    const ZoneId kSquare{"square"};
    const ZoneId kAlley{"alley"};
    UsualPlaces known_;
    WallTime now_{std::chrono::hours{100}};
};

TEST_F(UsualOfZones, ComesBackAsItWas) {
    EXPECT_EQ(UsualPlaces().kept(), "");
    UsualPlaces after;
    ASSERT_TRUE(after.recall(known_.kept()));
    EXPECT_TRUE(after.at(kSquare).is_known());
    EXPECT_NEAR(after.at(kSquare).needed(kThreshold), known_.at(kSquare).needed(kThreshold), 1e-3F);
    EXPECT_FALSE(after.at(kAlley).is_known()) << "one answer says nothing";
    EXPECT_EQ(after.kept(), known_.kept());
}

TEST_F(UsualOfZones, OfAnotherShapeIsRefused) {
    const std::string good = known_.kept();
    const auto with = [&](const std::string& part, const std::string& other) {
        return testing::with_other(good, part, other);
    };
    const std::vector<std::string> bad{
        "",
        "[]",
        good.substr(0, good.size() / 2),
        with("\"format\":1", "\"format\":2"),
        with("\"zones\":{", "\"zones\":[{"),
        with("\"count\":", "\"count\":-"),
        with("\"mean\":", "\"mean\":9000"),
        with("\"variance\"", "\"valiance\""),
    };
    testing::expect_refused(known_, bad);
}

}  // namespace
}  // namespace bongsu::behaviours::fight
