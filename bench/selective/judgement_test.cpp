#include "selective/judgement.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace bongsu::bench {
namespace {

/// Somebody walks for six seconds, from 40 s on, from left to right.
LabelledFilm film_with_walker() {
    LabelledFilm film{.camera = "day-1", .condition = "day", .scene = "wide", .seconds = 100};
    TrueEvent walker{.span = {40, 46}, .kind = "walk", .height = 0.2, .contrast = 60};
    walker.way = {{40, {100, 100, 30, 80}}, {43, {200, 100, 30, 80}}};
    film.events.push_back(walker);
    return film;
}

WatchedCamera asleep() {
    WatchedCamera watched;
    watched.until = 100;
    return watched;
}

TEST(SelectiveJudgement, ASleepingCameraNoticesWhenItSaysSoNotWhenThePictureWasTaken) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    watched.wakes = {{.picture = 42, .told = 42.4}};
    watched.sightings = {{.time = 41, .box = {105, 105, 30, 75}}};
    const FilmVerdict verdict = judge(film, watched);
    ASSERT_TRUE(verdict.events.front().delay);
    EXPECT_NEAR(*verdict.events.front().delay, 2.4, 1e-9);
    EXPECT_TRUE(verdict.events.front().is_noticed_in_time());
    EXPECT_TRUE(verdict.false_wakes.empty());
}

TEST(SelectiveJudgement, AWakeForSomethingElseNoticesNobody) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    watched.wakes = {{.picture = 42, .told = 42.4}};
    watched.sightings = {{.time = 43, .box = {500, 10, 30, 60}}};
    EXPECT_FALSE(judge(film, watched).events.front().delay);
}

TEST(SelectiveJudgement, AFollowedCameraNoticesWhoIsSeenAtTheRightPlace) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    watched.wakes = {{.picture = 20, .told = 20.1}};
    watched.followed = {{20.1, 60}};
    watched.sightings = {
        {.time = 40.2, .box = {500, 10, 30, 60}}, {.time = 44, .box = {205, 100, 28, 80}}
    };
    const FilmVerdict verdict = judge(film, watched);
    ASSERT_TRUE(verdict.events.front().delay);
    EXPECT_NEAR(*verdict.events.front().delay, 4, 1e-9);
    EXPECT_FALSE(verdict.events.front().is_noticed_in_time());
}

TEST(SelectiveJudgement, AWakeWithoutACauseIsFalse) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    // While the node starts, before the event, when he has just left, long after, after the end.
    for (const double picture : {4.0, 30.0, 48.0, 70.0, 101.0}) {
        watched.wakes.push_back({.picture = picture, .told = picture + 0.2});
    }
    EXPECT_EQ(judge(film, watched).false_wakes, (std::vector<double>{30, 70}));
}

TEST(SelectiveJudgement, QuietTimeIsWithoutStartAndEvents) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    watched.followed = {{42, 56}, {80, 81}};
    watched.called = {{43, 50}};
    watched.in_turn = {{0, 20}};
    const QuietTime quiet = judge(film, watched).quiet;
    EXPECT_DOUBLE_EQ(quiet.all, 90 - 6);
    EXPECT_DOUBLE_EQ(quiet.followed, 10 + 1);
    EXPECT_DOUBLE_EQ(quiet.called, 4);
    EXPECT_DOUBLE_EQ(quiet.in_turn, 10);
    EXPECT_DOUBLE_EQ(quiet.calm, 90 - 3 - 6 - 12);
    EXPECT_DOUBLE_EQ(quiet.calm_followed, 1);
}

TEST(SelectiveJudgement, WhereSomebodyStandsAllTheTimeNothingIsCalledQuiet) {
    LabelledFilm film = film_with_walker();
    film.is_empty_between = false;
    WatchedCamera watched = asleep();
    watched.wakes = {{.picture = 70, .told = 70}};
    const FilmVerdict verdict = judge(film, watched);
    EXPECT_EQ(verdict.quiet.all, 0);
    EXPECT_TRUE(verdict.false_wakes.empty());
}

TEST(SelectiveJudgement, TheLedgerIsComparedWithEveryLook) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    watched.whole_looks = {5, 35, 90};
    watched.claimed_unwatched = 50;
    const LedgerVerdict ledger = judge(film, watched).ledger;
    EXPECT_DOUBLE_EQ(ledger.found, 55);
    EXPECT_DOUBLE_EQ(ledger.claimed, 50);
    EXPECT_EQ(ledger.missed_in_gaps, 1U);
}

TEST(SelectiveJudgement, GroupsAddUpEventsAndQuietTime) {
    const LabelledFilm film = film_with_walker();
    WatchedCamera watched = asleep();
    watched.wakes = {{.picture = 42, .told = 42.4}, {.picture = 70, .told = 70.1}};
    watched.sightings = {{.time = 41, .box = {105, 105, 30, 75}}};
    const std::vector<FilmVerdict> films(3, judge(film, watched));
    const auto all = [](const FilmVerdict&, const TrueEvent*) { return std::string("all"); };
    const std::vector<Group> groups = grouped(films, all);
    ASSERT_EQ(groups.size(), 1U);
    EXPECT_EQ(groups.front().events, 3U);
    EXPECT_EQ(groups.front().noticed, 3U);
    EXPECT_EQ(groups.front().false_wakes, 3U);
    EXPECT_NEAR(groups.front().false_wakes_per_hour(), 3 / (3 * 84.0 / 3600), 1e-9);
}

TEST(SelectiveTruth, AnEventIsWhereItWasLast) {
    const LabelledFilm film = film_with_walker();
    EXPECT_EQ(film.events.front().box_at(39).x, 100);
    EXPECT_EQ(film.events.front().box_at(42.9).x, 100);
    EXPECT_EQ(film.events.front().box_at(45).x, 200);
}

TEST(SelectiveTruth, WhatCannotBeUnderstoodIsNamed) {
    const auto folder = std::filesystem::temp_directory_path() / "bongsu-selective-truth-test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "films.list") << "gate\n";
    std::ofstream(folder / "gate.truth")
        << "film gate day wide 300 1\nevent 3 9 walk 0.2 60\nbox 3 1 2 3 4\n";
    const auto films = read_films(folder / "films.list");
    ASSERT_TRUE(films) << films.error().describe();
    EXPECT_EQ(films->front().events.front().contrast, 60);
    std::ofstream(folder / "gate.truth") << "film gate day wide 300 1\nbox 3 1 2 3 4\n";
    const auto bad = read_films(folder / "films.list");
    ASSERT_FALSE(bad);
    EXPECT_NE(bad.error().describe().find("line 2"), std::string::npos) << bad.error().describe();
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace bongsu::bench
