#include "triage/coverage_ledger.hpp"

#include <gtest/gtest.h>

namespace bongsu::triage {
namespace {

using namespace std::chrono_literals;

const CameraId kCamera{"gate"};
const WallTime kNoon = *parse_iso8601("2026-11-21T12:00:00Z");

TEST(CoverageLedger, KeepsTheLongestSpanPerHour) {
    CoverageLedger ledger;
    ledger.begin(kCamera, kNoon);
    ledger.record(kCamera, Looker::Detector, kNoon + 20s);
    ledger.record(kCamera, Looker::Detector, kNoon + 75s);
    ledger.record(kCamera, Looker::Detector, kNoon + 80s);
    const auto hours = ledger.report(kCamera, kNoon + 90s);
    ASSERT_EQ(hours.size(), 1U);
    EXPECT_EQ(hours[0].begins, kNoon);
    EXPECT_EQ(hours[0].detector_looks, 3U);
    EXPECT_EQ(hours[0].longest_without_detector, 55s);
    EXPECT_EQ(ledger.unwatched(kCamera, Looker::Detector, kNoon + 90s), 10s);
}

TEST(CoverageLedger, AnOpenSpanCounts) {
    CoverageLedger ledger;
    ledger.begin(kCamera, kNoon);
    EXPECT_EQ(ledger.report(kCamera, kNoon + 90s)[0].longest_without_detector, 90s);
    EXPECT_EQ(ledger.longest_without_detector(kNoon + 90s), 90s);
}

TEST(CoverageLedger, ASpanAcrossAFullHourCountsWholeInBoth) {
    CoverageLedger ledger;
    ledger.begin(kCamera, kNoon);
    ledger.record(kCamera, Looker::Detector, kNoon + 59min + 30s);
    ledger.record(kCamera, Looker::Detector, kNoon + 60min + 20s);
    const auto hours = ledger.report(kCamera, kNoon + 60min + 21s);
    ASSERT_EQ(hours.size(), 2U);
    EXPECT_EQ(hours[1].longest_without_detector, 50s);
    EXPECT_EQ(hours[1].detector_looks, 1U);
}

TEST(CoverageLedger, GateAndDetectorAreApart) {
    CoverageLedger ledger;
    ledger.begin(kCamera, kNoon);
    for (int i = 1; i <= 30; ++i) {
        ledger.record(kCamera, Looker::Gate, kNoon + 2s * i);
    }
    const auto hours = ledger.report(kCamera, kNoon + 60s);
    EXPECT_EQ(hours[0].longest_without_gate, 2s);
    EXPECT_EQ(hours[0].gate_looks, 30U);
    EXPECT_EQ(hours[0].longest_without_detector, 60s);
}

TEST(CoverageLedger, ALateLookShortensNothing) {
    CoverageLedger ledger;
    ledger.begin(kCamera, kNoon);
    ledger.record(kCamera, Looker::Detector, kNoon + 70s);
    ledger.record(kCamera, Looker::Detector, kNoon + 30s);
    EXPECT_EQ(ledger.report(kCamera, kNoon + 70s)[0].longest_without_detector, 70s);
}

TEST(CoverageLedger, SurvivesAClockThatJumpsByYears) {
    CoverageLedger ledger;
    ledger.begin(kCamera, WallTime{});
    ledger.record(kCamera, Looker::Detector, kNoon);
    EXPECT_LE(ledger.report(kCamera, kNoon).size(), CoverageLedger::kHours);
    EXPECT_TRUE(ledger.report(CameraId{"unknown"}, kNoon).empty());
}

}  // namespace
}  // namespace bongsu::triage
