#include "eval/goals.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

std::vector<std::string> row_of(const ReportTable& table, const std::string& item) {
    for (const auto& row : table.rows) {
        if (row.front() == item) {
            return row;
        }
    }
    return {};
}

TEST(Goals, EveryFigureAndItsIntervalAreDeclaredMeasurements) {
    for (const Goal& goal : goals()) {
        EXPECT_NE(find_measurement(goal.figure), nullptr) << goal.figure;
    }
}

TEST(Goals, SayWhetherTheyAreReached) {
    Measurements measured;
    measured.add("fall.f1", 0.93);
    measured.add("fall.latency_p95", 3.5);
    const ReportTable table = goal_table(measured, GoalRows::Measured);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(
        row_of(table, "fall: F1"),
        (std::vector<std::string>{"fall: F1", "0.930", "", ">= 0.9", "yes"})
    );
    EXPECT_EQ(
        row_of(table, "fall: latency, 95th percentile"),
        (std::vector<std::string>{"fall: latency, 95th percentile", "3.500 s", "", "<= 3 s", "no"})
    );
}

TEST(Goals, AnIntervalThatHoldsTheWantedValueLeavesTheAnswerOpen) {
    Measurements measured;
    measured.add("fall.f1", 0.93);
    measured.add("fall.f1_low", 0.8);
    measured.add("fall.f1_high", 1);
    measured.add("false_alarms_per_camera_hour", 0.4);
    measured.add("false_alarms_per_camera_hour_low", 0.01);
    measured.add("false_alarms_per_camera_hour_high", 2);
    const ReportTable table = goal_table(measured, GoalRows::Measured);
    EXPECT_EQ(row_of(table, "fall: F1").back(), "yes, but");
    EXPECT_EQ(row_of(table, "false alarms per camera-hour, all kinds").back(), "no, but");
}

TEST(Goals, WhatWasNotMeasuredIsSaid) {
    const ReportTable table = goal_table({}, GoalRows::All);
    EXPECT_EQ(table.rows.size(), goals().size());
    EXPECT_EQ(row_of(table, "intrusion: F1").back(), "not measured");
    EXPECT_TRUE(goal_table({}, GoalRows::Measured).rows.empty());
}

TEST(Goals, TheTableIsAligned) {
    EXPECT_EQ(
        to_text({.head = {"a", "long"}, .rows = {{"wide", "1"}, {"b", ""}}}),
        "a    | long\nwide | 1\nb    |\n"
    );
}

}  // namespace
}  // namespace bongsu::eval
