#include "triage/scheduler.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace bongsu::triage {
namespace {

using namespace std::chrono_literals;

const CameraId kA{"a"};
const CameraId kB{"b"};
const WallTime kNoon = *parse_iso8601("2026-11-21T12:00:00Z");

/// Seconds of work in which each camera asks for ten looks that would take `wanted` together, and
/// makes those that it may, as an obedient pipeline does. `fixed` is spent whatever it may.
void run(
    Scheduler& scheduler, const std::map<CameraId, double>& wanted, int seconds, double fixed = 0
) {
    constexpr int kLooks = 10;
    static MonoTime now{};
    scheduler.rebalance(now);
    for (int i = 0; i < seconds; ++i) {
        for (const auto& [camera, cpu] : wanted) {
            scheduler.charge(camera, Stage::Follow, from_seconds(fixed));
            for (int look = 0; look < kLooks; ++look) {
                if (scheduler.admit(camera)) {
                    scheduler.charge(camera, Stage::Detect, from_seconds(cpu / kLooks));
                }
            }
        }
        now += 1s;
        scheduler.rebalance(now);
    }
}

int admitted(Scheduler& scheduler, const CameraId& camera, int opportunities) {
    int count = 0;
    for (int i = 0; i < opportunities; ++i) {
        count += scheduler.admit(camera) ? 1 : 0;
    }
    return count;
}

TEST(Scheduler, GivesEverythingWithinTheBudget) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 3);
    scheduler.add(kB, 3);
    run(scheduler, {{kA, 0.4}, {kB, 0.5}}, 30);
    EXPECT_DOUBLE_EQ(scheduler.share(kA), 1);
    EXPECT_EQ(admitted(scheduler, kA, 100), 100);
    EXPECT_EQ(scheduler.status().thinned, 0U);
}

TEST(Scheduler, CutsToTheBudgetByGravity) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 4);
    scheduler.add(kB, 1);
    run(scheduler, {{kA, 1}, {kB, 1}}, 60);
    EXPECT_NEAR(scheduler.share(kA), 0.8, 0.05);
    EXPECT_NEAR(scheduler.share(kB), 0.2, 0.05);
    EXPECT_NEAR(admitted(scheduler, kB, 100), 20, 6);
    EXPECT_NEAR(scheduler.status().used, 1, 0.1);
    EXPECT_GT(scheduler.status().thinned, 0U);
}

TEST(Scheduler, WhatIsSpentOnEveryPictureIsNoReasonToLookLessAndLess) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 4);
    scheduler.add(kB, 1);
    run(scheduler, {{kA, 0.8}, {kB, 0.8}}, 60, 0.2);
    EXPECT_NEAR(scheduler.status().wanted, 2, 0.1);
    EXPECT_NEAR(scheduler.share(kA), 0.6, 0.05);
    EXPECT_NEAR(scheduler.share(kB), 0.15, 0.05);
    EXPECT_NEAR(scheduler.status().used, 1, 0.1);
}

TEST(Scheduler, GravityCountsWhenDecodingAloneIsTooMuch) {
    Scheduler scheduler({.budget = 1, .least_share = 0.01});
    scheduler.add(kA, 5);
    scheduler.add(kB, 1);
    run(scheduler, {{kA, 0.5}, {kB, 0.5}}, 60, 0.6);
    EXPECT_NEAR(scheduler.share(kA) / scheduler.share(kB), 5, 1);
}

TEST(Scheduler, WhoWalksIntoAQuietPictureIsLookedAtAtOnceInTheWorstOverload) {
    Scheduler scheduler({.budget = 0.1});
    scheduler.add(kA, 5);
    scheduler.add(kB, 1);
    run(scheduler, {{kB, 0.1}}, 5);
    run(scheduler, {{kA, 50}}, 30);
    EXPECT_EQ(admitted(scheduler, kB, 4), 4);
    EXPECT_LT(admitted(scheduler, kA, 10), 3) << "who has been busy all the time has saved nothing";
}

TEST(Scheduler, SaysWhoIsCutAndHowMuchWouldBeNeeded) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 4);
    scheduler.add(kB, 1);
    run(scheduler, {{kA, 0.2}, {kB, 0.2}}, 30);
    EXPECT_FALSE(scheduler.status().is_behind);
    run(scheduler, {{kA, 1}, {kB, 1}}, 60);
    const SchedulerStatus behind = scheduler.status();
    EXPECT_TRUE(behind.is_behind);
    EXPECT_NEAR(behind.wanted, 2, 0.1);
    EXPECT_EQ(behind.by_gravity[3].cameras, 1U);
    EXPECT_NEAR(behind.by_gravity[3].mean, 0.8, 0.05);
    EXPECT_NEAR(behind.by_gravity[0].least, 0.2, 0.05);
    EXPECT_EQ(behind.by_gravity[2].cameras, 0U);
    run(scheduler, {{kA, 0.2}, {kB, 0.2}}, 30);
    EXPECT_FALSE(scheduler.status().is_behind);
}

TEST(Scheduler, AShortRushIsNotBeingBehind) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 3);
    run(scheduler, {{kA, 0.5}}, 30);
    run(scheduler, {{kA, 3}}, 3);
    EXPECT_FALSE(scheduler.status().is_behind);
}

TEST(Scheduler, WhatOneLeavesGoesToTheOthers) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 5);
    scheduler.add(kB, 1);
    run(scheduler, {{kA, 0.1}, {kB, 2}}, 60);
    EXPECT_DOUBLE_EQ(scheduler.share(kA), 1);
    EXPECT_NEAR(scheduler.share(kB), 0.45, 0.05);
}

TEST(Scheduler, NeverStarvesACamera) {
    Scheduler scheduler({.budget = 0.1, .least_share = 0.1});
    scheduler.add(kA, 1);
    run(scheduler, {{kA, 50}}, 30);
    EXPECT_NEAR(scheduler.share(kA), 0.1, 1e-9);
    EXPECT_NEAR(admitted(scheduler, kA, 100), 10, 2);
}

TEST(Scheduler, LatePicturesShrinkTheBudgetAndItRecovers) {
    Scheduler scheduler({.budget = 1});
    scheduler.add(kA, 3);
    MonoTime now{1h};
    scheduler.rebalance(now);
    for (int i = 0; i < 10; ++i) {
        scheduler.report_age(5s);
        scheduler.rebalance(now += 1s);
    }
    EXPECT_LT(scheduler.status().budget, 0.5);
    for (int i = 0; i < 100; ++i) {
        scheduler.report_age(10ms);
        scheduler.rebalance(now += 1s);
    }
    EXPECT_DOUBLE_EQ(scheduler.status().budget, 1);
}

TEST(Scheduler, EachCameraIsDueWithinMaxUnwatched) {
    Scheduler scheduler({.max_unwatched = 60s});
    scheduler.add(kA, 3);
    EXPECT_TRUE(scheduler.is_look_due(kA, kNoon, 2s));
    scheduler.note_look(kA, kNoon);
    EXPECT_FALSE(scheduler.is_look_due(kA, kNoon + 2s, 2s));
    EXPECT_TRUE(scheduler.is_look_due(kA, kNoon + 59s, 2s));
    scheduler.note_look(kA, kNoon + 59s);
    EXPECT_FALSE(scheduler.is_look_due(kA, kNoon + 116s, 2s));
    EXPECT_TRUE(scheduler.is_look_due(kA, kNoon + 118s, 2s));
}

TEST(Scheduler, CamerasAddedTogetherDoNotFallDueTogether) {
    Scheduler scheduler({.max_unwatched = 60s});
    std::vector<CameraId> cameras;
    for (int i = 0; i < 100; ++i) {
        cameras.emplace_back("camera" + std::to_string(i));
        scheduler.add(cameras.back(), 3);
        scheduler.note_look(cameras.back(), kNoon);
    }
    const auto due = std::ranges::count_if(cameras, [&](const CameraId& camera) {
        return scheduler.is_look_due(camera, kNoon + 43s, 2s);
    });
    EXPECT_GT(due, 20);
    EXPECT_LT(due, 80);
}

}  // namespace
}  // namespace bongsu::triage
