#include "app/verdict_learner.hpp"
#include "core/metrics.hpp"
#include "store/testing/temporary_store.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// A camera with a rule over a real store, and people who judge what it raises.
class VerdictLearnerTest : public testing::Test {
protected:
    VerdictLearnerTest() {
        behaviours::register_all(registry_);
        clock_.set_wall(parse_iso8601("2026-11-21T03:00:00Z").value());
        fleet_ = fleet::Fleet::open(store_->cameras(), clock_, {}).value();
        const Value form =
            parse_yaml(
                "{id: gate, url: 'rtsp://u:secret@10.0.0.1/gate', rules: [{id: night, behaviour: "
                "camera_dark}, {id: fence, behaviour: intrusion, min_score: 0.4}]}",
                "test"
            )
                .value();
        EXPECT_TRUE(fleet_->create(form, {.who = "kim", .why = ""}));
        learner_ = std::make_unique<VerdictLearner>(
            VerdictLearner::Parts{
                .fleet = *fleet_,
                .statistics = store_->incident_statistics(),
                .behaviours = registry_,
                .clock = clock_,
                .metrics = metrics_
            },
            incidents::LearningSettings{.is_on = true}
        );
    }

    ~VerdictLearnerTest() override { learner_->stop(); }

    void judge(IncidentVerb verb, int count, float confidence) {
        for (int i = 0; i < count; ++i) {
            Incident made;
            made.id = IncidentId{"i" + std::to_string(++incidents_)};
            made.camera = CameraId{"gate"};
            made.opened = clock_.wall() - minutes{incidents_};
            made.started = made.opened;
            BehaviourEvent event;
            event.id = EventId{"e" + std::to_string(incidents_)};
            event.kind = "intrusion";
            event.camera = made.camera;
            event.rule = RuleId{"fence"};
            event.started = made.opened;
            event.time = made.opened + seconds{3};
            event.confidence = confidence;
            made.events = {event};
            ASSERT_TRUE(store_->incidents().save(made));
            const IncidentAction action{
                .verb = verb,
                .who = "lee",
                .when = clock_.wall(),
                .reason = verb == IncidentVerb::FalseAlarm ? std::optional(FalseAlarmReason::Animal)
                                                           : std::nullopt
            };
            const auto done = store_->incidents().act(made.id, action);
            ASSERT_TRUE(done) << done.error().describe();
        }
    }

    fleet::FleetCameraPtr camera() const { return fleet_->get(CameraId{"gate"}).value(); }

    double threshold() const {
        return *camera()->config.rules.at(1).settings.find("min_score")->as_double();
    }

    store::testing::TemporaryStore store_;
    ManualClock clock_;
    Metrics metrics_;
    behaviours::Registry registry_;
    std::unique_ptr<fleet::Fleet> fleet_;
    std::unique_ptr<VerdictLearner> learner_;
    int incidents_ = 0;
};

TEST_F(VerdictLearnerTest, AChangeIsAVersionWithItsReasonAndKeepsTheSecrets) {
    judge(IncidentVerb::FalseAlarm, 6, 0.5F);
    EXPECT_EQ(learner_->step(), 1);
    EXPECT_NEAR(threshold(), 0.52, 1e-9);
    EXPECT_EQ(camera()->changed_by, "learning");
    const auto versions = fleet_->versions(CameraId{"gate"}, 0, 10).value();
    ASSERT_EQ(versions.size(), 2U);
    EXPECT_NE(versions[0].why.find("6 false alarms"), std::string::npos) << versions[0].why;
    EXPECT_EQ(camera()->config.streams.at(0).url, "rtsp://u:secret@10.0.0.1/gate");
    EXPECT_EQ(learner_->step(), 0) << "it rests after a change";
}

TEST_F(VerdictLearnerTest, WhatAPersonTookBackIsLeftAlone) {
    judge(IncidentVerb::FalseAlarm, 6, 0.5F);
    ASSERT_EQ(learner_->step(), 1);
    clock_.advance(hours{1});
    ASSERT_TRUE(fleet_->restore(CameraId{"gate"}, 1, {.who = "kim", .why = "too deaf"}));
    clock_.advance(hours{48});
    EXPECT_EQ(learner_->step(), 0);
    EXPECT_NEAR(threshold(), 0.4, 1e-9);
}

TEST_F(VerdictLearnerTest, TheBoundCountsFromWhatThePersonSetAlsoAfterSeveralSteps) {
    judge(IncidentVerb::FalseAlarm, 6, 0.5F);
    ASSERT_EQ(learner_->step(), 1);
    for (int i = 0; i < 4; ++i) {
        clock_.advance(hours{25});
        judge(IncidentVerb::FalseAlarm, 6, static_cast<float>(threshold()) + 0.05F);
        learner_->step();
        EXPECT_LE(threshold(), 0.6 + 1e-9);
    }
    EXPECT_GE(threshold(), 0.55);
}

TEST_F(VerdictLearnerTest, ConfirmedIncidentsChangeNothing) {
    judge(IncidentVerb::Confirm, 8, 0.5F);
    EXPECT_EQ(learner_->step(), 0);
}

}  // namespace
}  // namespace bongsu::app
