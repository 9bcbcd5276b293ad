#include "incidents/incident_engine.hpp"

#include "incidents/metrics.hpp"
#include "incidents/testing/memory_sink.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

using std::chrono::seconds;

Zone area_at(const char* id, float x) {
    return {ZoneId{id}, id, {{x, 0.2F}, {x + 0.2F, 0.2F}, {x + 0.2F, 0.8F}, {x, 0.8F}}};
}

class Incidents : public testing::Test {
protected:
    Incidents() { restart(); }

    void restart() {
        engine_ = std::make_unique<IncidentEngine>(settings_, sink_, clock_, metrics_);
        engine_->set_zones(
            CameraId{"gate"}, {area_at("yard", 0.1F), area_at("path", 0.31F), area_at("far", 0.75F)}
        );
        engine_->subscribe([this](const IncidentUpdate& update) { told_.push_back(update); });
    }

    BehaviourEvent event(
        const std::string& id, const std::string& kind = "intrusion", const char* zone = "yard"
    ) {
        BehaviourEvent event;
        event.id = EventId{id};
        event.kind = kind;
        event.camera = CameraId{"gate"};
        event.rule = RuleId{kind + "-rule"};
        event.zone = ZoneId{zone};
        event.started = clock_.wall() - seconds{1};
        event.time = clock_.wall();
        event.confidence = 0.8F;
        event.tracks = {TrackId{next_track_++}};
        return event;
    }

    BehaviourEvent begin(
        const std::string& id, const std::string& kind = "intrusion", const char* zone = "yard"
    ) {
        const BehaviourEvent begun = event(id, kind, zone);
        engine_->handle(begun);
        return begun;
    }

    void end(BehaviourEvent event) {
        event.phase = EventPhase::End;
        event.time = clock_.wall();
        engine_->handle(event);
    }

    const Incident& only() const {
        EXPECT_EQ(sink_.kept.size(), 1U);
        return sink_.kept.begin()->second;
    }

    IncidentSettings settings_;
    ManualClock clock_;
    Metrics metrics_;
    MemorySink sink_;
    std::vector<IncidentUpdate> told_;
    std::unique_ptr<IncidentEngine> engine_;
    std::uint64_t next_track_ = 1;
};

TEST_F(Incidents, AnEventOpensOneThatIsStoredAndTold) {
    const BehaviourEvent begun = begin("e1");

    ASSERT_EQ(told_.size(), 1U);
    EXPECT_EQ(told_[0].changes, std::vector{IncidentChange::Opened});
    const Incident& incident = only();
    EXPECT_EQ(incident.kind, "intrusion");
    EXPECT_EQ(incident.gravity, 3);
    EXPECT_EQ(incident.opened, clock_.wall());
    EXPECT_EQ(incident.started, begun.started);
    EXPECT_EQ(incident.clip_from, begun.started - settings_.pre_roll);
    EXPECT_EQ(incident.clip_to, begun.time + settings_.post_roll);
    EXPECT_FALSE(incident.ended);
}

TEST_F(Incidents, EndWhenTheirLastEventEnds) {
    const auto one = begin("e1");
    const auto two = begin("e2");
    clock_.advance(seconds{5});
    end(one);
    EXPECT_FALSE(only().ended);
    EXPECT_EQ(told_.back().changes, std::vector{IncidentChange::EventEnded});
    end(two);
    EXPECT_EQ(only().ended, clock_.wall());
    EXPECT_EQ(told_.back().changes, std::vector{IncidentChange::Ended});
}

TEST_F(Incidents, TheSameKindInTheSameOrANearZoneJoins) {
    begin("e1", "intrusion", "yard");
    begin("e2", "intrusion", "path");
    EXPECT_EQ(only().events.size(), 2U);
    EXPECT_EQ(only().zones.size(), 2U);
}

TEST_F(Incidents, TheSameKindFarAwayOpensAnother) {
    begin("e1", "intrusion", "yard");
    begin("e2", "intrusion", "far");
    EXPECT_EQ(sink_.kept.size(), 2U);
}

TEST_F(Incidents, AnotherKindJoinsOnlyBySharedTracks) {
    const auto one = begin("e1", "intrusion");
    auto same_person = event("e2", "loitering", "far");
    same_person.tracks = one.tracks;
    same_person.gravity = 4;
    engine_->handle(same_person);
    EXPECT_EQ(only().events.size(), 2U);
    EXPECT_EQ(only().gravity, 4);
    EXPECT_EQ(only().kind, "loitering");
    begin("e3", "loitering", "far");
    EXPECT_EQ(sink_.kept.size(), 1U) << "the same kind in the same place";
    begin("e4", "crowding", "far");
    EXPECT_EQ(sink_.kept.size(), 2U) << "another kind, nobody in common";
}

TEST_F(Incidents, OtherCamerasStayApart) {
    begin("e1");
    auto other = event("e2");
    other.camera = CameraId{"hall"};
    engine_->handle(other);
    EXPECT_EQ(sink_.kept.size(), 2U);
}

TEST_F(Incidents, CameraFaultsStayApartFromPeopleAndFromOtherFaults) {
    begin("e1", "intrusion");
    begin("e2", "camera_covered", "");
    begin("e3", "camera_lost", "");
    EXPECT_EQ(sink_.kept.size(), 3U);
}

TEST_F(Incidents, FlappingWithinTheWindowContinues) {
    auto flapping = begin("e1");
    for (int i = 2; i < 12; ++i) {
        clock_.advance(seconds{3});
        end(flapping);
        clock_.advance(seconds{10});
        flapping.id = EventId{"e" + std::to_string(i)};
        flapping.phase = EventPhase::Begin;
        flapping.started = clock_.wall();
        flapping.time = clock_.wall();
        engine_->handle(flapping);
        EXPECT_FALSE(only().ended) << "goes on again";
    }
    EXPECT_EQ(only().events.size(), 1U) << "the same people under the same rule";
}

TEST_F(Incidents, AfterTheWindowAnotherOpens) {
    end(begin("e1"));
    clock_.advance(settings_.join_window + seconds{5});
    begin("e2");
    EXPECT_EQ(sink_.kept.size(), 2U);
}

TEST_F(Incidents, DoNotGrowForEverInABusyZone) {
    for (int i = 0; i < 400; ++i) {
        clock_.advance(seconds{10});
        end(begin("e" + std::to_string(i)));
        engine_->tick();
    }
    EXPECT_GE(sink_.kept.size(), 2U);
    for (const auto& [id, incident] : sink_.kept) {
        EXPECT_LE(incident.events.size(), 64U);
        EXPECT_LE(incident.steps.size(), 200U);
    }
}

TEST_F(Incidents, ABeginToldTwiceCountsOnce) {
    const auto one = begin("e1");
    engine_->handle(one);
    EXPECT_EQ(only().events.size(), 1U);
    EXPECT_EQ(told_.back().changes, std::vector{IncidentChange::EventUpdated});
}

TEST_F(Incidents, AnUpdateWhoseBeginWasMissedOpens) {
    auto late = event("e1");
    late.phase = EventPhase::Update;
    engine_->handle(late);
    EXPECT_EQ(sink_.kept.size(), 1U);
}

TEST_F(Incidents, AnEndOfNothingIsCounted) {
    end(event("e1"));
    EXPECT_TRUE(sink_.kept.empty());
    EXPECT_EQ(metrics_.counter(kUnknownEndsTotal).value(), 1);
}

TEST_F(Incidents, IdsSortByTimeOfOpening) {
    for (int i = 0; i < 30; ++i) {
        begin("e" + std::to_string(i), "kind" + std::to_string(i));
        clock_.advance(std::chrono::milliseconds{i % 2});
    }
    EXPECT_EQ(sink_.order.size(), 30U);
    EXPECT_TRUE(std::ranges::is_sorted(sink_.order));
}

TEST_F(Incidents, NothingIsToldBeforeItIsStored) {
    sink_.failing = ErrorKind::Unavailable;
    const auto one = begin("e1");
    clock_.advance(seconds{20});
    end(one);
    EXPECT_TRUE(told_.empty());
    EXPECT_EQ(engine_->unsaved(), 1U);
    EXPECT_GE(metrics_.counter(kSaveFailuresTotal).value(), 1);

    sink_.failing.reset();
    clock_.advance(seconds{31});
    engine_->tick();
    ASSERT_EQ(told_.size(), 1U);
    EXPECT_EQ(told_[0].changes, (std::vector{IncidentChange::Opened, IncidentChange::Ended}));
    EXPECT_EQ(only().opened, clock_.wall()) << "opened is when it was stored";
    EXPECT_EQ(engine_->unsaved(), 0U);
}

TEST_F(Incidents, AFailingStoreIsNotAskedAtEveryEvent) {
    sink_.failing = ErrorKind::Unavailable;
    for (int i = 0; i < 100; ++i) {
        begin("e" + std::to_string(i), "kind" + std::to_string(i));
    }
    EXPECT_EQ(metrics_.counter(kSaveFailuresTotal).value(), 1);
}

TEST_F(Incidents, AreSavedInOrderOnceTheStoreIsBack) {
    sink_.failing = ErrorKind::ResourceExhausted;
    for (int i = 0; i < 50; ++i) {
        clock_.advance(std::chrono::milliseconds{10});
        begin("e" + std::to_string(i), "kind" + std::to_string(i));
    }
    sink_.failing.reset();
    clock_.advance(seconds{31});
    engine_->tick();
    EXPECT_EQ(sink_.order.size(), 50U);
    EXPECT_TRUE(std::ranges::is_sorted(sink_.order));
}

TEST_F(Incidents, OneThatIsRefusedDoesNotHoldUpTheOthers) {
    struct Refusing final : IncidentSink {
        Result<std::int64_t> save(const Incident& incident) override {
            if (incident.kind == "first") {
                return fail(ErrorKind::Corrupt, "refused");
            }
            saved.push_back(incident.kind);
            return 1;
        }

        Result<Incident> act(const IncidentId&, const IncidentAction&) override {
            return fail(ErrorKind::NotFound, "");
        }

        Result<std::vector<Incident>> merge(const IncidentMerge&) override {
            return fail(ErrorKind::NotFound, "");
        }

        std::vector<std::string> saved;
    } refusing;

    IncidentEngine engine(settings_, refusing, clock_, metrics_);
    engine.handle(event("e1", "first"));
    clock_.advance(seconds{31});
    engine.handle(event("e2", "second"));
    EXPECT_EQ(refusing.saved, std::vector<std::string>{"second"});
    EXPECT_EQ(engine.unsaved(), 1U) << "kept and tried again";
}

TEST_F(Incidents, WhenTooManyWaitTheLeastGraveIsLostLoudly) {
    settings_.max_unsaved = 3;
    restart();
    sink_.failing = ErrorKind::Unavailable;
    for (int gravity : {5, 1, 4, 3, 2}) {
        auto next = event("e" + std::to_string(gravity), "kind" + std::to_string(gravity));
        next.gravity = gravity;
        engine_->handle(next);
    }
    EXPECT_EQ(engine_->unsaved(), 3U);
    EXPECT_EQ(metrics_.counter(kLostTotal).value(), 2);
    sink_.failing.reset();
    clock_.advance(seconds{31});
    engine_->tick();
    EXPECT_EQ(sink_.kept.size(), 3U);
    EXPECT_TRUE(std::ranges::all_of(sink_.kept, [](const auto& entry) {
        return entry.second.gravity >= 3;
    }));
}

TEST_F(Incidents, OpenOnesAreTakenBackAfterARestartAndEnded) {
    const auto one = begin("e1");
    std::vector<Incident> stored{only()};
    restart();
    engine_->restore(stored);
    clock_.advance(seconds{5});
    end(one);
    EXPECT_EQ(only().ended, clock_.wall());
}

TEST_F(Incidents, OpenOnesWithoutNewsAfterARestartEndAtTheirLastNews) {
    const auto one = begin("e1");
    std::vector<Incident> stored{only()};
    restart();
    engine_->restore(stored);
    clock_.advance(settings_.stale_after + seconds{1});
    engine_->tick();
    EXPECT_EQ(only().ended, one.time);
    EXPECT_EQ(only().steps.back().action, "events_lost");
}

TEST_F(Incidents, TrackNumbersOfAnEarlierRunDoNotJoin) {
    const auto one = begin("e1", "intrusion", "yard");
    std::vector<Incident> stored{only()};
    restart();
    engine_->restore(stored);
    auto fresh = event("e2", "loitering", "far");
    fresh.tracks = one.tracks;
    engine_->handle(fresh);
    EXPECT_EQ(sink_.kept.size(), 2U);
}

TEST_F(Incidents, AnOperatorsStepIsStoredAndTold) {
    begin("e1");
    const IncidentId id = only().id;
    const auto changed =
        engine_->act(id, {.verb = IncidentVerb::Acknowledge, .who = "kim", .why = "looking"});
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->state, IncidentState::Acknowledged);
    EXPECT_EQ(only().steps.back().who, "kim");
    EXPECT_EQ(told_.back().changes, std::vector{IncidentChange::StateChanged});
    EXPECT_EQ(
        engine_->act(id, {.verb = IncidentVerb::Close, .who = "kim"}).error().kind,
        ErrorKind::FailedPrecondition
    );
    EXPECT_TRUE(engine_->act(id, {.verb = IncidentVerb::Note, .who = "kim", .why = "a cat"}));
    EXPECT_EQ(only().steps.back().why, "a cat");
}

TEST_F(Incidents, AnOperatorHearsThatTheStoreIsAway) {
    begin("e1");
    const IncidentId id = only().id;
    sink_.failing = ErrorKind::Unavailable;
    EXPECT_EQ(
        engine_->act(id, {.verb = IncidentVerb::Confirm, .who = "kim"}).error().kind,
        ErrorKind::Unavailable
    );
}

TEST_F(Incidents, AfterAFalseAlarmTheSamePersonIsQuietAndAnotherIsNot) {
    const auto one = begin("e1");
    ASSERT_TRUE(engine_->act(
        only().id,
        {.verb = IncidentVerb::FalseAlarm,
         .who = "kim",
         .why = "the gardener",
         .reason = FalseAlarmReason::Staff}
    ));
    clock_.advance(seconds{2});
    end(one);
    auto again = event("e2");
    again.tracks = one.tracks;
    engine_->handle(again);
    EXPECT_EQ(sink_.kept.size(), 1U);
    EXPECT_EQ(only().state, IncidentState::FalseAlarm);
    begin("e3");
    EXPECT_EQ(sink_.kept.size(), 2U);
}

TEST_F(Incidents, KeepMemoryBoundedOverTenThousandEvents) {
    settings_.max_live = 200;
    restart();
    for (int i = 0; i < 10000; ++i) {
        auto next = event("e" + std::to_string(i), "kind" + std::to_string(i));
        next.camera = CameraId{"camera" + std::to_string(i % 500)};
        engine_->handle(next);
        ASSERT_LE(engine_->live(), 200U);
    }
    EXPECT_EQ(sink_.kept.size(), 10000U) << "evicted from memory, not from the store";
    EXPECT_EQ(metrics_.counter(kEvictedTotal).value(), 9800);
    clock_.advance(seconds{120});
    engine_->tick();
    clock_.advance(seconds{120});
    engine_->tick();
    EXPECT_EQ(engine_->live(), 0U);
    EXPECT_TRUE(std::ranges::all_of(sink_.kept, [](const auto& entry) {
        return entry.second.ended.has_value();
    }));
}

TEST_F(Incidents, TheFirstPictureBecomesTheSnapshotAndItsFailureLosesNothing) {
    int taken = 0;
    engine_->take_snapshots_with(
        [&](const Incident&, const BehaviourEvent&, const Frame&) -> Result<std::string> {
            ++taken;
            if (taken == 1) {
                return fail(ErrorKind::Unavailable, "disk full");
            }
            return "2026-11-21/x.jpg";
        }
    );
    const WritableFrame frame = allocate_frame(16, 16);
    auto one = event("e1");
    engine_->handle(one, &frame.frame);
    EXPECT_EQ(only().snapshot, "");
    EXPECT_EQ(metrics_.counter(kSnapshotFailuresTotal).value(), 1);
    one.phase = EventPhase::Update;
    engine_->handle(one, &frame.frame);
    engine_->handle(one, &frame.frame);
    EXPECT_EQ(only().snapshot, "2026-11-21/x.jpg");
    EXPECT_EQ(taken, 2);
}

}  // namespace
}  // namespace bongsu::incidents
