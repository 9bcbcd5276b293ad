#include "app/system_state.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

std::string problems_of(const StationReport& report) {
    const Value state = system_state(report, HealthSnapshot{}, NodeFacts{.data = "/"});
    std::string all;
    for (const Value& problem : *state.find("problems")->as_list()) {
        all += *problem.as_text() + "\n";
    }
    return all;
}

TEST(SystemState, SaysThatAnalysisIsBehindAndWhoPaysForIt) {
    StationReport report;
    report.scheduler = {.used = 0.8, .budget = 0.8, .wanted = 1.6, .is_behind = true};
    report.scheduler.by_gravity[4] = {.cameras = 3, .least = 0.7, .mean = 0.72};
    report.scheduler.by_gravity[0] = {.cameras = 9, .least = 0.1, .mean = 0.15};
    EXPECT_NE(
        problems_of(report).find(
            "analysis is behind: it wants 1.60 processor cores and may use 0.80; cameras get this "
            "share of their looks: gravity 5 72 %, gravity 1 15 %; recording and incidents go on"
        ),
        std::string::npos
    ) << problems_of(report);
}

TEST(SystemState, IsSilentAboutAnalysisThatKeepsUp) {
    StationReport report;
    report.scheduler = {.used = 0.8, .budget = 0.8, .wanted = 0.8};
    EXPECT_EQ(problems_of(report).find("analysis"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::app
