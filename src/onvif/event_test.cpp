#include "onvif/event.hpp"

#include "onvif/testing/parse.hpp"

#include <gtest/gtest.h>

namespace bongsu::onvif {
namespace {

OnvifEvent event(const std::string& topic, EventItems data, EventItems source = {}) {
    OnvifEvent made;
    made.topic = plain_topic(topic);
    made.data = std::move(data);
    made.source = std::move(source);
    made.operation = PropertyOperation::Changed;
    return made;
}

std::string kind(const std::string& topic) {
    return interpret(event(topic, {})).kind;
}

TEST(Topic, LosesThePrefixOfEachPart) {
    EXPECT_EQ(
        plain_topic(" tns1:RuleEngine/tnsajax:MotionDetector/Detection "),
        "RuleEngine/MotionDetector/Detection"
    );
    EXPECT_EQ(plain_topic(""), "");
    EXPECT_EQ(plain_topic("///"), plain_topic("///"));
}

TEST(Meaning, KnowsTheTopicsOfTheStandardsAndOfMakers) {
    EXPECT_EQ(kind("tns1:RuleEngine/CellMotionDetector/Motion"), "motion_alarm");
    EXPECT_EQ(kind("tns1:VideoSource/MotionAlarm"), "motion_alarm");
    EXPECT_EQ(kind("tns1:RuleEngine/MotionRegionDetector/Motion"), "motion_alarm");
    EXPECT_EQ(kind("tns1:RuleEngine/CellMotionDetector/Tamper"), "camera_tamper");
    EXPECT_EQ(kind("tns1:VideoSource/GlobalSceneChange/ImagingService"), "camera_tamper");
    EXPECT_EQ(kind("tns1:VideoSource/ImageTooDark/AnalyticsService"), "camera_tamper");
    EXPECT_EQ(kind("tns1:RuleEngine/LineDetector/Crossed"), "line_crossing");
    EXPECT_EQ(kind("tns1:RuleEngine/CellMotionDetector/LineCross"), "line_crossing");
    EXPECT_EQ(kind("tns1:RuleEngine/FieldDetector/ObjectsInside"), "intrusion");
    EXPECT_EQ(kind("tns1:Device/Trigger/DigitalInput"), "digital_input");
    EXPECT_EQ(kind("tns1:Device/Trigger/tnshik:AlarmIn"), "digital_input");
    EXPECT_EQ(kind("tns1:RuleEngine/ObjectDetection/Object"), "object_alarm");
    EXPECT_EQ(kind("tns1:Device/HardwareFailure/StorageFailure"), "");
}

TEST(Meaning, ReadsTheStateHoweverItIsWritten) {
    const char* topic = "tns1:Device/Trigger/DigitalInput";
    EXPECT_EQ(interpret(event(topic, {{"LogicalState", "true"}})).is_active, true);
    EXPECT_EQ(interpret(event(topic, {{"State", "0"}})).is_active, false);
    EXPECT_EQ(interpret(event(topic, {{"State", "Inactive"}})).is_active, false);
    EXPECT_EQ(interpret(event(topic, {{"ObjectId", "abc"}})).is_active, std::nullopt);
    const char* object = "tns1:RuleEngine/ObjectDetection/Object";
    EXPECT_EQ(interpret(event(object, {{"ClassTypes", "Human Animal"}})).is_active, true);
    EXPECT_EQ(interpret(event(object, {{"ClassTypes", ""}})).is_active, false);
    OnvifEvent deleted = event(topic, {{"State", "true"}});
    deleted.operation = PropertyOperation::Deleted;
    EXPECT_EQ(interpret(deleted).is_active, false);
}

TEST(Meaning, PutsSourceAndClassIntoTheDetail) {
    EXPECT_EQ(
        interpret(event(
                      "tns1:RuleEngine/PeopleDetector/People",
                      {{"IsPeople", "true"}},
                      {{"VideoSourceToken", "v0"}, {"Rule", "Gate \"A\"=1"}}
                  ))
            .detail,
        "source=Gate__A__1 class=People"
    );
}

TEST(Notifications, AreReadWithSourceDataAndTime) {
    const Xml xml = testing::parsed(
        R"(<r><wsnt:NotificationMessage><wsnt:Topic Dialect="d">tns1:VideoSource/MotionAlarm)"
        R"(</wsnt:Topic><wsnt:Message><tt:Message UtcTime="2026-03-08T16:19:05.928881Z" )"
        R"(PropertyOperation="Initialized"><tt:Source><tt:SimpleItem Name="Source" Value="v0"/>)"
        R"(</tt:Source><tt:Data><tt:SimpleItem Name="State" Value="true"/></tt:Data></tt:Message>)"
        R"(</wsnt:Message></wsnt:NotificationMessage>)"
        R"(<wsnt:NotificationMessage><wsnt:Topic>tns1:A/B</wsnt:Topic></wsnt:NotificationMessage>)"
        R"(<wsnt:NotificationMessage/></r>)"
    );
    const auto events = parse_notifications(xml.root());
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].topic, "VideoSource/MotionAlarm");
    EXPECT_EQ(events[0].operation, PropertyOperation::Initialized);
    EXPECT_EQ(events[0].source, (EventItems{{"Source", "v0"}}));
    ASSERT_TRUE(events[0].time);
    EXPECT_EQ(to_iso8601(*events[0].time).substr(0, 19), "2026-03-08T16:19:05");
}

TEST(Notifications, TakeATimeWithoutZoneAsUtcAndNoTimeAtAll) {
    const auto time_of = [](const std::string& text) {
        const Xml xml = testing::parsed(
            "<r><NotificationMessage><Topic>a</Topic><Message UtcTime=\"" + text +
            "\"/></NotificationMessage></r>"
        );
        return parse_notifications(xml.root()).at(0).time;
    };
    EXPECT_EQ(time_of("2026-03-08T16:19:05"), time_of("2026-03-08T16:19:05Z"));
    EXPECT_FALSE(time_of(""));
    EXPECT_FALSE(time_of("yesterday"));
}

}  // namespace
}  // namespace bongsu::onvif
