#include "behaviours/fire/testing_picture.hpp"
#include "behaviours/registry.hpp"
#include "core/value.hpp"
#include "domain/detection.hpp"
#include "domain/scene.hpp"
#include "domain/second_look.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace fire {
void register_plugin(Registry& registry);
}

namespace {

using fire::Drawing;
using fire::kOrange;
using fire::picture;

struct Seen final : EventSink {
    int proposed = 0;
    std::vector<Finding> begun;
    int ended = 0;

    void propose() override { ++proposed; }

    EpisodeId begin(Finding finding) override {
        begun.push_back(std::move(finding));
        return EpisodeId{begun.size()};
    }

    void update(EpisodeId /*episode*/, Finding /*finding*/) override {}

    void end(EpisodeId /*episode*/, WallTime /*time*/) override { ++ended; }
};

/// Says the same of every place, and that the same people are there.
class Look final : public SecondLook {
public:
    std::optional<Pose> pose(const Box& /*person*/) override { return std::nullopt; }

    std::optional<float> verify(std::string_view verifier, const Box& place) override {
        EXPECT_EQ(verifier, "fire");
        ++asked;
        where = place;
        return answer;
    }

    std::optional<std::vector<Detection>> everybody() override {
        ++counted;
        return people;
    }

    void keep_looking(Duration /*time*/) override { ++kept; }

    std::optional<float> answer;
    std::optional<std::vector<Detection>> people{std::vector<Detection>{}};
    int asked = 0;
    int counted = 0;
    int kept = 0;
    Box where;
};

/// A camera of five pictures a second, in which everything is said to move.
class Camera : public ::testing::Test {
protected:
    Camera() {
        Registry registry;
        fire::register_plugin(registry);
        const Registration* registration = registry.find("fire");
        auto settings = registration->schema.parse({}, "rule");
        EXPECT_TRUE(settings);
        auto made = registration->make({.zones = {}, .settings = *settings, .path = "rule"});
        EXPECT_TRUE(made);
        behaviour_ = std::move(*made);
        state_ = behaviour_->make_state();
        look_.answer = 0.9F;
    }

    void play(int pictures, const std::function<Drawing(int)>& draw) {
        for (int i = 0; i < pictures; ++i) {
            const Frame frame = picture(draw(i));
            Scene scene = next();
            scene.frame = &frame;
            scene.moving = moving_;
            behaviour_->evaluate(scene, *state_, seen_);
        }
    }

    void play_without_pictures(int scenes) {
        for (int i = 0; i < scenes; ++i) {
            behaviour_->evaluate(next(), *state_, seen_);
        }
    }

    Scene next() {
        now_ += std::chrono::milliseconds{200};
        Scene scene;
        scene.time = now_;
        scene.width = 320;
        scene.height = 240;
        scene.signal = signal_;
        scene.tracks = tracks_;
        scene.second_look = has_look_ ? &look_ : nullptr;
        return scene;
    }

    static Drawing flames(int i) {
        const auto grows = static_cast<float>(i % 3) * 16;
        return {.patches = {{{160, 120 - grows, 32, 32 + grows}, kOrange}}};
    }

    static Drawing nothing(int /*i*/) { return {}; }

    std::unique_ptr<Behaviour> behaviour_;
    std::unique_ptr<Behaviour::State> state_;
    Look look_;
    Seen seen_;
    WallTime now_{std::chrono::hours{100}};
    SignalState signal_ = SignalState::Up;
    bool has_look_ = true;
    std::vector<Track> tracks_;
    std::vector<Box> moving_{{0, 0, 320, 240}};
};

TEST_F(Camera, FlamesThatTheSecondLookKnowsAreOneEventWithinASecond) {
    play(5, flames);
    EXPECT_EQ(seen_.proposed, 1);
    ASSERT_EQ(seen_.begun.size(), 1u);
    EXPECT_EQ(seen_.begun[0].detail, "kind=flame");
    EXPECT_GT(iou(seen_.begun[0].box, {160, 104, 32, 48}), 0.4F);
    EXPECT_GT(look_.kept, 0);
    play(50, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
    EXPECT_EQ(seen_.ended, 0);
}

TEST_F(Camera, TheSecondLookSeesTheFlameWithItsSurroundings) {
    play(3, flames);
    EXPECT_GE(look_.where.w, 48);
    EXPECT_FLOAT_EQ(look_.where.w, look_.where.h);
    EXPECT_EQ(intersection(look_.where, {0, 0, 320, 240}), look_.where);
}

TEST_F(Camera, AFireIsLookedAtWhileItIsTooSmallToBeReported) {
    play(10, [](int i) {
        const auto grows = static_cast<float>(i % 2) * 8;
        return Drawing{.patches = {{{160, 144, 16 + grows, 8}, kOrange}}};
    });
    EXPECT_GT(look_.asked, 0);
    EXPECT_EQ(look_.counted, 0) << "a look at everybody is dear";
    EXPECT_TRUE(seen_.begun.empty());
    play(1, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
}

TEST_F(Camera, WhatIsNotConfirmedRaisesNothingAndIsSoonLeftAlone) {
    look_.answer = 0.2F;
    play(100, flames);
    EXPECT_TRUE(seen_.begun.empty());
    EXPECT_LT(look_.asked, 40);
}

TEST_F(Camera, WhatComesAndGoesAndWasDeniedIsNotAskedAboutEachTimeAnew) {
    look_.answer = 0.1F;
    for (int round = 0; round < 20; ++round) {
        play(20, flames);
        play(50, nothing);
    }
    EXPECT_LT(look_.asked, 100) << "of 400 pictures in which it is there";
    look_.kept = 0;
    play(25, nothing);
    play(50, nothing);
    EXPECT_LE(look_.kept, 25) << "no pictures of what is gone";
}

TEST_F(Camera, AFireBesideWhatWasDeniedIsFound) {
    look_.answer = 0.1F;
    const auto lamps = [](int i) {
        const auto grows = static_cast<float>(i % 3) * 8;
        Drawing drawing;
        for (const float x : {16.F, 96.F, 256.F}) {
            drawing.patches.push_back({{x, 40 - grows, 24, 24 + grows}, kOrange});
        }
        return drawing;
    };
    play(60, lamps);
    look_.answer = 0.9F;
    play(10, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
}

TEST_F(Camera, NoAnswerIsNoIncident) {
    look_.answer = std::nullopt;
    play(100, flames);
    EXPECT_TRUE(seen_.begun.empty());
}

TEST_F(Camera, WithoutASecondLookNothingIsRaised) {
    has_look_ = false;
    play(20, flames);
    EXPECT_EQ(seen_.proposed, 0);
    EXPECT_TRUE(seen_.begun.empty());
}

TEST_F(Camera, AStillOrangeThingRaisesNothing) {
    play(100, [](int) { return flames(0); });
    EXPECT_TRUE(seen_.begun.empty());
}

TEST_F(Camera, GreyMovementCostsNoSecondLook) {
    play(50, [](int i) {
        return Drawing{.patches = {{{static_cast<float>(5 * i), 100, 40, 60}, {200, 128, 128}}}};
    });
    EXPECT_EQ(seen_.proposed, 0);
    EXPECT_EQ(look_.asked, 0);
    EXPECT_EQ(look_.kept, 0);
}

TEST_F(Camera, AnOrangeVestIsTheOneWhoWearsIt) {
    Track person;
    person.cls = ObjectClass::Person;
    person.state = TrackState::Confirmed;
    person.box = {140, 60, 72, 140};
    tracks_ = {person};
    play(30, flames);
    EXPECT_EQ(seen_.proposed, 0);
    EXPECT_EQ(look_.asked, 0);
}

TEST_F(Camera, WhatIsOnSomebodyWhomNoTrackFollowsIsHisSkin) {
    look_.people = {{ObjectClass::Person, 0.6F, {120, 80, 60, 120}, {}}};
    play(100, flames);
    EXPECT_TRUE(seen_.begun.empty());
    EXPECT_GE(look_.counted, 1);
    EXPECT_LT(look_.counted, 10) << "a look at everybody is dear";
}

TEST_F(Camera, OneWhoStandsBesideAFireDoesNotHideItAndShadowsAreNobody) {
    look_.people = {
        {ObjectClass::Person, 0.9F, {200, 60, 50, 140}, {}},
        {ObjectClass::Person, 0.1F, {140, 60, 72, 140}, {}}
    };
    play(5, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
    EXPECT_EQ(look_.counted, 1);
}

TEST_F(Camera, WithoutKnowingWhoIsThereNothingIsRaised) {
    look_.people = std::nullopt;
    play(20, flames);
    EXPECT_TRUE(seen_.begun.empty());
    look_.people = std::vector<Detection>{};
    play(2, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
}

TEST_F(Camera, AWalkingOrangeThingIsNotWaitedFor) {
    look_.answer = 0.9F;
    play(10, [](int i) {
        return Drawing{.patches = {{{static_cast<float>(32 * i), 100, 20, 40}, kOrange}}};
    });
    EXPECT_TRUE(seen_.begun.empty());
}

TEST_F(Camera, TheEventEndsTenSecondsAfterTheLastFlame) {
    play(10, flames);
    ASSERT_EQ(seen_.begun.size(), 1u);
    look_.answer = 0;
    play(40, nothing);
    EXPECT_EQ(seen_.ended, 0);
    play(20, nothing);
    EXPECT_EQ(seen_.ended, 1);
}

TEST_F(Camera, AShortDoubtDoesNotEndTheEvent) {
    play(10, flames);
    look_.answer = 0.1F;
    play(25, flames);
    look_.answer = 0.9F;
    play(60, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
    EXPECT_EQ(seen_.ended, 0);
}

TEST_F(Camera, ALostSignalRaisesNothing) {
    signal_ = SignalState::Lost;
    play(20, flames);
    EXPECT_EQ(seen_.proposed, 0);
    EXPECT_TRUE(seen_.begun.empty());
}

TEST_F(Camera, ScenesWithoutPicturesAreBorne) {
    play(2, flames);
    play_without_pictures(50);
    EXPECT_TRUE(seen_.begun.empty());
}

TEST_F(Camera, AFireThatTheGateTakesForBackgroundIsStillSeen) {
    play(1, nothing);
    moving_.clear();
    play(60, flames);
    EXPECT_EQ(seen_.begun.size(), 1u);
}

}  // namespace
}  // namespace bongsu::behaviours
