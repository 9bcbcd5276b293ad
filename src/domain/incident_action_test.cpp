#include "domain/incident_action.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace bongsu {
namespace {

const WallTime kNow{std::chrono::seconds{1'750'000'000}};

Incident incident(IncidentState state = IncidentState::New) {
    Incident made;
    made.id = IncidentId{"i1"};
    made.state = state;
    made.change = 3;
    return made;
}

IncidentAction by_kim(IncidentVerb verb) {
    return {
        .verb = verb,
        .who = "kim",
        .when = kNow,
        .why = "because",
        .reason = FalseAlarmReason::Light,
        .assignee = {},
        .level = 0,
        .expected_change = {}
    };
}

std::vector<std::string> actions(const Incident& incident) {
    std::vector<std::string> names;
    for (const IncidentStep& step : incident.steps) {
        names.push_back(step.action);
    }
    return names;
}

using Names = std::vector<std::string>;

TEST(IncidentVerb, NamesRoundTrip) {
    for (int i = 0; i <= static_cast<int>(IncidentVerb::Escalate); ++i) {
        const auto verb = static_cast<IncidentVerb>(i);
        EXPECT_EQ(parse_incident_verb(to_string(verb)), verb);
    }
    EXPECT_EQ(parse_incident_verb("forget"), std::nullopt);
    for (int i = 0; i <= static_cast<int>(FalseAlarmReason::Other); ++i) {
        const auto reason = static_cast<FalseAlarmReason>(i);
        EXPECT_EQ(parse_false_alarm_reason(to_string(reason)), reason);
    }
}

TEST(IncidentAction, DecidingAtOnceAcknowledgesFirst) {
    Incident one = incident();
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::Confirm)));
    EXPECT_EQ(actions(one), (Names{"state:acknowledged", "state:confirmed"}));
    EXPECT_EQ(one.acknowledged, kNow);
    EXPECT_EQ(one.acknowledged_by, "kim");
    EXPECT_EQ(one.assignee, "kim");
    EXPECT_EQ(one.verdict, Verdict::Confirmed);
}

TEST(IncidentAction, DispatchingConfirmsFirst) {
    Incident one = incident();
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::Dispatch)));
    EXPECT_EQ(actions(one), (Names{"state:acknowledged", "state:confirmed", "state:dispatched"}));
    EXPECT_EQ(one.steps.back().why, "because");
    EXPECT_EQ(one.steps.front().why, "");
    EXPECT_EQ(one.verdict, Verdict::Confirmed);
}

TEST(IncidentAction, EveryStateRefusesWhatDoesNotFollow) {
    using enum IncidentVerb;
    const auto allowed = [](IncidentState state, IncidentVerb verb) {
        Incident one = incident(state);
        return apply_action(one, by_kim(verb)).has_value();
    };
    EXPECT_FALSE(allowed(IncidentState::New, Close));
    EXPECT_FALSE(allowed(IncidentState::New, Reopen));
    EXPECT_FALSE(allowed(IncidentState::Acknowledged, Acknowledge));
    EXPECT_FALSE(allowed(IncidentState::FalseAlarm, Acknowledge)) << "that is reopening";
    EXPECT_TRUE(allowed(IncidentState::FalseAlarm, Reopen));
    EXPECT_TRUE(allowed(IncidentState::FalseAlarm, Close));
    EXPECT_TRUE(allowed(IncidentState::Closed, Reopen));
    EXPECT_FALSE(allowed(IncidentState::Closed, Confirm));
    EXPECT_FALSE(allowed(IncidentState::Closed, Assign));
    EXPECT_TRUE(allowed(IncidentState::Closed, Note));
    EXPECT_TRUE(allowed(IncidentState::Dispatched, FalseAlarm)) << "nobody was there";
}

TEST(IncidentAction, ReopeningTakesTheVerdictBack) {
    Incident one = incident();
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::FalseAlarm)));
    EXPECT_EQ(one.reason, FalseAlarmReason::Light);
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::Reopen)));
    EXPECT_EQ(one.verdict, Verdict::None);
    EXPECT_EQ(one.reason, std::nullopt);
    EXPECT_EQ(one.judged, std::nullopt);
    EXPECT_EQ(one.acknowledged, kNow) << "somebody has taken notice all the same";
}

TEST(IncidentAction, ClosingKeepsTheVerdict) {
    Incident one = incident();
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::FalseAlarm)));
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::Close)));
    EXPECT_EQ(one.verdict, Verdict::FalseAlarm);
    EXPECT_EQ(one.reason, FalseAlarmReason::Light);
}

TEST(IncidentAction, WordsAreAskedForWhereTheyMatter) {
    const auto kind_of = [](const IncidentAction& action) {
        Incident one = incident();
        const Status done = apply_action(one, action);
        return done ? std::optional<ErrorKind>{} : done.error().kind;
    };
    IncidentAction action = by_kim(IncidentVerb::FalseAlarm);
    action.reason.reset();
    EXPECT_EQ(kind_of(action), ErrorKind::InvalidArgument);
    action.reason = FalseAlarmReason::Other;
    EXPECT_EQ(kind_of(action), std::nullopt);
    action.why.clear();
    EXPECT_EQ(kind_of(action), ErrorKind::InvalidArgument);
    action = by_kim(IncidentVerb::Note);
    action.why.assign(kLongestRemark + 1, 'x');
    EXPECT_EQ(kind_of(action), ErrorKind::InvalidArgument);
    action = by_kim(IncidentVerb::Escalate);
    action.why.clear();
    EXPECT_EQ(kind_of(action), ErrorKind::InvalidArgument);
    action = by_kim(IncidentVerb::Confirm);
    action.who.clear();
    EXPECT_EQ(kind_of(action), ErrorKind::InvalidArgument);
}

TEST(IncidentAction, AssigningNamesSomebodyAndReleasingNobody) {
    Incident one = incident();
    IncidentAction action = by_kim(IncidentVerb::Assign);
    action.assignee = "lee";
    ASSERT_TRUE(apply_action(one, action));
    EXPECT_EQ(one.assignee, "lee");
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::Confirm)));
    EXPECT_EQ(one.assignee, "lee") << "helping does not take it away";
    ASSERT_TRUE(apply_action(one, by_kim(IncidentVerb::Release)));
    EXPECT_EQ(one.assignee, "");
}

TEST(IncidentAction, EachLevelIsReachedOnce) {
    Incident one = incident();
    IncidentAction action = by_kim(IncidentVerb::Escalate);
    ASSERT_TRUE(apply_action(one, action));
    action.level = 1;
    EXPECT_FALSE(apply_action(one, action));
    action.level = 2;
    ASSERT_TRUE(apply_action(one, action));
    action.level = 0;
    EXPECT_FALSE(apply_action(one, action));
    EXPECT_EQ(actions(one), (Names{"escalated:1", "escalated:2"}));
}

TEST(IncidentAction, NewsFromTheCameraIsNoConflictButAPersonsDecisionIs) {
    Incident one = incident();
    IncidentAction action = by_kim(IncidentVerb::Acknowledge);
    action.expected_change = 1;
    ASSERT_TRUE(apply_action(one, action)) << "changes 2 and 3 were news";
    one.decided = 4;
    action = by_kim(IncidentVerb::Confirm);
    action.expected_change = 3;
    const Status refused = apply_action(one, action);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::FailedPrecondition);
    action.expected_change = 4;
    EXPECT_TRUE(apply_action(one, action));
}

TEST(IncidentMerging, GoesOnlyIntoAnOpenOneThatIsWhole) {
    const IncidentMerge request{
        .into = IncidentId{"i1"}, .from = {}, .who = "kim", .why = {}, .when = kNow
    };
    Incident into = incident(IncidentState::Closed);
    Incident from = incident();
    from.id = IncidentId{"i2"};
    EXPECT_FALSE(merge_incidents(into, from, request));
    into.state = IncidentState::Acknowledged;
    ASSERT_TRUE(merge_incidents(into, from, request));
    EXPECT_EQ(from.state, IncidentState::Closed);
    EXPECT_EQ(from.verdict, Verdict::None) << "it counts in the one that took it in";
    EXPECT_EQ(into.absorbed, std::vector{from.id});
    Incident third = incident();
    third.id = IncidentId{"i3"};
    EXPECT_FALSE(merge_incidents(from, third, request));
    EXPECT_FALSE(apply_action(from, by_kim(IncidentVerb::Reopen)));
}

}  // namespace
}  // namespace bongsu
