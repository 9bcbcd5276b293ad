// What people and timers do with incidents, through the engine.
#include "incidents/incident_engine.hpp"
#include "incidents/metrics.hpp"
#include "incidents/testing/memory_sink.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

using std::chrono::seconds;

class Handling : public testing::Test {
protected:
    Handling() { restart(); }

    void restart() {
        engine_ = std::make_unique<IncidentEngine>(settings_, sink_, clock_, metrics_);
        engine_->subscribe([this](const IncidentUpdate& update) { told_.push_back(update); });
    }

    IncidentId open(const std::string& event, int gravity = 4, const char* camera = "gate") {
        begin(event, gravity, camera);
        return told_.back().incident.id;
    }

    void begin(
        const std::string& id, int gravity = 4, const char* camera = "gate", std::uint64_t track = 0
    ) {
        BehaviourEvent event;
        event.id = EventId{id};
        event.kind = "intrusion";
        event.camera = CameraId{camera};
        event.rule = RuleId{"fence"};
        event.gravity = gravity;
        event.started = clock_.wall();
        event.time = clock_.wall();
        event.tracks = {TrackId{track}};
        engine_->handle(event);
    }

    Result<Incident> act(const IncidentId& id, IncidentVerb verb) {
        return engine_->act(
            id,
            {.verb = verb, .who = "kim", .when = {}, .why = "so", .reason = FalseAlarmReason::Light}
        );
    }

    const Incident& kept(const IncidentId& id) { return sink_.kept.at(id); }

    std::size_t escalations() const {
        return static_cast<std::size_t>(std::ranges::count_if(told_, [](const auto& update) {
            return update.changes == std::vector{IncidentChange::Escalated};
        }));
    }

    IncidentSettings settings_;
    ManualClock clock_;
    Metrics metrics_;
    MemorySink sink_;
    std::vector<IncidentUpdate> told_;
    std::unique_ptr<IncidentEngine> engine_;
};

TEST_F(Handling, UpdatesCarryTheChangeNumbersInOrder) {
    const IncidentId id = open("e1");
    ASSERT_TRUE(act(id, IncidentVerb::Note));
    ASSERT_TRUE(act(id, IncidentVerb::Assign));
    ASSERT_TRUE(act(id, IncidentVerb::Confirm));
    ASSERT_EQ(told_.size(), 4U);
    for (std::size_t i = 0; i < told_.size(); ++i) {
        EXPECT_EQ(told_[i].incident.change, static_cast<std::int64_t>(i) + 1);
    }
    EXPECT_EQ(told_[1].changes, std::vector{IncidentChange::NoteAdded});
    EXPECT_EQ(told_[2].changes, std::vector{IncidentChange::Assigned});
    EXPECT_EQ(told_[3].changes, std::vector{IncidentChange::StateChanged});
}

TEST_F(Handling, LaterEventsKeepWhatPeopleDecided) {
    const IncidentId id = open("e1");
    ASSERT_TRUE(act(id, IncidentVerb::Confirm));
    begin("e2");
    EXPECT_EQ(told_.back().incident.id, id);
    EXPECT_EQ(told_.back().incident.state, IncidentState::Confirmed);
    EXPECT_EQ(told_.back().incident.assignee, "kim");
    EXPECT_EQ(told_.back().incident.change, 3);
}

TEST_F(Handling, AnIncidentBelongsToItsCamerasOrganisation) {
    engine_->set_organisation(CameraId{"gate"}, OrganisationId{"parks"});
    EXPECT_EQ(kept(open("e1")).organisation, OrganisationId{"parks"});
    EXPECT_EQ(kept(open("e2", 4, "hall")).organisation, OrganisationId{});
}

TEST_F(Handling, WhatNobodyAcknowledgesIsEscalatedOncePerLevel) {
    const IncidentId id = open("e1", 5);
    clock_.advance(settings_.escalate_after[4] - seconds{1});
    engine_->tick();
    EXPECT_EQ(escalations(), 0U);
    clock_.advance(seconds{1});
    engine_->tick();
    engine_->tick();
    EXPECT_EQ(escalations(), 1U);
    EXPECT_EQ(kept(id).escalation, 1);
    EXPECT_EQ(kept(id).steps.back().who, "system");
    clock_.advance(settings_.escalate_again_after);
    engine_->tick();
    clock_.advance(std::chrono::hours{9});
    engine_->tick();
    EXPECT_EQ(escalations(), 2U);
    EXPECT_EQ(kept(id).escalation, 2);
    EXPECT_EQ(metrics_.counter(kEscalatedTotal).value(), 2);
}

TEST_F(Handling, AnAcknowledgedOneAndASlightOneAreNotEscalated) {
    ASSERT_TRUE(act(open("e1", 5), IncidentVerb::Acknowledge));
    open("e2", 1, "hall");
    clock_.advance(std::chrono::hours{2});
    engine_->tick();
    EXPECT_EQ(escalations(), 0U);
}

TEST_F(Handling, TheTimerGoesOnAfterARestart) {
    const IncidentId id = open("e1", 5);
    const std::vector<IncidentSummary> waiting{summary_of(kept(id))};
    restart();
    engine_->watch_unanswered(waiting);
    clock_.advance(settings_.escalate_after[4]);
    engine_->tick();
    EXPECT_EQ(escalations(), 1U);
}

TEST_F(Handling, AnEscalationWaitsForTheStore) {
    open("e1", 5);
    sink_.failing = ErrorKind::Unavailable;
    clock_.advance(settings_.escalate_after[4]);
    engine_->tick();
    EXPECT_EQ(escalations(), 0U);
    sink_.failing.reset();
    clock_.advance(seconds{10});
    engine_->tick();
    EXPECT_EQ(escalations(), 1U);
}

TEST_F(Handling, BeyondTheLimitNewOnesAreCounted) {
    settings_.max_unanswered = 2;
    restart();
    for (int i = 0; i < 3; ++i) {
        open("e" + std::to_string(i), 5, ("c" + std::to_string(i)).c_str());
    }
    EXPECT_EQ(metrics_.counter(kUnwatchedTotal).value(), 1);
}

TEST_F(Handling, EventsOfAMergedOneJoinTheWhole) {
    const IncidentId whole = open("e1", 3, "hall");
    const IncidentId part = open("e2", 4, "gate");
    const auto merged =
        engine_->merge({.into = whole, .from = {part}, .who = "kim", .why = {}, .when = {}});
    ASSERT_TRUE(merged) << merged.error().describe();
    EXPECT_EQ(merged->id, whole);
    EXPECT_EQ(told_.at(told_.size() - 2).incident.id, part);
    EXPECT_EQ(told_.back().changes, std::vector{IncidentChange::Merged});
    begin("e3", 4, "gate", 77);
    EXPECT_EQ(told_.back().incident.id, whole);
    EXPECT_EQ(told_.back().incident.absorbed, std::vector{part});
    EXPECT_EQ(sink_.kept.size(), 2U);
}

TEST_F(Handling, WhoUnsubscribesHearsNoMore) {
    int heard = 0;
    const std::size_t number = engine_->subscribe([&](const IncidentUpdate&) { ++heard; });
    open("e1");
    engine_->unsubscribe(number);
    open("e2", 4, "hall");
    EXPECT_EQ(heard, 1);
    EXPECT_EQ(told_.size(), 2U);
}

}  // namespace
}  // namespace bongsu::incidents
