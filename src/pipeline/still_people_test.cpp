#include "pipeline/still_people.hpp"

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr Box kPlace{100, 50, 40, 120};
const WallTime kStart{seconds{1'700'000'000}};

/// Gives the same pose everywhere.
class FixedPose final : public SecondLook {
public:
    std::optional<Pose> pose(const Box& /*person*/) override {
        ++asked;
        if (!score) {
            return std::nullopt;
        }
        Pose pose;
        pose.score = *score;
        return pose;
    }

    std::optional<float> verify(std::string_view /*verifier*/, const Box& /*where*/) override {
        return std::nullopt;
    }

    void keep_looking(Duration /*time*/) override {}

    std::optional<float> score;
    int asked = 0;
};

Detection doubtful(const Box& box = kPlace) {
    return {ObjectClass::Person, 0.4F, box, {}};
}

TEST(StillPeople, SomebodyWithLimbsIsFoundAndRemembered) {
    StillPeople people;
    FixedPose looks;
    looks.score = 0.6F;
    EXPECT_TRUE(people.is_somebody(doubtful(), kStart, looks));
    EXPECT_TRUE(people.has_found(kStart));
    EXPECT_TRUE(people.is_somebody(doubtful({103, 52, 40, 118}), kStart + seconds{1}, looks));
    EXPECT_FALSE(people.has_found(kStart + seconds{1})) << "he is known";
    EXPECT_EQ(looks.asked, 1);
}

TEST(StillPeople, ASignIsAskedAboutOnceInFiveMinutes) {
    StillPeople people;
    FixedPose looks;
    looks.score = 0.26F;
    for (int second = 0; second <= 300; ++second) {
        EXPECT_FALSE(people.is_somebody(doubtful(), kStart + seconds{second}, looks));
    }
    EXPECT_EQ(looks.asked, 1);
    looks.score = 0.6F;
    EXPECT_TRUE(people.is_somebody(doubtful(), kStart + minutes{6}, looks));
}

TEST(StillPeople, WithoutAnAnswerItIsAskedAgain) {
    StillPeople people;
    FixedPose looks;
    EXPECT_FALSE(people.is_somebody(doubtful(), kStart, looks));
    looks.score = 0.6F;
    EXPECT_TRUE(people.is_somebody(doubtful(), kStart + seconds{1}, looks));
}

TEST(StillPeople, OneLookInAnInstant) {
    StillPeople people;
    FixedPose looks;
    looks.score = 0.6F;
    EXPECT_TRUE(people.is_somebody(doubtful(), kStart, looks));
    EXPECT_FALSE(people.is_somebody(doubtful({300, 50, 40, 120}), kStart, looks));
    EXPECT_TRUE(people.is_somebody(doubtful({300, 50, 40, 120}), kStart + seconds{1}, looks));
}

TEST(StillPeople, ManySignsTakeNoMoreThanTheirPlaces) {
    StillPeople people;
    FixedPose looks;
    looks.score = 0.1F;
    for (int i = 0; i < 40; ++i) {
        const auto x = static_cast<float>(50 * i);
        EXPECT_FALSE(people.is_somebody(doubtful({x, 50, 40, 120}), kStart + seconds{i}, looks));
    }
    EXPECT_EQ(looks.asked, 40);
    EXPECT_FALSE(people.is_somebody(doubtful(), kStart + seconds{41}, looks));
    EXPECT_EQ(looks.asked, 41) << "the oldest answers were forgotten";
}

TEST(StillPeople, VehiclesAreNotAskedAbout) {
    StillPeople people;
    FixedPose looks;
    looks.score = 0.9F;
    EXPECT_FALSE(people.is_somebody({ObjectClass::Car, 0.4F, kPlace, {}}, kStart, looks));
    EXPECT_EQ(looks.asked, 0);
}

}  // namespace
}  // namespace bongsu::pipeline
