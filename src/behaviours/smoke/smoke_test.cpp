#include "behaviours/smoke/testing_view.hpp"
#include "behaviours/testing/one_rule.hpp"
#include "domain/testing/painted_smoke.hpp"

#include <functional>
#include <optional>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using bongsu::testing::add_noise;
using bongsu::testing::paint;
using bongsu::testing::paint_wall;
using bongsu::testing::PaintedSmoke;
using smoke::changed;
using smoke::Pixel;
using testing::FixedLook;
using testing::OneRule;

constexpr double kLearning = 10;  // seconds of the bare view before anything happens
constexpr float kNoise = 2;

/// A camera before a brick wall, five pictures a second. The second look says yes to everything:
/// what raises nothing here is refused by the rule alone.
class SmokeCamera : public ::testing::Test {
protected:
    SmokeCamera() : rule_("smoke"), look_("smoke") { look_.answer = 1.F; }

    using View = std::function<Frame(const Frame& bare, double seconds)>;

    /// Shows the bare wall, then `view`, whose clock begins at 0.
    void play(double seconds, const View& view) {
        for (double t = 0; t < kLearning; t += 0.2) {
            show(wall_);
        }
        go_on(0, seconds, view);
    }

    void go_on(double from, double to, const View& view) {
        for (double t = from; t < to; t += 0.2) {
            show(view(wall_, t));
        }
    }

    void show(const Frame& frame) {
        now_ += std::chrono::milliseconds{200};
        const Frame noisy = add_noise(frame, kNoise, ++seed_);
        Scene scene;
        scene.time = now_;
        scene.width = frame.width;
        scene.height = frame.height;
        scene.signal = signal_;
        scene.frame = has_pictures_ ? &noisy : nullptr;
        scene.tracks = tracks_;
        scene.second_look = has_look_ ? &look_ : nullptr;
        for (const BehaviourEvent& event : rule_.evaluate(scene)) {
            begun_ += event.phase == EventPhase::Begin ? 1 : 0;
            ended_ += event.phase == EventPhase::End ? 1 : 0;
            latest_ = event;
        }
    }

    /// Since the view began to change, seconds.
    double clock_of(WallTime time) const {
        return to_seconds(time - WallTime{std::chrono::hours{100}}) - kLearning;
    }

    OneRule rule_;
    FixedLook look_;
    Frame wall_ = paint_wall({});
    WallTime now_{std::chrono::hours{100}};
    SignalState signal_ = SignalState::Up;
    bool has_pictures_ = true;
    bool has_look_ = true;
    std::vector<Track> tracks_;
    unsigned seed_ = 0;
    int begun_ = 0;
    int ended_ = 0;
    BehaviourEvent latest_;
};

Frame smoking(const Frame& bare, double seconds) {
    return paint(bare, {}, seconds);
}

TEST_F(SmokeCamera, SmokeThatGrowsIsOneEventWithItsPlace) {
    play(20, smoking);
    ASSERT_EQ(begun_, 1);
    EXPECT_EQ(ended_, 0);
    EXPECT_LT(clock_of(latest_.started), 4);
    EXPECT_GE(latest_.time - latest_.started, std::chrono::seconds{8});
    EXPECT_TRUE(latest_.box.x < 160 && latest_.box.right() > 160) << "it rises in the middle";
    EXPECT_NE(latest_.detail.find("hides="), std::string::npos);
}

TEST_F(SmokeCamera, FirstPuffsThatComeAndGoDoNotCountAgainstWhatBecomesSteady) {
    play(21, [](const Frame& bare, double t) {
        const bool is_puff = std::fmod(t, 2) < 0.6;
        return t < 16 && !is_puff ? bare : paint(bare, {}, std::min(t, 3 + t / 3));
    });
    EXPECT_EQ(begun_, 1);
}

TEST_F(SmokeCamera, ManyPuffsThatComeAndGoAreNotSmoke) {
    play(40, [](const Frame& bare, double t) {
        return std::fmod(t, 2) < 0.6 ? paint(bare, {}, std::min(t, 3 + t / 3)) : bare;
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, DarkGreySmokeBeforeABrightWallIsSeen) {
    wall_ = paint_wall({.luma = 170});
    play(20, [](const Frame& bare, double t) { return paint(bare, {.shade = 80}, t); });
    EXPECT_EQ(begun_, 1);
}

TEST_F(SmokeCamera, TheEventEndsWhenTheAirIsClear) {
    play(20, smoking);
    ASSERT_EQ(begun_, 1);
    look_.answer = 0.F;
    go_on(0, 30, [](const Frame& bare, double /*t*/) { return bare; });
    EXPECT_EQ(ended_, 1);
}

TEST_F(SmokeCamera, WhatTheSecondLookDeniesIsLeftAloneAfterAWhile) {
    look_.answer = 0.F;
    play(60, smoking);
    EXPECT_EQ(begun_, 0);
    EXPECT_LT(look_.asked, 90);
}

TEST_F(SmokeCamera, NoAnswerIsNoIncident) {
    look_.answer = std::nullopt;
    play(20, smoking);
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, WithoutASecondLookPicturesOrSignalNothingIsRaised) {
    has_look_ = false;
    play(15, smoking);
    has_look_ = true;
    has_pictures_ = false;
    go_on(15, 30, smoking);
    has_pictures_ = true;
    signal_ = SignalState::Lost;
    go_on(30, 45, smoking);
    EXPECT_EQ(begun_, 0);
    EXPECT_EQ(look_.asked, 0);
}

TEST_F(SmokeCamera, AtNightNobodyCanTell) {
    wall_ = paint_wall({.luma = 28, .contrast = 10});
    play(20, smoking);
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, BeforeAnEvenWallNobodyCanTell) {
    wall_ = paint_wall({.contrast = 0});
    play(20, smoking);
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, ABurstOfSteamIsGoneTooSoon) {
    play(20, [](const Frame& bare, double t) {
        return paint(bare, {.rise = 0.2F, .density = 0.8F, .ends = 2, .lasts = 4, .grows = 0.5}, t);
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, ASteadyWispThatDoesNotGrowIsNone) {
    play(40, [](const Frame& bare, double /*t*/) {
        return paint(bare, {.lasts = 3}, 10);  // there at once, and stays as it is
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, FogIsOverAll) {
    play(30, [](const Frame& bare, double t) {
        const double hides = std::min(0.6, t / 20);
        return changed(bare, [&](int, int, Pixel p) { return p.behind(hides, 180); });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, AShadowKeepsNoShadeOfItsOwn) {
    play(30, [](const Frame& bare, double t) {
        return changed(bare, [&](int x, int y, Pixel p) {
            const double inside = smoke::soft_disc(x, y, {160, 100}, 20 + 3 * t);
            return p.lit(1 - 0.5 * inside);
        });
    });
    EXPECT_EQ(begun_, 0);
    EXPECT_EQ(look_.asked, 0);
}

TEST_F(SmokeCamera, TheBeamOfAHeadlampAddsLight) {
    play(30, [](const Frame& bare, double t) {
        return changed(bare, [&](int x, int y, Pixel p) {
            const double inside =
                smoke::soft_disc(x, y, {static_cast<float>(100 + 4 * t), 110}, 15 + 2.5 * t);
            return p.brighter(110 * inside);
        });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, SomebodyInGreyWhomNobodyTracks) {
    play(30, [](const Frame& bare, double t) {
        const double left = 50 + 7.5 * t;
        return changed(bare, [&](int x, int y, Pixel p) {
            const bool is_him = x > left && x < left + 25 && y > 60 && y < 130;
            return is_him ? Pixel{.y = 120.0 + (y % 8), .u = 128, .v = 128} : p;
        });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, AGreyLorryThatParks) {
    play(40, [](const Frame& bare, double t) {
        const double right = std::min(200.0, 30 * t);
        return changed(bare, [&](int x, int y, Pixel p) {
            const bool is_lorry = x < right && x > right - 120 && y > 70 && y < 130;
            return is_lorry ? Pixel{.y = 150, .u = 128, .v = 128} : p;
        });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, AnotherExposure) {
    play(30, [](const Frame& bare, double t) {
        return changed(bare, [&](int, int, Pixel p) { return p.lit(1 + std::min(0.4, t / 10)); });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, AFlagInTheWind) {
    play(30, [](const Frame& bare, double t) {
        return changed(bare, [&](int x, int y, Pixel p) {
            const double wave = 5 * std::sin(x / 12.0 - 4 * t);
            const bool is_flag =
                x > 125 && x < 125 + std::min(70.0, 10 * t) && y > 50 + wave && y < 90 + wave;
            const double cloth = 140 + 40 * std::sin(x / 12.0 - 4 * t) + (y / 4 % 2) * 25;
            return is_flag ? Pixel{.y = cloth, .u = 128, .v = 128} : p;
        });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, ADropOnTheLensBlursButHidesNothing) {
    play(30, [](const Frame& bare, double t) {
        return smoke::blurred(bare, {150, 80}, std::min(40.0, 20 + 4 * t));
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, RainFallsEverywhere) {
    play(30, [](const Frame& bare, double t) {
        const int drop = static_cast<int>(t * 45);
        return changed(bare, [&](int x, int y, Pixel p) {
            const bool is_streak = (x * 7919 + (y + drop * 13) / 24 * 104'729) % 23 == 0;
            return is_streak ? p.behind(0.4, 220) : p;
        });
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, SomebodyTrackedIsNoVeil) {
    Track person;
    person.state = TrackState::Confirmed;
    person.box = {100, 10, 120, 170};
    tracks_ = {person};
    play(20, [](const Frame& bare, double t) {
        return paint(bare, {.width = 0.02F, .spread = 0.01F, .rise = 0.03F, .wind = 0}, t);
    });
    EXPECT_EQ(begun_, 0);
}

TEST_F(SmokeCamera, PicturesOfAnySizeAreBorne) {
    for (const auto& [width, height] : {std::pair{2, 2}, {16, 500}, {160, 120}, {719, 405}}) {
        const Frame wall = paint_wall({.width = width, .height = height});
        for (double t = 0; t < 12; t += 0.2) {
            show(paint(wall, {}, t));
        }
    }
    SUCCEED();
}

}  // namespace
}  // namespace bongsu::behaviours
