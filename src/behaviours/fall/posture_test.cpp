#include "behaviours/fall/posture.hpp"

#include "behaviours/scenario/scripted_second_look.hpp"

#include <array>

#include <gtest/gtest.h>

namespace bongsu::behaviours::fall {
namespace {

constexpr float kHeight = 200;

/// A pose of the scenario player's bodies, 200 pixels tall, feet at 500,600.
Pose pose_of(const char* name) {
    const BodyPlan plan = *body_plan(name);
    const auto at = [](Point share) {
        return Point{500 + share.x * kHeight, 600 - share.y * kHeight};
    };
    Pose pose;
    for (std::size_t i = 0; i < kJoints; ++i) {
        const Point where = i <= 4 ? plan.head : i <= 6 ? plan.shoulders : plan.hips;
        pose.joints.at(i) = {at(where), plan.score};
    }
    for (const Joint knee : {Joint::LeftKnee, Joint::RightKnee}) {
        pose.joints.at(static_cast<std::size_t>(knee)).at = at(plan.knees);
    }
    for (const Joint ankle : {Joint::LeftAnkle, Joint::RightAnkle}) {
        pose.joints.at(static_cast<std::size_t>(ankle)).at = at(plan.ankles);
    }
    return pose;
}

TEST(ReadPosture, UprightBodySaysHowTallItIs) {
    const auto posture = read_posture(pose_of("upright"));
    ASSERT_TRUE(posture);
    EXPECT_NEAR(posture->lean, 0, 1);
    EXPECT_NEAR(posture->height, kHeight, 0.1 * kHeight);
    EXPECT_NEAR(posture->extent.bottom(), 592, 2);
}

TEST(ReadPosture, LyingBodyIsLevelAndSaysNothingOfItsHeight) {
    const auto posture = read_posture(pose_of("lying"));
    ASSERT_TRUE(posture);
    EXPECT_NEAR(posture->lean, 90, 5);
    EXPECT_FLOAT_EQ(posture->height, 0);
}

TEST(ReadPosture, WhoSitsIsTallerThanHeLooks) {
    const auto posture = read_posture(pose_of("sitting"));
    ASSERT_TRUE(posture);
    EXPECT_GT(posture->height, 0.85F * kHeight);
}

TEST(ReadPosture, UnclearPoseCannotBeRead) {
    EXPECT_FALSE(read_posture(pose_of("unclear")));
}

}  // namespace
}  // namespace bongsu::behaviours::fall
