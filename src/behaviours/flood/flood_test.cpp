#include "behaviours/flood/dry_ground.hpp"
#include "behaviours/flood/ground_memory.hpp"
#include "behaviours/testing/one_rule.hpp"
#include "behaviours/testing/refused_memory.hpp"
#include "behaviours/testing/remembering_shelf.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::behaviours::flood {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};
constexpr int kWidth = 640;
constexpr int kHeight = 360;
constexpr int kHorizon = 120;

/// Brightness of a place, grey levels.
using Paint = std::function<float(int x, int y)>;

/// A street: houses above, lane markings that meet at the horizon and stop lines below.
float street(int x, int y) {
    if (y < kHorizon) {
        return (x / 40 + y / 30) % 2 == 0 ? 90.F : 130.F;
    }
    const float depth = static_cast<float>(y - kHorizon + 20);
    const float lane = (static_cast<float>(x) - 320.F) / depth * 6;
    const bool is_line = lane - std::floor(lane) < 0.2F;
    return is_line || y % 60 < 6 ? 190.F : 100.F;
}

/// Short waves of all directions.
float water(int x, int y) {
    const auto fx = static_cast<float>(x);
    const auto fy = static_cast<float>(y);
    float height = 0;
    for (int i = 0; i < 12; ++i) {
        const float angle = 0.55F * static_cast<float>(i);
        const float wave = std::cos(angle) * fx + std::sin(angle) * fy;
        height += std::sin(wave * (0.35F + 0.03F * static_cast<float>(i)) + fx * 0.01F * angle);
    }
    return 95 + 6 * height;
}

float flooded_street(int x, int y) {
    return y < kHorizon + 40 ? street(x, y) : water(x, y);
}

Frame picture_of(const Paint& paint, unsigned seed) {
    WritableFrame made = allocate_frame(kWidth, kHeight);
    std::mt19937 random(seed);
    std::uniform_int_distribution noise(-3, 3);
    const int stride = made.frame.planes[0].stride;
    for (int y = 0; y < kHeight; ++y) {
        for (int x = 0; x < kWidth; ++x) {
            const int value = static_cast<int>(paint(x, y)) + noise(random);
            made.data[0][y * stride + x] = static_cast<std::uint8_t>(std::clamp(value, 16, 235));
        }
    }
    return made.frame;
}

class FloodTest : public ::testing::Test {
protected:
    /// Shows the place for so many minutes, a scene every ten seconds; how many events begin, less
    /// those that end.
    int show(const Paint& paint, int time, std::span<const Track> tracks = {}) {
        const Frame frame = picture_of(paint, ++seed_);
        int begun = 0;
        for (const WallTime end = now_ + minutes{time}; now_ < end; now_ += seconds{10}) {
            Scene scene;
            scene.time = now_;
            scene.width = kWidth;
            scene.height = kHeight;
            scene.frame = &frame;
            scene.tracks = tracks;
            scene.signal = signal_;
            begun += rule_->balance(scene);
        }
        return begun;
    }

    /// The program ends, and another one begins.
    void restart() {
        rule_->finish(now_);
        rule_.emplace("flood", &shelf_);
    }

    testing::RememberingShelf shelf_;
    std::optional<testing::OneRule> rule_{std::in_place, "flood", &shelf_};
    WallTime now_ = kStart;
    unsigned seed_ = 0;
    SignalState signal_ = SignalState::Up;
};

TEST_F(FloodTest, WaterOverTheStreetIsReportedAndEndsWhenItIsGone) {
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show(flooded_street, 2), 0);
    EXPECT_EQ(show(flooded_street, 3), 1);
    EXPECT_EQ(show(street, 4), 0);
    EXPECT_EQ(show(street, 5), -1);
}

TEST_F(FloodTest, OneStrangePictureIsNone) {
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show(flooded_street, 1), 0);
    EXPECT_EQ(show(street, 10), 0);
}

TEST_F(FloodTest, OfAPlaceThatWasNeverSeenDryNothingIsSaid) {
    EXPECT_EQ(show(flooded_street, 20), 0);
}

TEST_F(FloodTest, ThePlaceIsKnownAfterARestart) {
    EXPECT_EQ(show(street, 10), 0);
    restart();
    EXPECT_EQ(show(flooded_street, 5), 1);
}

TEST_F(FloodTest, WhatWasUnderWaterAtFirstIsKnownOnceItHasBeenDry) {
    EXPECT_EQ(show(flooded_street, 20), 0);
    EXPECT_EQ(show(street, 60), 0);
    EXPECT_EQ(show(flooded_street, 5), 1);
}

TEST_F(FloodTest, WaterThatRisesOverTwoHoursIsReported) {
    EXPECT_EQ(show(street, 60), 0);
    int begun = 0;
    for (int level = kHeight; level > 180; level -= 6) {
        const auto rising = [level](int x, int y) {
            return y < level ? street(x, y) : water(x, y);
        };
        begun += show(rising, 4);
    }
    EXPECT_EQ(begun, 1);
}

TEST_F(FloodTest, AStrangePlaceMustLoseMoreThanAFamiliarOne) {
    // Over a fifth of the ground.
    const auto pond = [](int x, int y) {
        return x < 150 && y > kHorizon + 60 ? water(x, y) : street(x, y);
    };
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show(pond, 5), 0);
    EXPECT_EQ(show(street, 60), 0);
    EXPECT_EQ(show(pond, 5), 1);
}

TEST_F(FloodTest, AnHourAndAHalfOfFogIsNotLearnt) {
    EXPECT_EQ(show(street, 60), 0);
    EXPECT_EQ(show([](int x, int y) { return 108 + 0.01F * street(x, y); }, 90), 0);
    EXPECT_EQ(show(flooded_street, 5), 1);
}

TEST_F(FloodTest, AfterATurnTheNewViewIsLearnt) {
    const auto turned = [](int x, int y) { return street(kHeight - y, (x + 60) % kHeight); };
    const auto flooded = [&](int x, int y) { return y < kHorizon ? turned(x, y) : water(x, y); };
    EXPECT_EQ(show(street, 60), 0);
    EXPECT_EQ(show(turned, 60), 0);
    EXPECT_EQ(show(flooded, 5), 1);
}

TEST_F(FloodTest, DropsOnTheLensAreNone) {
    // Blurred discs all over, each as bright as what is behind it on the mean.
    const auto behind_drops = [](int x, int y) {
        const int column = x % 110 - 55;
        const int row = (y + x / 110 * 37) % 90 - 45;
        const float distance = std::hypot(static_cast<float>(column), static_cast<float>(row));
        const float drop = std::clamp((30 - distance) / 12, 0.F, 1.F);
        return drop * 125 + (1 - drop) * street(x, y);
    };
    EXPECT_EQ(show(street, 60), 0);
    EXPECT_EQ(show(behind_drops, 30), 0);
}

TEST_F(FloodTest, LampsMirroredInWetAsphaltAreNone) {
    const auto wet_night = [](int x, int y) {
        const float dim = 25 + 0.35F * street(x, y);
        const float across = static_cast<float>(x % 200) - 100;
        const float lamp = y < kHorizon ? 0.F : 110 * std::exp(-across * across / 400);
        return dim + lamp;
    };
    const auto dry_night = [](int x, int y) { return 25 + 0.35F * street(x, y); };
    EXPECT_EQ(show(dry_night, 60), 0);
    EXPECT_EQ(show(wet_night, 30), 0);
}

TEST_F(FloodTest, WetGroundInLessLightKeepsItsEdges) {
    const auto dim = [](int x, int y) { return 50 + 0.4F * street(x, y); };
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show(dim, 10), 0);
}

TEST_F(FloodTest, FogATurnedCameraAndALostSignalAreNone) {
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show([](int x, int y) { return 108 + 0.01F * street(x, y); }, 10), 0);
    EXPECT_EQ(show([](int x, int y) { return street(kHeight - y, (x + 60) % kHeight); }, 10), 0);
    signal_ = SignalState::Lost;
    EXPECT_EQ(show(flooded_street, 10), 0);
}

TEST_F(FloodTest, SnowCoversMarkingsToo) {
    const auto snow = [](int x, int y) {
        return y < kHorizon ? street(x, y) : 150 + 0.5F * water(x, y);
    };
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show(snow, 10), 0);
}

TEST_F(FloodTest, AQueueOfVehiclesIsNone) {
    Track queue;
    queue.state = TrackState::Confirmed;
    queue.box = {200, 160, 300, 200};
    const auto covered = [&](int x, int y) {
        const bool is_car = x > 200 && x < 500 && y > 160;
        return is_car ? 60.F : street(x, y);
    };
    EXPECT_EQ(show(street, 10), 0);
    EXPECT_EQ(show(covered, 10, {&queue, 1}), 0);
}

TEST_F(FloodTest, ATinyPictureIsNotJudged) {
    EXPECT_FALSE(GroundTexture::of(allocate_frame(32, 24).frame));
    EXPECT_FALSE(GroundTexture::of(Frame{}));
}

TEST(GroundMemory, ComesBackAsItWas) {
    const auto dry = GroundTexture::of(picture_of(street, 1));
    const auto wet = GroundTexture::of(picture_of(flooded_street, 1));
    ASSERT_TRUE(dry && wet);
    GroundMemory before;
    EXPECT_EQ(before.kept(), "");
    for (int look = 0; look < 5; ++look) {
        before.in_light(dry->luma()).learn(*dry, 1);
    }
    GroundMemory after;
    ASSERT_TRUE(after.recall(before.kept()));
    EXPECT_TRUE(after.in_light(dry->luma()).is_known());
    EXPECT_FALSE(after.in_light(0).is_known());
    const Cells ground = ~Cells{};
    const float lost = before.in_light(dry->luma()).loss(*wet, ground, {}).drowned;
    EXPECT_GT(lost, 0.3F);
    EXPECT_NEAR(after.in_light(dry->luma()).loss(*wet, ground, {}).drowned, lost, 0.02F);
    EXPECT_EQ(after.kept(), before.kept());
}

TEST(GroundMemory, OfAnotherShapeIsRefused) {
    const auto dry = GroundTexture::of(picture_of(street, 1));
    ASSERT_TRUE(dry);
    GroundMemory known;
    for (int look = 0; look < 5; ++look) {
        known.in_light(dry->luma()).learn(*dry, 1);
    }
    const std::string good = known.kept();
    const auto with = [&](const std::string& part, const std::string& other) {
        return testing::with_other(good, part, other);
    };
    const std::vector<std::string> bad{
        "",
        "[]",
        good.substr(0, good.size() / 2),
        with("\"format\":1", "\"format\":2"),
        with("\"looks\":5", "\"looks\":-5"),
        with("\"looks\":5", "\"looks\":1e9"),
        with("\"leans\":[", "\"leans\":[0,"),
        with("\"leans\":[0", "\"leans\":[900000"),
        with("\"lumas\":[0", "\"lumas\":[null"),
    };
    testing::expect_refused(known, bad);
}

TEST(GroundTexture, WaterIsInDisorderAndAStreetIsNot) {
    const auto dry = GroundTexture::of(picture_of(street, 1));
    const auto wet = GroundTexture::of(picture_of(flooded_street, 1));
    ASSERT_TRUE(dry && wet);
    EXPECT_GT(disorder(*wet), disorder(*dry) + 0.3F);
}

}  // namespace
}  // namespace bongsu::behaviours::flood
