#include "behaviours/crowding/census.hpp"

#include "behaviours/engine.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu::behaviours::crowding {
namespace {

using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};

/// Sees so many people, in a row along the middle of the picture.
class Onlooker final : public SecondLook {
public:
    std::optional<Pose> pose(const Box&) override { return std::nullopt; }

    std::optional<float> verify(std::string_view, const Box&) override { return std::nullopt; }

    std::optional<std::vector<Detection>> everybody() override {
        ++asked;
        if (!can_tell) {
            return std::nullopt;
        }
        std::vector<Detection> people;
        for (int i = 0; i < sees; ++i) {
            const float x = 10.F + 20.F * static_cast<float>(i);
            people.push_back({ObjectClass::Person, 0.8F, {x, 100, 10, 40}, {}});
        }
        return people;
    }

    void keep_looking(Duration) override {}

    int sees = 0;
    int asked = 0;
    bool can_tell = true;
};

class CensusTest : public testing::Test {
protected:
    CensusTest() {
        register_all(registry_);
        camera_.id = CameraId{"square"};
        camera_.zones = {{ZoneId{"left"}, "left", {{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}}}};
        frame_ = allocate_frame(640, 360).frame;
    }

    void watch(int threshold, bool has_zone = false) {
        RuleConfig rule;
        rule.id = RuleId{"crowd"};
        rule.behaviour = "crowding";
        if (has_zone) {
            rule.zones.emplace_back("left");
        }
        rule.settings = Value(
            Value::Map{{"count", Value(threshold)}, {"counting", Value(std::string("everybody"))}}
        );
        camera_.rules = {rule};
        auto engine = BehaviourEngine::create(camera_, registry_, metrics_);
        ASSERT_TRUE(engine) << engine.error().message;
        engine_.emplace(*std::move(engine));
    }

    /// Scenes of one a second; those of the phase that was asked for.
    int run(int from, int to, EventPhase wanted) {
        int events = 0;
        for (int t = from; t < to; ++t) {
            Scene scene;
            scene.camera = camera_.id;
            scene.time = kStart + seconds{t};
            scene.width = 640;
            scene.height = 360;
            scene.frame = has_picture ? &frame_ : nullptr;
            scene.second_look = &onlooker_;
            const auto raised = engine_->evaluate(scene);
            std::ranges::copy(raised, std::back_inserter(events_));
            events += static_cast<int>(std::ranges::count_if(raised, [&](const auto& event) {
                return event.phase == wanted;
            }));
        }
        return events;
    }

    Registry registry_;
    Metrics metrics_;
    CameraConfig camera_;
    Frame frame_;
    Onlooker onlooker_;
    std::optional<BehaviourEngine> engine_;
    std::vector<BehaviourEvent> events_;
    bool has_picture = true;
};

TEST_F(CensusTest, ACrowdThatStaysIsReportedWithItsCount) {
    watch(16);
    onlooker_.sees = 25;  // each counts for 0.8
    EXPECT_EQ(run(0, 30, EventPhase::Begin), 1);
    EXPECT_NE(events_.front().detail.find("count=20"), std::string::npos);
    EXPECT_EQ(onlooker_.asked, 6);
    onlooker_.sees = 5;
    EXPECT_EQ(run(30, 60, EventPhase::End), 1);
}

TEST_F(CensusTest, OneLookThatCountsTooManyRaisesNothing) {
    watch(16);
    onlooker_.sees = 10;
    EXPECT_EQ(run(0, 15, EventPhase::Begin), 0);
    onlooker_.sees = 30;
    EXPECT_EQ(run(15, 20, EventPhase::Begin), 0);
    onlooker_.sees = 10;
    EXPECT_EQ(run(20, 60, EventPhase::Begin), 0);
}

TEST_F(CensusTest, OnlyPeopleInTheZoneCount) {
    watch(16, true);
    onlooker_.sees = 25;  // 15 of them stand left of the middle
    EXPECT_EQ(run(0, 60, EventPhase::Begin), 0);
}

TEST_F(CensusTest, WhatCannotBeCountedIsNoCrowdAndEndsOneAfterAMinute) {
    watch(16);
    onlooker_.sees = 25;
    onlooker_.can_tell = false;
    EXPECT_EQ(run(0, 30, EventPhase::Begin), 0);
    onlooker_.can_tell = true;
    EXPECT_EQ(run(30, 60, EventPhase::Begin), 1);
    has_picture = false;
    EXPECT_EQ(run(60, 110, EventPhase::End), 0);
    EXPECT_EQ(run(110, 130, EventPhase::End), 1);
}

}  // namespace
}  // namespace bongsu::behaviours::crowding
