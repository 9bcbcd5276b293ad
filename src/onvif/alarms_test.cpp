#include "onvif/alarms.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

class Alarms : public ::testing::Test {
protected:
    ManualClock clock_;
    CameraAlarms alarms_{CameraId{"gate"}, clock_};

    static OnvifEvent motion(bool is_on, const std::string& source = "v0") {
        OnvifEvent event;
        event.topic = "RuleEngine/CellMotionDetector/Motion";
        event.source = {{"VideoSource", source}};
        event.data = {{"IsMotion", is_on ? "true" : "false"}};
        event.operation = PropertyOperation::Changed;
        return event;
    }

    std::vector<BehaviourEvent> take(const OnvifEvent& event, Duration offset = {}) {
        return alarms_.take(event, offset);
    }
};

TEST_F(Alarms, BeginAndEndWithTheSameId) {
    const auto begun = take(motion(true));
    ASSERT_EQ(begun.size(), 1U);
    EXPECT_EQ(begun[0].phase, EventPhase::Begin);
    EXPECT_EQ(begun[0].kind, "motion_alarm");
    EXPECT_EQ(begun[0].camera, CameraId{"gate"});
    EXPECT_EQ(begun[0].gravity, 1);
    clock_.advance(std::chrono::seconds{4});
    const auto ended = take(motion(false));
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].phase, EventPhase::End);
    EXPECT_EQ(ended[0].id, begun[0].id);
    EXPECT_EQ(ended[0].started, begun[0].started);
    EXPECT_EQ(ended[0].time - begun[0].time, std::chrono::seconds{4});
}

TEST_F(Alarms, AreToldOnceHoweverOftenTheCameraRepeatsThem) {
    EXPECT_EQ(take(motion(true)).size(), 1U);
    EXPECT_TRUE(take(motion(true)).empty());
    EXPECT_EQ(take(motion(false)).size(), 1U);
    EXPECT_TRUE(take(motion(false)).empty());
}

TEST_F(Alarms, OfTwoSourcesAreApart) {
    const auto first = take(motion(true, "v0"));
    const auto second = take(motion(true, "v1"));
    ASSERT_EQ(second.size(), 1U);
    EXPECT_NE(first[0].id, second[0].id);
    EXPECT_EQ(take(motion(false, "v0")).at(0).id, first[0].id);
}

TEST_F(Alarms, WithoutAStateBeginAndEndAtOnce) {
    OnvifEvent crossed;
    crossed.topic = "RuleEngine/LineDetector/Crossed";
    crossed.data = {{"ObjectId", "obj-9"}};
    const auto events = take(crossed);
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].phase, EventPhase::Begin);
    EXPECT_EQ(events[1].phase, EventPhase::End);
    EXPECT_EQ(events[0].id, events[1].id);
    EXPECT_EQ(alarms_.open_count(), 0U);
}

TEST_F(Alarms, AreStampedInOurTimeWhateverTheCamerasClockSays) {
    OnvifEvent event = motion(true);
    event.time = clock_.wall() + std::chrono::hours{9} - std::chrono::seconds{2};
    const auto begun = take(event, std::chrono::hours{9});
    EXPECT_EQ(begun.at(0).started, clock_.wall() - std::chrono::seconds{2});
    OnvifEvent wrong = motion(true, "v1");
    wrong.time = WallTime{};
    EXPECT_EQ(take(wrong).at(0).started, clock_.wall());
}

TEST_F(Alarms, EndWhenTheCameraIsNoLongerHeard) {
    (void)take(motion(true, "v0"));
    (void)take(motion(true, "v1"));
    const auto ended = alarms_.end_all();
    EXPECT_EQ(ended.size(), 2U);
    EXPECT_EQ(ended[0].phase, EventPhase::End);
    EXPECT_TRUE(alarms_.end_all().empty());
}

TEST_F(Alarms, AreBoundedForACameraThatInventsSources) {
    for (int i = 0; i < 1000; ++i) {
        (void)take(motion(true, "v" + std::to_string(i)));
    }
    EXPECT_EQ(alarms_.open_count(), 256U);
}

TEST_F(Alarms, IgnoreWhatConcernsNobody) {
    OnvifEvent other;
    other.topic = "Device/HardwareFailure/FanFailure";
    other.data = {{"Failed", "true"}};
    EXPECT_TRUE(take(other).empty());
}

}  // namespace
}  // namespace bongsu::onvif
