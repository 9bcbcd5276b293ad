#include "incidents/json.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

Incident sample() {
    BehaviourEvent event;
    event.id = EventId{"gate-fence-1"};
    event.kind = "intrusion";
    event.camera = CameraId{"gate"};
    event.rule = RuleId{"fence"};
    event.zone = ZoneId{"yard"};
    event.started = WallTime{std::chrono::seconds{1'750'000'000}};
    event.time = event.started + std::chrono::milliseconds{400};
    event.confidence = 0.87F;
    event.tracks = {TrackId{7}};
    event.box = {10.24F, 20, 30, 40};
    event.picture_width = 1280;
    event.picture_height = 720;
    Incident incident;
    incident.id = IncidentId{"i1"};
    incident.kind = "intrusion";
    incident.camera = event.camera;
    incident.zones = {event.zone};
    incident.started = event.started;
    incident.events = {event};
    incident.steps = {{event.time, "system", "opened", "quote \" and 한글"}};
    return incident;
}

TEST(IncidentJson, HoldsEveryFieldUnderItsName) {
    const auto value = boost::json::parse(to_json(sample())).as_object();
    EXPECT_EQ(value.at("id"), "i1");
    EXPECT_EQ(value.at("state"), "new");
    EXPECT_EQ(value.at("started"), "2025-06-15T15:06:40.000Z");
    EXPECT_TRUE(value.at("ended").is_null());
    const auto& event = value.at("events").at(0).as_object();
    EXPECT_EQ(event.at("tracks").at(0).to_number<int>(), 7);
    EXPECT_EQ(event.at("confidence").as_double(), 0.87);
    EXPECT_EQ(event.at("box").at(0).as_double(), 10.2);
    EXPECT_EQ(event.at("picture"), (boost::json::array{1280, 720}));
    EXPECT_EQ(value.at("steps").at(0).at("why"), "quote \" and 한글");
    EXPECT_EQ(value.at("rule"), "fence");
    EXPECT_EQ(value.at("people"), 1);
    EXPECT_EQ(value.at("reason"), "");
    EXPECT_TRUE(value.at("escalates_at").is_null());
    EXPECT_TRUE(value.at("absorbed").as_array().empty());
}

TEST(IncidentJson, SaysHowItWasJudgedAndWhenItIsEscalated) {
    Incident incident = sample();
    incident.gravity = 5;
    incident.opened = incident.started;
    const IncidentSettings settings;
    EXPECT_EQ(
        boost::json::parse(to_json(incident, &settings)).at("escalates_at").as_string(),
        to_iso8601(incident.opened + settings.escalate_after[4])
    );
    incident.state = IncidentState::FalseAlarm;
    incident.verdict = Verdict::FalseAlarm;
    incident.reason = FalseAlarmReason::Animal;
    incident.absorbed = {IncidentId{"i0"}};
    const auto value = boost::json::parse(to_json(incident, &settings));
    EXPECT_TRUE(value.at("escalates_at").is_null());
    EXPECT_EQ(value.at("reason"), "animal");
    EXPECT_EQ(value.at("verdict"), "false_alarm");
    EXPECT_EQ(value.at("absorbed"), (boost::json::array{"i0"}));
}

TEST(IncidentJson, ARowOfAListHasNoHistory) {
    IncidentSummary row = summary_of(sample());
    row.is_reviewed = true;
    const auto value = to_object(row);
    EXPECT_FALSE(value.contains("events"));
    EXPECT_TRUE(value.at("is_reviewed").as_bool());
    EXPECT_EQ(value.at("id"), "i1");
}

TEST(IncidentJson, ALineOfTheStreamIsOneLine) {
    Incident incident = sample();
    incident.steps[0].why = "two\nlines";
    const std::string line =
        to_json_line({incident, {IncidentChange::Opened, IncidentChange::Ended}});
    EXPECT_EQ(line.find('\n'), std::string::npos);
    const auto value = boost::json::parse(line);
    EXPECT_EQ(value.at("changes"), (boost::json::array{"opened", "ended"}));
    EXPECT_EQ(value.at("incident").at("id"), "i1");
}

TEST(IncidentJson, AnEndedIncidentHasItsTime) {
    Incident incident = sample();
    incident.ended = incident.started + std::chrono::seconds{2};
    EXPECT_EQ(boost::json::parse(to_json(incident)).at("ended"), "2025-06-15T15:06:42.000Z");
}

}  // namespace
}  // namespace bongsu::incidents
