#include "behaviours/fall/fall_judge.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours::fall {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};
constexpr Box kPicture{0, 0, 1280, 720};
constexpr float kTall = 500;  ///< standing, pixels

WallTime at(double t) {
    return kStart + from_seconds(t);
}

/// Upright with the head in this row.
Posture upright(float head) {
    Posture posture;
    posture.head = {700, head};
    posture.hips = {700, head + 0.5F * kTall};
    posture.height = kTall;
    posture.sureness = 0.6F;
    posture.extent = {640, head, 120, 0.6F * kTall};
    return posture;
}

/// Down, as far as a pose of this sureness can tell, with the hips in this row.
Posture down(float hips, float sureness) {
    Posture posture;
    posture.head = {800, hips - 100};
    posture.hips = {480, hips};
    posture.lean = 65;
    posture.sureness = sureness;
    posture.extent = {460, hips - 120, 360, 140};
    return posture;
}

/// Judges somebody who stands for a second, is down in three pictures and then for as long again.
Stage judge(const Posture& before, const Posture& after) {
    Body body;
    body.heights = {kTall};
    FallJudge judge;
    Stage stage = Stage::Up;
    for (int i = 0; i <= 15; ++i) {
        const WallTime now = at(0.2 * i);
        body.samples.push_back({now, i <= 5 ? before : after, {}});
        stage = judge.judge(body, now, kPicture, {});
    }
    return stage;
}

TEST(FallJudge, WhoGoesDownInThePictureHasFallen) {
    EXPECT_EQ(judge(upright(150), down(500, 0.35F)), Stage::Fallen);
}

/// The feet would be at 765: he leans over a counter before the camera.
TEST(FallJudge, UnsurePostureOfSomebodyCutBelowIsNoFall) {
    EXPECT_EQ(judge(upright(265), down(680, 0.35F)), Stage::Up);
    EXPECT_EQ(judge(upright(265), down(680, 0.55F)), Stage::Fallen);
}

/// One posture low in the picture, then none: with his feet at its lower edge he has walked out.
TEST(FallJudge, WhoIsLostAtTheLowerEdgeHasLeft) {
    const auto loses = [](float head, float hips) {
        Body body;
        body.heights = {kTall};
        FallJudge judge;
        Stage stage = Stage::Up;
        for (int i = 0; i <= 25; ++i) {
            const WallTime now = at(0.2 * i);
            if (i <= 6) {
                body.samples.push_back({now, i <= 5 ? upright(head) : down(hips, 0.5F), {}});
            } else {
                ++body.tries;
            }
            stage = judge.judge(body, now, kPicture, {});
        }
        return stage;
    };
    EXPECT_EQ(loses(100, 500), Stage::Fallen);
    EXPECT_NE(loses(210, 640), Stage::Fallen);
}

}  // namespace
}  // namespace bongsu::behaviours::fall
