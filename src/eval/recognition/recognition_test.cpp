#include "eval/intervals.hpp"
#include "eval/recognition/film.hpp"
#include "eval/recognition/judging.hpp"

#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

Alarm alarm(double told, double confidence = 0.5) {
    return {.kind = "fall", .time = told, .told = told, .confidence = confidence};
}

RecognitionFilm film(const std::string& set, const std::string& label) {
    RecognitionFilm made{.name = "one", .set = set, .label = label, .seconds = 8};
    made.marks = {{"event_start_s", 2}, {"event_end_s", 5}, {"down_from_s", 3}};
    return made;
}

TEST(Judging, AnAlarmHitsFromTheStartToThreeSecondsAfterTheEnd) {
    const auto truth = truth_of(film("fall", "fall"), "fall");
    ASSERT_EQ(truth.size(), 1U);
    EXPECT_EQ(judge(truth, {alarm(1.9)}, kWholeEvent).hits, 0);
    EXPECT_EQ(judge(truth, {alarm(2)}, kWholeEvent).hits, 1);
    EXPECT_EQ(judge(truth, {alarm(8)}, kWholeEvent).hits, 1);
    EXPECT_EQ(judge(truth, {alarm(8.1)}, kWholeEvent).hits, 0);
}

TEST(Judging, DelayIsFromLyingOnTheFloor) {
    const auto truth = truth_of(film("fall", "fall"), "fall");
    EXPECT_EQ(judge(truth, {alarm(4.5)}, kWholeEvent).delays, std::vector<double>{1.5});
}

TEST(Judging, ARepeatIsFalseOnlyWhereTheWindowSaysSo) {
    const std::vector<TrueEvent> truth{{.start = 2, .end = 5, .due = 2}};
    const std::vector<Alarm> alarms{alarm(3), alarm(4)};
    EXPECT_EQ(judge(truth, alarms, kWholeEvent).false_alarms, 0);
    const AlarmWindow kisa{.before = 2, .after = 10, .repeats_are_false = true};
    const Tally tally = judge(truth, alarms, kisa);
    EXPECT_EQ(tally.hits, 1);
    EXPECT_EQ(tally.false_alarms, 1);
}

TEST(Judging, AlarmsOutOfOrderArePairedInOrder) {
    const std::vector<TrueEvent> truth{
        {.start = 0, .end = 2, .due = 0}, {.start = 4, .end = 6, .due = 4}
    };
    const Tally tally = judge(truth, {alarm(7), alarm(1)}, kWholeEvent);
    EXPECT_EQ(tally.hits, 2);
    EXPECT_EQ(tally.delays, (std::vector<double>{1, 3}));
}

TEST(Judging, FiguresOfAKnownTally) {
    const Tally tally{.events = 4, .hits = 3, .false_alarms = 1, .delays = {}};
    EXPECT_DOUBLE_EQ(tally.precision(), 0.75);
    EXPECT_DOUBLE_EQ(tally.recall(), 0.75);
    EXPECT_DOUBLE_EQ(tally.f1(), 0.75);
    EXPECT_DOUBLE_EQ(tally.biased_f1(0.65), 0.75) << "equal precision and recall have no bias";
    const Tally greedy{.events = 4, .hits = 4, .false_alarms = 4, .delays = {}};
    EXPECT_NEAR(greedy.biased_f1(0.65), 1.65 * 0.5 / (1 + 0.65 * 0.5), 1e-12);
    EXPECT_DOUBLE_EQ(Tally{}.f1(), 1) << "nothing to find and nothing raised";
    EXPECT_DOUBLE_EQ((Tally{.events = 1}).biased_f1(0.65), 0);
}

TEST(Judging, OnlyTheSetsOwnKindHasEvents) {
    EXPECT_EQ(truth_of(film("fight", "fight"), "fight").size(), 1U);
    EXPECT_TRUE(truth_of(film("fight", "normal"), "fight").empty());
    EXPECT_TRUE(truth_of(film("fight", "fight"), "fall").empty());
    EXPECT_TRUE(truth_of(film("fall", "lying_no_fall"), "fall").empty());
}

TEST(Judging, AFallInAFightIsNotJudged) {
    EXPECT_FALSE(is_judged(film("fight", "fight"), "fall"));
    EXPECT_TRUE(is_judged(film("fight", "normal"), "fall"));
    EXPECT_TRUE(is_judged(film("fight", "fight"), "fire"));
    EXPECT_FALSE(is_judged(film("fire", "fire"), "smoke"));
    RecognitionFilm wet = film("fall", "fall");
    wet.condition = "rain";
    EXPECT_FALSE(is_judged(wet, "heavy_rain"));
}

TEST(Judging, MissesAtSoManyFalseAlarmsAMinute) {
    const ScoredAlarms scored{
        .hits = {0.9, 0.7, 0.5}, .errors = {0.8, 0.6}, .events = 4, .minutes = 10
    };
    EXPECT_DOUBLE_EQ(miss_rate_at(scored, 1), 0.25) << "every alarm may stay";
    EXPECT_DOUBLE_EQ(miss_rate_at(scored, 0.1), 0.5) << "one false alarm: above 0.6";
    EXPECT_DOUBLE_EQ(miss_rate_at(scored, 0.01), 0.75) << "none: above 0.8";
    EXPECT_DOUBLE_EQ(miss_rate_at({}, 1), 0);
}

TEST(Intervals, ThePoissonMeanOfNoEventIsAtMostThreePointSevenOfThem) {
    EXPECT_DOUBLE_EQ(poisson_interval(0).low, 0);
    EXPECT_NEAR(poisson_interval(0).high, -std::log(0.025), 1e-6);
    EXPECT_NEAR(poisson_interval(10).low, 4.795, 1e-3) << "as tabulated";
    EXPECT_NEAR(poisson_interval(10).high, 18.39, 1e-2);
}

std::optional<double> mean_of(std::span<const std::size_t> items) {
    const double sum = std::accumulate(items.begin(), items.end(), 0.0);
    return sum / static_cast<double>(items.size());
}

TEST(Intervals, GroupsAreDrawnTogether) {
    std::vector<std::string> alone;
    std::vector<std::string> pairs;
    for (int i = 0; i < 40; ++i) {
        alone.push_back(std::to_string(i));
        pairs.push_back(std::to_string(i / 10));
    }
    const Interval narrow = interval_by_group(alone, mean_of);
    const Interval wide = interval_by_group(pairs, mean_of);
    EXPECT_LT(narrow.low, 19.5);
    EXPECT_GT(narrow.high, 19.5);
    EXPECT_GT(wide.high - wide.low, 1.5 * (narrow.high - narrow.low));
    EXPECT_EQ(interval_by_group(alone, mean_of).low, narrow.low) << "the same each time";
    EXPECT_EQ(count_groups(pairs), 4U);
}

TEST(Films, AreReadAsTheToolListsThem) {
    const auto films = parse_films(R"([{"name": "fire-a", "set": "fire", "source": "fire",
        "group": "a", "label": "fire", "film": "/films/a.mp4", "width": 200, "height": 100,
        "rate": 25, "is_trainable": true, "begin": 10, "zero": 9.5, "seconds": 6, "length": 20,
        "marks": {"event_start_s": 0.5}, "boxes": [[2, 20, 10, 40, 50], [1, 0, 0, 20, 10]]}])");
    ASSERT_TRUE(films) << films.error().describe();
    const RecognitionFilm& read = films->front();
    EXPECT_EQ(read.length, 20);
    EXPECT_EQ(read.zero, 9.5);
    EXPECT_TRUE(read.is_trainable);
    ASSERT_NE(read.mark("event_start_s"), nullptr);
    EXPECT_EQ(*read.mark("event_start_s"), 0.5);
    EXPECT_EQ(read.mark("down_from_s"), nullptr);
    ASSERT_EQ(read.boxes.size(), 2U);
    EXPECT_EQ(read.boxes[0].time, 1) << "in order of time";
    EXPECT_EQ(read.boxes[1].box, (Box{0.1F, 0.1F, 0.2F, 0.5F}));
}

TEST(Films, WhatIsWrongIsNamed) {
    EXPECT_EQ(parse_films("{}").error().kind, ErrorKind::Corrupt);
    const auto broken = parse_films(R"([{"name": "a", "film": "a.mp4"}])");
    EXPECT_NE(broken.error().message.find("'a'"), std::string::npos);
    EXPECT_FALSE(parse_films(R"([{"name": "a", "film": "a", "width": 2, "height": 2, "rate": 1,
        "seconds": 1, "boxes": [[1, 2]]}])"));
}

TEST(Films, AToolThatFailsIsAnError) {
    EXPECT_EQ(make_films({.tool = "/bin/false", .data = "/"}).error().kind, ErrorKind::Unavailable);
}

}  // namespace
}  // namespace bongsu::eval
