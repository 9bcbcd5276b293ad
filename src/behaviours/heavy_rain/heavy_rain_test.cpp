#include "behaviours/heavy_rain/streaks.hpp"
#include "behaviours/testing/one_rule.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

#include <gtest/gtest.h>

namespace bongsu::behaviours::heavy_rain {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};
constexpr int kWidth = 640;
constexpr int kHeight = 360;

/// A grey wall with some structure that weather falls before. All randomness is seeded.
class Weather {
public:
    explicit Weather(unsigned seed) : random_(seed) {
        made_ = allocate_frame(kWidth, kHeight);
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                put(x, y, 90 + 30 * ((x / 80 + y / 60) % 2) + between(-4, 4));
            }
        }
    }

    Weather& streaks(int count, int length, int lean = 0) {
        for (int i = 0; i < count; ++i) {
            const int x = between(0, kWidth - 1);
            const int y = between(-length, kHeight - 1);
            for (int j = 0; j < length; ++j) {
                brighten(x + j * lean / length, y + j, 30);
            }
        }
        return *this;
    }

    Weather& flakes(int count) {
        for (int i = 0; i < count; ++i) {
            const int x = between(0, kWidth - 1);
            const int y = between(0, kHeight - 1);
            for (int j = 0; j < 16; ++j) {
                brighten(x + j % 4, y + j / 4, 60);
            }
        }
        return *this;
    }

    Weather& noise(int most) {
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                brighten(x, y, between(-most, most));
            }
        }
        return *this;
    }

    /// Something bright that passes by.
    Weather& block(int left, int top, int side) {
        for (int i = 0; i < side * side; ++i) {
            brighten(left + i % side, top + i / side, 100);
        }
        return *this;
    }

    const Frame& frame() const { return made_.frame; }

private:
    int between(int low, int high) { return std::uniform_int_distribution(low, high)(random_); }

    std::uint8_t* pixel(int x, int y) {
        const bool is_inside = x >= 0 && y >= 0 && x < kWidth && y < kHeight;
        return is_inside ? made_.data[0] +
                               (static_cast<std::ptrdiff_t>(y) * made_.frame.planes[0].stride) + x
                         : nullptr;
    }

    void put(int x, int y, int value) {
        if (std::uint8_t* at = pixel(x, y)) {
            *at = static_cast<std::uint8_t>(std::clamp(value, 16, 235));
        }
    }

    void brighten(int x, int y, int by) {
        if (const std::uint8_t* at = pixel(x, y)) {
            put(x, y, *at + by);
        }
    }

    std::mt19937 random_;
    WritableFrame made_;
};

using Fall = std::function<void(Weather&, unsigned seed)>;

float share_of(const Fall& fall) {
    std::vector<GreyPicture> pictures;
    for (unsigned seed = 1; seed <= 3; ++seed) {
        Weather weather(seed);
        fall(weather, seed);
        pictures.push_back(*GreyPicture::of(weather.frame()));
    }
    return streak_share(pictures[0], pictures[1], pictures[2]);
}

TEST(Streaks, RainFallsAllOverThePicture) {
    EXPECT_GT(share_of([](Weather& w, unsigned) { w.streaks(300, 25); }), 0.5F);
    EXPECT_GT(share_of([](Weather& w, unsigned) { w.streaks(800, 25, 5); }), 0.5F);
}

TEST(Streaks, SnowNoiseAndStillnessAreNoRain) {
    EXPECT_LT(share_of([](Weather&, unsigned) {}), 0.02F);
    EXPECT_LT(share_of([](Weather& w, unsigned) { w.flakes(600); }), 0.15F);
    EXPECT_LT(share_of([](Weather& w, unsigned) { w.noise(15); }), 0.05F);
}

TEST(Streaks, WhatPassesByIsInFewPlaces) {
    EXPECT_LT(
        share_of([](Weather& w, unsigned seed) {
            w.block(100 * static_cast<int>(seed), 200, 60);
            w.block(300, 60 * static_cast<int>(seed), 12);
        }),
        0.1F
    );
}

TEST(Streaks, ATinyPictureShowsNone) {
    EXPECT_FALSE(GreyPicture::of(allocate_frame(64, 48).frame));
    EXPECT_FALSE(GreyPicture::of(Frame{}));
}

class HeavyRainTest : public ::testing::Test {
protected:
    /// Scenes of one a second; how many events begin, less those that end.
    int show(const Fall& fall, int time) {
        std::vector<Frame> frames;
        for (unsigned seed = 1; seed <= 5; ++seed) {
            Weather weather(seed);
            fall(weather, seed);
            frames.push_back(weather.frame());
        }
        int begun = 0;
        std::size_t number = 0;
        for (const WallTime end = now_ + minutes{time}; now_ < end; now_ += seconds{1}) {
            Scene scene;
            scene.time = now_;
            scene.width = kWidth;
            scene.height = kHeight;
            scene.frame = &frames[++number % frames.size()];
            scene.second_look = &look_;
            begun += rule_.balance(scene);
        }
        return begun;
    }

    testing::OneRule rule_{"heavy_rain"};
    testing::FixedLook look_{"none"};
    WallTime now_ = kStart;
};

void pour(Weather& weather, unsigned) {
    weather.streaks(400, 25);
}

void dry(Weather&, unsigned) {}

TEST_F(HeavyRainTest, IsReportedWhenItLastsAndEndsMinutesAfterIt) {
    EXPECT_EQ(show(dry, 3), 0);
    EXPECT_EQ(look_.kept, 0);
    EXPECT_EQ(show(pour, 2), 0);
    EXPECT_EQ(show(pour, 3), 1);
    EXPECT_GT(look_.kept, 0);
    EXPECT_EQ(show(dry, 4), 0);
    EXPECT_EQ(show(dry, 4), -1);
}

TEST_F(HeavyRainTest, AShortGustAndSnowAreNot) {
    EXPECT_EQ(show(pour, 1), 0);
    EXPECT_EQ(show(dry, 5), 0);
    EXPECT_EQ(show([](Weather& w, unsigned) { w.flakes(600); }, 10), 0);
}

}  // namespace
}  // namespace bongsu::behaviours::heavy_rain
