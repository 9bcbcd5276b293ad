#include "domain/assignment.hpp"
#include "eval/zones/event_score.hpp"
#include "eval/zones/matching.hpp"
#include "eval/zones/scenario.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

ZoneEvent event(const char* type, const char* zone, double start, double end) {
    return {.type = type, .zone = zone, .start = start, .end = end};
}

TEST(ZoneMatching, PairsByTypeZoneAndTime) {
    const std::vector<ZoneEvent> truth{event("intrusion", "a", 10, 20)};
    EXPECT_EQ(match_events(truth, {event("intrusion", "a", 15, 30)})[0], 0);
    EXPECT_EQ(match_events(truth, {event("intrusion", "b", 15, 30)})[0], kUnassigned);
    EXPECT_EQ(match_events(truth, {event("loitering", "a", 15, 30)})[0], kUnassigned);
    EXPECT_EQ(match_events(truth, {event("intrusion", "a", 25, 30)})[0], kUnassigned);
}

TEST(ZoneMatching, PointEventsMatchWithinASecond) {
    const std::vector<ZoneEvent> truth{event("line_crossing", "", 5, 5)};
    EXPECT_EQ(match_events(truth, {event("line_crossing", "", 5.9, 5.9)})[0], 0);
    EXPECT_EQ(match_events(truth, {event("line_crossing", "", 6.2, 6.2)})[0], kUnassigned);
}

TEST(ZoneMatching, MakesAsManyPairsAsPossible) {
    const std::vector<int> pairs = match_events(
        {event("intrusion", "a", 0, 10), event("intrusion", "a", 8, 20)},
        {event("intrusion", "a", 0, 9), event("intrusion", "a", 0, 3)}
    );
    EXPECT_EQ(pairs[0], 1);
    EXPECT_EQ(pairs[1], 0);
}

TEST(ZoneScores, F1OfWhatWasRaisedAndWhatWasNot) {
    ZoneScenario scenario{.name = "S"};
    scenario.truth = {
        event("intrusion", "a", 0, 5),
        event("intrusion", "a", 20, 25),
        event("loitering", "a", 0, 9)
    };
    scenario.truth[0].person = "1";
    scenario.truth[1].person = "2";
    std::vector<ScoredEvent> scored;
    add_scored(scenario, {event("intrusion", "a", 1, 4), event("intrusion", "b", 1, 4)}, scored);
    ASSERT_EQ(scored.size(), 4U);
    Measurements out;
    add_event_f1("intrusion", scored, out);
    add_event_f1("crowding", scored, out);
    EXPECT_DOUBLE_EQ(out.values().at("intrusion.f1"), 0.5) << "one found, one missed, one false";
    EXPECT_DOUBLE_EQ(out.values().at("intrusion.f1_low"), 0);
    EXPECT_DOUBLE_EQ(out.values().at("intrusion.f1_high"), 1);
    EXPECT_EQ(out.values().size(), 3U) << "no true crowding, no figure";
}

constexpr const char* kScenario = R"({"sequences": {"S": {
    "sequence": "../tracking/S", "fps": 7, "W": 100, "H": 50,
    "zones": {"yard": [[10,10],[50,10],[50,40]]}, "line": [[50,0],[50,50]],
    "loiter_s": 8, "crowd_n": 5, "count_per_frame": {"1": 3},
    "events": [
        {"type": "loitering", "zone": "yard", "start_s": 1, "end_s": 20, "alarm_due_s": 9},
        {"type": "line_cross", "t_s": 2.5, "direction": "right_to_left"}]}}})";

TEST(ZoneScenario, ReadsZonesThresholdsAndEvents) {
    const auto scenarios = parse_scenarios(kScenario, "/data/zone_events").value();
    ASSERT_EQ(scenarios.size(), 1);
    const ZoneScenario& s = scenarios[0];
    EXPECT_EQ(s.camera.zones.size(), 2);
    EXPECT_FLOAT_EQ(s.camera.zones[0].corners[2].y, 0.8F);
    EXPECT_EQ(s.camera.rules.size(), 4);
    EXPECT_EQ(s.truth.size(), 2);
    EXPECT_DOUBLE_EQ(s.truth[0].due, 9);
    EXPECT_EQ(s.truth[1].type, "line_crossing");
    EXPECT_EQ(s.people.at(1), 3);
    EXPECT_EQ(s.sequence, "/data/zone_events/../tracking/S");
}

TEST(ZoneScenario, SaysWhatIsMissing) {
    EXPECT_EQ(
        parse_scenarios(R"({"sequences": {"S": {"sequence": "x", "fps": 7, "W": 9}}})", "/")
            .error()
            .message,
        "sequences.S: 'H' is missing or ill-typed"
    );
    EXPECT_FALSE(parse_scenarios("[]", "/"));
}

}  // namespace
}  // namespace bongsu::eval
