#include "eval/things/thing_score.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

constexpr Box kThing{0.5F, 0.5F, 0.05F, 0.05F};
constexpr Box kElsewhere{0.1F, 0.1F, 0.05F, 0.05F};

RecognitionFilm film(const char* label) {
    RecognitionFilm made;
    made.label = label;
    made.seconds = 36;
    made.marks = {{"put_s", 15}, {"owner_gone_s", 20}, {"event_end_s", 32}};
    made.boxes = {{.time = 15, .box = kThing}};
    return made;
}

Alarm alarm(double told, const Box& box, const char* kind = "abandoned_object") {
    return {.kind = kind, .time = told, .told = told, .box = box};
}

TEST(ThingScore, CountsTheFirstAlarmForTheThingAfterItsOwnerHasLeft) {
    const WatchedFilm watched{.alarms = {alarm(26, kThing), alarm(29, kThing)}};
    const ThingScore score = score_things(film("left"), watched);
    EXPECT_TRUE(score.is_left);
    EXPECT_EQ(score.delay, 6);
    EXPECT_EQ(score.early_alarms + score.false_alarms, 0);
    EXPECT_EQ(score.seconds_without, 20);
}

TEST(ThingScore, AlarmsWhileTheOwnerIsThereAreEarlyAndNoHit) {
    const ThingScore score = score_things(film("left"), {.alarms = {alarm(18, kThing)}});
    EXPECT_FALSE(score.delay);
    EXPECT_EQ(score.early_alarms, 1);
}

TEST(ThingScore, AnAlarmAfterTheEndIsNeitherRightNorFalse) {
    const ThingScore score = score_things(film("left"), {.alarms = {alarm(33, kThing)}});
    EXPECT_FALSE(score.delay);
    EXPECT_EQ(score.early_alarms + score.false_alarms, 0);
}

TEST(ThingScore, AlarmsElsewhereAndOfThingsThatWereTakenAlongAreFalse) {
    const WatchedFilm watched{
        .alarms = {alarm(26, kElsewhere), alarm(27, kThing, "removed_object"), alarm(9, {}, "fall")}
    };
    EXPECT_EQ(score_things(film("left"), watched).false_alarms, 2);
    const ThingScore kept = score_things(film("kept"), {.alarms = {alarm(26, kThing)}});
    EXPECT_EQ(kept.false_alarms, 1);
    EXPECT_FALSE(kept.delay);
    EXPECT_EQ(kept.seconds_without, 36);
}

}  // namespace
}  // namespace bongsu::eval
