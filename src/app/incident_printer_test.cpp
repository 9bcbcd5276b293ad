#include "app/incident_printer.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

using incidents::IncidentChange;

incidents::IncidentUpdate lawn_intrusion(std::vector<IncidentChange> changes) {
    BehaviourEvent event;
    event.kind = "intrusion";
    event.tracks = {TrackId{3}, TrackId{4}};
    incidents::IncidentUpdate update;
    update.changes = std::move(changes);
    update.incident.id = IncidentId{"20261121-1"};
    update.incident.kind = "intrusion";
    update.incident.gravity = 3;
    update.incident.camera = CameraId{"plaza"};
    update.incident.zones = {ZoneId{"lawn"}};
    update.incident.confidence = 0.8F;
    update.incident.started = parse_iso8601("2026-11-21T13:00:00Z").value();
    update.incident.opened = update.incident.started + std::chrono::seconds{1};
    update.incident.events = {event};
    return update;
}

TEST(IncidentLine, SaysWhenHowGraveWhatAndWhere) {
    const std::string line =
        describe_update(lawn_intrusion({IncidentChange::Opened}), std::chrono::hours{9});
    EXPECT_TRUE(line.starts_with("22:00:01  ●●●○○  NEW   intrusion")) << line;
    EXPECT_NE(line.find("plaza / lawn"), std::string::npos) << line;
    EXPECT_NE(line.find("2 followed, confidence 0.80"), std::string::npos) << line;
}

TEST(IncidentLine, EndTellsHowLongItLasted) {
    auto update = lawn_intrusion({IncidentChange::Ended});
    update.incident.ended = update.incident.started + std::chrono::seconds{42};
    EXPECT_NE(describe_update(update, {}).find("after 42 s"), std::string::npos);
}

TEST(IncidentLine, NewsOfAnEventAloneIsNotWorthALine) {
    EXPECT_EQ(describe_update(lawn_intrusion({IncidentChange::EventUpdated}), {}), "");
}

}  // namespace
}  // namespace bongsu::app
