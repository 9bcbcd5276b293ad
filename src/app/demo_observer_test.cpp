#include "app/demo_observer.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

TEST(DemoObserver, MeasuresDelayOfOpenedIncidentsOnly) {
    ManualClock clock;
    DemoObserver observer(clock);
    incidents::IncidentUpdate update;
    update.incident.kind = "intrusion";
    BehaviourEvent event;
    event.kind = "intrusion";
    event.started = clock.wall();
    event.time = clock.wall() + std::chrono::milliseconds{400};
    update.incident.events = {event};
    clock.advance(std::chrono::seconds{1});
    update.changes = {incidents::IncidentChange::EventUpdated};
    observer.on_incident(update);
    update.changes = {incidents::IncidentChange::Opened};
    observer.on_incident(update);
    const auto figures = observer.figures();
    ASSERT_EQ(figures.delays.size(), 1U);
    EXPECT_NEAR(figures.delays[0], 0.6, 1e-9);
    EXPECT_NEAR(figures.delays_from_start[0], 1.0, 1e-9);
}

TEST(DemoObserver, KnowsTheKindsOfEventsThatJoinedAnIncident) {
    const ManualClock clock;
    DemoObserver observer(clock);
    incidents::IncidentUpdate update;
    update.incident.kind = "abandoned_object";
    BehaviourEvent event;
    event.kind = "abandoned_object";
    update.incident.events = {event};
    update.changes = {incidents::IncidentChange::Opened};
    observer.on_incident(update);
    event.kind = "removed_object";
    update.incident.events.push_back(event);
    update.changes = {incidents::IncidentChange::EventJoined};
    observer.on_incident(update);
    const auto figures = observer.figures();
    EXPECT_EQ(figures.kinds, (std::set<std::string>{"abandoned_object", "removed_object"}));
    EXPECT_EQ(figures.incidents_by_kind.size(), 1U);
}

}  // namespace
}  // namespace bongsu::app
