#include "triage/keyframe_gate.hpp"

#include "triage/testing/synthetic_scene.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace bongsu::triage {
namespace {

using testing::SyntheticScene;

constexpr int kWidth = 640;
constexpr int kHeight = 360;
constexpr Duration kKeyInterval = std::chrono::seconds{2};

/// A gate in front of a made-up camera that sends a key frame every two seconds.
class Watch {
public:
    explicit Watch(const std::vector<Polygon>& masks = {}) : gate(GateSettings{}, masks) {}

    GateVerdict next(Duration after = kKeyInterval) {
        wall_ += after;
        return gate.look(scene.picture(wall_));
    }

    /// Looks at `pictures` quiet pictures and returns how many were taken for motion.
    int quiet(int pictures) {
        int alarms = 0;
        for (int i = 0; i < pictures; ++i) {
            alarms += next().has_motion() ? 1 : 0;
        }
        return alarms;
    }

    /// A person: `share` of the picture's height tall, a third as wide.
    void place_person(double share, int x, int y, double luma = 30) {
        const int tall = static_cast<int>(share * kHeight);
        scene.things = {{x, y, std::max(tall / 3, 4), tall, luma}};
    }

    SyntheticScene scene{kWidth, kHeight};
    KeyframeGate gate;

private:
    WallTime wall_{std::chrono::seconds{1'750'000'000}};
};

bool covers(const GateVerdict& verdict, Point p) {
    return std::ranges::any_of(verdict.regions, [&](const Box& box) {
        return p.x >= box.x && p.x <= box.right() && p.y >= box.y && p.y <= box.bottom();
    });
}

TEST(KeyframeGate, TheFirstPictureOnlyTeaches) {
    Watch watch;
    EXPECT_TRUE(watch.next().is_learning);
    EXPECT_FALSE(watch.next().is_learning);
}

TEST(KeyframeGate, StaysQuietOnAnEmptyScene) {
    Watch watch;
    EXPECT_EQ(watch.quiet(60), 0);
}

TEST(KeyframeGate, StaysQuietInNightNoise) {
    Watch watch;
    watch.scene.gain = 0.4;
    watch.scene.noise = 16;
    EXPECT_EQ(watch.quiet(60), 0);
}

TEST(KeyframeGate, SeesAPersonOfAFifteenthOfTheHeightWalking) {
    Watch watch;
    watch.quiet(20);
    for (int step = 0; step < 5; ++step) {
        const int x = 100 + 60 * step;
        watch.place_person(0.066, x, 200);
        const GateVerdict verdict = watch.next();
        EXPECT_TRUE(covers(verdict, {static_cast<float>(x) + 4, 210})) << "step " << step;
    }
}

TEST(KeyframeGate, MovementOfKnownObjectsIsNoNews) {
    Watch watch;
    watch.quiet(20);
    watch.place_person(0.1, 300, 200);
    const std::vector<Box> known{{280, 180, 60, 90}};
    const WallTime later{std::chrono::seconds{1'750'000'100}};
    EXPECT_FALSE(watch.gate.look(watch.scene.picture(later), known).has_motion());
    watch.place_person(0.1, 500, 200);
    const GateVerdict verdict = watch.gate.look(watch.scene.picture(later + kKeyInterval), known);
    EXPECT_TRUE(covers(verdict, {505, 210}));
    EXPECT_FALSE(covers(verdict, {305, 210}));
}

TEST(KeyframeGate, SeesAPersonOfATwentiethOfTheHeightInGoodContrast) {
    Watch watch;
    watch.quiet(20);
    watch.place_person(0.05, 300, 200, 10);
    EXPECT_TRUE(watch.next().has_motion());
}

TEST(KeyframeGate, RegionsStayNearTheMovement) {
    Watch watch;
    watch.quiet(20);
    watch.place_person(0.2, 300, 150);
    const GateVerdict verdict = watch.next();
    ASSERT_EQ(verdict.regions.size(), 1U);
    EXPECT_TRUE(covers(verdict, {312, 186}));
    EXPECT_LT(verdict.regions.front().w, 100);
    EXPECT_LT(verdict.regions.front().h, 160);
}

TEST(KeyframeGate, AMaskHidesMovement) {
    Watch watch({{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}});
    watch.quiet(20);
    watch.place_person(0.2, 100, 150);
    EXPECT_FALSE(watch.next().has_motion());
    watch.place_person(0.2, 500, 150);
    EXPECT_TRUE(watch.next().has_motion());
}

TEST(KeyframeGate, ALampIsNotMotion) {
    Watch watch;
    watch.quiet(20);
    watch.scene.gain = 1.5;
    const GateVerdict on = watch.next();
    EXPECT_FALSE(on.has_motion());
    EXPECT_EQ(on.change, GlobalChange::Light);
    EXPECT_EQ(watch.quiet(5), 0);
    watch.scene.gain = 1;
    EXPECT_FALSE(watch.next().has_motion());
    EXPECT_EQ(watch.quiet(5), 0);
}

TEST(KeyframeGate, CloudsDoNotWake) {
    Watch watch;
    watch.quiet(20);
    int alarms = 0;
    for (int i = 0; i < 40; ++i) {
        watch.scene.gain = 1 + 0.2 * std::sin(i / 5.0);
        alarms += watch.next().has_motion() ? 1 : 0;
    }
    EXPECT_EQ(alarms, 0);
}

TEST(KeyframeGate, AnInfraredSwitchIsNotMotion) {
    Watch watch;
    watch.quiet(20);
    watch.scene.has_colour = false;
    watch.scene.gain = 0.6;
    watch.scene.offset = 50;
    const GateVerdict verdict = watch.next();
    EXPECT_EQ(verdict.change, GlobalChange::Infrared);
    EXPECT_FALSE(verdict.has_motion());
    EXPECT_TRUE(verdict.is_blind());
    EXPECT_EQ(watch.quiet(5), 0);
}

TEST(KeyframeGate, SeesAPersonAfterAGlobalChange) {
    Watch watch;
    watch.quiet(20);
    watch.scene.gain = 1.5;
    watch.next();
    watch.place_person(0.15, 300, 150);
    EXPECT_TRUE(watch.next().has_motion());
}

TEST(KeyframeGate, AShakenCameraIsNotMotion) {
    Watch watch;
    watch.quiet(20);
    watch.scene.shift_x = 12;
    watch.scene.shift_y = -8;
    const GateVerdict verdict = watch.next();
    EXPECT_EQ(verdict.change, GlobalChange::Shake);
    EXPECT_FALSE(verdict.has_motion());
}

TEST(KeyframeGate, AParkedCarIsForgottenAndItsDepartureSeen) {
    Watch watch;
    watch.quiet(20);
    watch.scene.things = {{200, 200, 120, 60, 20}};
    EXPECT_TRUE(watch.next().has_motion());
    EXPECT_EQ(watch.quiet(30), 0) << "a car that stands is no motion";
    watch.scene.things.clear();
    EXPECT_TRUE(watch.next().has_motion());
    watch.quiet(1);
    EXPECT_EQ(watch.quiet(20), 0);
}

TEST(KeyframeGate, ASwayingTreeFallsSilent) {
    Watch watch;
    watch.quiet(10);
    const auto sway = [&](int i) {
        watch.scene.things.clear();
        for (int leaf = 0; leaf < 12; ++leaf) {
            const int offset = (i * 7 + leaf * 5) % 11;
            watch.scene.things.push_back(
                {400 + leaf % 4 * 40 + offset, 40 + leaf / 4 * 40, 20, 20, 40}
            );
        }
        return watch.next().has_motion();
    };
    for (int i = 0; i < 90; ++i) {
        sway(i);
    }
    int alarms = 0;
    for (int i = 90; i < 150; ++i) {
        alarms += sway(i) ? 1 : 0;
    }
    EXPECT_LE(alarms, 6);
    watch.place_person(0.15, 100, 200);
    EXPECT_TRUE(watch.next().has_motion());
}

TEST(KeyframeGate, DiscountRaisesTheBarThereAndFades) {
    const auto score_with = [](int discounts, Duration pause) {
        Watch watch;
        watch.quiet(20);
        const Box around{250, 150, 100, 100};
        for (int i = 0; i < discounts; ++i) {
            watch.gate.discount(std::span(&around, 1));
        }
        watch.next(pause);
        watch.quiet(1);
        watch.place_person(0.1, 300, 180, 40);
        return watch.next().score;
    };
    const float plain = score_with(0, kKeyInterval);
    EXPECT_LT(score_with(5, kKeyInterval), 0.75F * plain);
    EXPECT_GT(score_with(5, kKeyInterval), 0.4F * plain);
    EXPECT_GT(score_with(5, std::chrono::minutes{20}), 0.9F * plain);
}

TEST(KeyframeGate, ANewPictureSizeStartsAnew) {
    Watch watch;
    watch.quiet(3);
    SyntheticScene other(320, 240);
    EXPECT_TRUE(
        watch.gate.look(other.picture(WallTime{std::chrono::seconds{1'750'000'100}})).is_learning
    );
}

TEST(ViewMeter, TellsQualityOfThePicture) {
    Watch watch;
    watch.scene.noise = 0;
    const ViewQuality first = watch.next().quality;
    EXPECT_NEAR(first.mean_luma, 110, 8);
    EXPECT_GT(first.sharpness, 3);
    EXPECT_FALSE(first.is_identical);
    const ViewQuality frozen = watch.next().quality;
    EXPECT_TRUE(frozen.is_identical);
    EXPECT_NEAR(frozen.background_similarity, 1, 0.01);
    watch.scene.noise = 2;
    EXPECT_FALSE(watch.next().quality.is_identical);
    watch.scene.shift_x = 60;
    watch.scene.shift_y = 40;
    EXPECT_LT(watch.next().quality.background_similarity, 0.5F);
    watch.scene.gain = 0.05;
    EXPECT_LT(watch.next().quality.mean_luma, 10);
}

}  // namespace
}  // namespace bongsu::triage
