// Figures of films and alarms that were made up, so that the right answer is known.
#include "eval/recognition/figures.hpp"

#include "eval/recognition/fold_figures.hpp"
#include "eval/recognition/judging.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

/// Films and what was said about them, filled film by film.
struct MadeUp {
    std::vector<RecognitionFilm> films;
    Screening screening;
    Measurements out;
    ReportSection section;

    RecognitionFilm& add(
        const std::string& set, const std::string& label, const std::string& group
    ) {
        films.push_back({
            .name = set + std::to_string(films.size()),
            .set = set,
            .source = set,
            .group = group,
            .label = label,
            .rate = 10,
            .begin = 10,
            .zero = 10,
            .seconds = 36,
            .length = 50,
        });
        screening.films.emplace_back().is_complete = true;
        return films.back();
    }

    /// By the film that was added last.
    void raise(const std::string& kind, double told, double confidence = 0.5, Box box = {}) {
        screening.films.back().alarms.push_back(
            {.kind = kind, .time = told, .told = told, .confidence = confidence, .box = box}
        );
        screening.kinds[kind].events += 1;
    }

    void answer(const std::string& verifier, double score) {
        screening.films.back().answers.push_back({verifier, 1, score});
    }

    Watched watched() const { return {.films = films, .screening = screening}; }

    double value(const std::string& name) const {
        const auto found = out.values().find(name);
        return found == out.values().end() ? -1 : found->second;
    }
};

TEST(RecognitionFigures, FightsByTheVerifierAndByAlarms) {
    MadeUp made;
    made.screening.kinds["fight"] = {};
    made.add("fight", "fight", "a");
    made.answer("fight", 0.9);
    made.raise("fight", 1.5);
    made.add("fight", "fight", "b");
    made.answer("fight", 0.4);
    made.add("fight", "normal", "c");
    made.answer("fight", 0.6);
    made.raise("fight", 1);
    made.add("fight", "normal", "d");
    add_fight_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("fight.auc"), 0.75) << "who was not asked counts as 0";
    EXPECT_DOUBLE_EQ(made.value("fight.auc_when_asked"), 0.5);
    EXPECT_DOUBLE_EQ(made.value("fight.recall"), 0.5);
    EXPECT_DOUBLE_EQ(made.value("fight.false_alarms_per_clip"), 0.5);
    EXPECT_DOUBLE_EQ(made.value("fight.asked_ratio"), 0.75);
    EXPECT_DOUBLE_EQ(made.value("fight.asked_fights_ratio"), 1);
    EXPECT_LE(made.value("fight.auc_low"), 0.75);
    EXPECT_GE(made.value("fight.auc_high"), 0.75);
}

TEST(RecognitionFigures, WhoLiesDownOnPurposeIsApart) {
    MadeUp made;
    made.screening.kinds["fall"] = {};
    const std::map<std::string, double> marks{
        {"event_start_s", 2}, {"event_end_s", 5}, {"down_from_s", 3}
    };
    made.add("fall", "fall", "s1").marks = marks;
    made.raise("fall", 4);
    made.add("fall", "fall", "s1").marks = marks;
    made.raise("fall", 9);
    made.add("fall", "no_fall", "s2");
    made.add("fall", "lying_no_fall", "s2");
    made.raise("fall", 6);
    add_fall_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("fall.recall"), 0.5);
    EXPECT_DOUBLE_EQ(made.value("fall.precision"), 0.5) << "the late alarm is false";
    EXPECT_DOUBLE_EQ(made.value("fall.f1"), 0.5);
    EXPECT_DOUBLE_EQ(made.value("fall.lying_false_alarm_rate"), 1);
    EXPECT_DOUBLE_EQ(made.value("fall.false_alarms_per_clip"), 0);
    EXPECT_DOUBLE_EQ(made.value("fall.latency_p95"), 1);
    EXPECT_DOUBLE_EQ(made.value("fall.fall.events"), 2);
}

TEST(RecognitionFigures, FalseAlarmsByHourOfEverythingElse) {
    MadeUp made;
    made.screening.kinds["fall"] = {};
    made.add("fall", "fall", "s1").marks = {{"event_start_s", 2}, {"event_end_s", 5}};
    made.add("street", "walking", "x");
    made.raise("fall", 4);
    made.add("fight", "fight", "a");
    made.raise("fall", 1);
    made.add("fight", "normal", "b");
    add_kind_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.false_alarms"), 1) << "a fall in a fight may be";
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.camera_hours"), 0.02);
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.false_alarms_per_camera_hour"), 50);
    EXPECT_DOUBLE_EQ(made.value("camera_hours"), 0.04);
    EXPECT_DOUBLE_EQ(made.value("false_alarms_per_camera_hour"), 25);
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.recall"), 0);
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.pmiss_at_rfa_1"), 1);
}

TEST(RecognitionFigures, AThingIsLeftOnlyWhenItsOwnerIsGone) {
    const auto right_with = [](double told, Box box) {
        MadeUp made;
        made.screening.kinds["abandoned_object"] = {};
        RecognitionFilm& film = made.add("abandoned", "abandoned_object", "a");
        film.marks = {{"put_s", 15}, {"owner_gone_s", 20}, {"event_end_s", 36}};
        film.boxes = {{15, {0.5F, 0.5F, 0.1F, 0.1F}}};
        made.raise("abandoned_object", told, 0.5, box);
        add_abandonment_figures(made.watched(), made.out, made.section);
        return made.value("abandoned.right");
    };
    const Box thing{0.5F, 0.5F, 0.1F, 0.1F};
    EXPECT_DOUBLE_EQ(right_with(25, thing), 1);
    EXPECT_DOUBLE_EQ(right_with(19, thing), 0) << "its owner stands beside it";
    EXPECT_DOUBLE_EQ(right_with(31, thing), 0) << "too late";
    EXPECT_DOUBLE_EQ(right_with(25, {0.1F, 0.1F, 0.1F, 0.1F}), 0) << "somewhere else";
}

TEST(RecognitionFigures, AFireIsTimedFromItsFirstFlame) {
    MadeUp made;
    made.screening.kinds["fire"] = {};
    made.add("fire", "fire", "a").boxes = {
        {2, {0.1F, 0.1F, 0.1F, 0.1F}}, {2, {0.2F, 0.1F, 0.1F, 0.1F}}, {4, {0, 0, 0.1F, 0.1F}}
    };
    made.raise("fire", 1);
    made.raise("fire", 2.25, 0.5, {0.1F, 0.1F, 0.2F, 0.1F});
    add_fire_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("fire.video_first_alarm_s"), 0.25);
    EXPECT_NEAR(made.value("fire.video_box_iou"), 1, 1e-5) << "both flames together";
    EXPECT_DOUBLE_EQ(made.value("fire.video_recall"), 1);
}

TEST(RecognitionFigures, ABusyMachineIsSaid) {
    MadeUp made;
    made.add("street", "walking", "x");
    add_run_figures(made.watched(), made.out, made.section);
    EXPECT_EQ(made.section.notes.back(), "Nothing was left out for want of time.");
    made.screening.films.back().stats.thinned = 3;
    add_run_figures(made.watched(), made.out, made.section);
    EXPECT_NE(made.section.notes.back().find("TOO BUSY"), std::string::npos);
    EXPECT_DOUBLE_EQ(made.value("recognition.thinned_looks"), 3);
}

TEST(RecognitionFigures, AnItemsTableHasCountsAndIntervals) {
    MadeUp made;
    made.screening.kinds["fall"] = {};
    for (int i = 0; i < 6; ++i) {
        made.add("fall", "fall", "s" + std::to_string(i)).marks = {
            {"event_start_s", 2}, {"event_end_s", 5}
        };
        if (i < 3) {
            made.raise("fall", 4, 0.8);
        }
        made.add("fall", "no_fall", "s" + std::to_string(i));
    }
    made.raise("fall", 40, 0.3);
    add_kind_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.recall"), 0.5);
    EXPECT_LT(made.value("recognition.fall.recall_low"), 0.5);
    EXPECT_GT(made.value("recognition.fall.recall_high"), 0.5);
    EXPECT_NEAR(made.value("recognition.fall.clip_auc"), 25.5 / 36, 1e-9)
        << "a miss is as good as five of the six others, and worse than the false alarm";
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.latency_p50"), 2);
    const ReportTable& table = made.section.tables.front();
    EXPECT_EQ(table.head.front(), "fall");
    EXPECT_EQ(table.rows.front(), (std::vector<std::string>{"events", "6", ""}));
    const ReportTable& wrong = made.section.tables.at(1);
    EXPECT_EQ(wrong.rows.front().at(5), "1") << "the film had ended when it was raised";
}

TEST(RecognitionFigures, WhatTheLabelsDoNotTellIsCountedApart) {
    MadeUp made;
    made.screening.kinds["fall"] = {};
    made.add("fight", "fight", "a");
    made.raise("fall", 1);
    made.add("street", "walking", "b");
    add_kind_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("recognition.fall.unlabelled"), 1);
    EXPECT_DOUBLE_EQ(made.value("unlabelled_alarms"), 1);
    EXPECT_DOUBLE_EQ(made.value("false_alarms"), 0);
    EXPECT_EQ(made.section.tables.back().rows.size(), unlabelled_kinds().size());
}

TEST(RecognitionFigures, CostIsOfClipsLongEnoughToShowIt) {
    MadeUp made;
    made.add("fall", "fall", "a");
    made.screening.films.back().cpu_seconds = 9;
    made.add("fight", "fight", "a").seconds = 2;
    made.screening.films.back().cpu_seconds = 2;
    add_run_figures(made.watched(), made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("recognition.active_film_core_share_p50"), 0.25);
}

TEST(RecognitionFigures, FiguresByFoldComeFromTheModelsOwn) {
    Measurements out;
    const char* const text = R"({"figures": {"auc": 0.9, "auc_low": 0.8, "auc_high": 0.95}})";
    ASSERT_TRUE(add_fold_figure(text, "figures.json", "auc", "fight.auc_by_fold", out));
    EXPECT_DOUBLE_EQ(out.values().at("fight.auc_by_fold_low"), 0.8);
    const Status broken = add_fold_figure("{}", "figures.json", "auc", "fight.auc_by_fold", out);
    ASSERT_FALSE(broken);
    EXPECT_NE(broken.error().message.find("figures.json"), std::string::npos);
    EXPECT_TRUE(add_fold_figures("/nowhere", out)) << "a model without them is left out";
}

TEST(RecognitionFigures, ARuleThatIsNotThereHasNone) {
    MadeUp made;
    made.add("fall", "fall", "s1");
    add_fall_figures(made.watched(), made.out, made.section);
    EXPECT_TRUE(made.out.values().empty());
    EXPECT_TRUE(made.section.tables.empty());
}

TEST(RecognitionFigures, DegradedFilmsHaveNamesOfTheirOwn) {
    MadeUp made;
    made.screening.kinds["fall"] = {};
    made.add("fall", "fall", "s1").marks = {{"event_start_s", 2}, {"event_end_s", 5}};
    made.raise("fall", 3);
    Watched watched = made.watched();
    watched.condition = "dark";
    watched.is_sample = true;
    add_fall_figures(watched, made.out, made.section);
    add_kind_figures(watched, made.out, made.section);
    watched.condition = "none";
    add_fall_figures(watched, made.out, made.section);
    EXPECT_DOUBLE_EQ(made.value("condition.none.fall.f1"), 1);
    EXPECT_DOUBLE_EQ(made.value("condition.dark.fall.f1"), 1);
    EXPECT_DOUBLE_EQ(made.value("condition.dark.false_alarms_per_camera_hour"), 0);
    EXPECT_DOUBLE_EQ(made.value("fall.f1"), -1);
    EvalReport report;
    report.measurements = made.out;
    add_condition_table({"none", "dark"}, report);
    const ReportTable& table = report.sections.front().tables.front();
    EXPECT_EQ(table.rows.front(), (std::vector<std::string>{"fall.f1", "1.000", "1.000"}));
}

}  // namespace
}  // namespace bongsu::eval
