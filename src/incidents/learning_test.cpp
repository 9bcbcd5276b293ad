#include "incidents/learning.hpp"

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

using std::chrono::hours;

const WallTime kNow = parse_iso8601("2026-11-21T03:00:00Z").value();

class Learning : public testing::Test {
protected:
    Learning() { rule_.id = RuleId{"fence"}; }

    void add(Verdict verdict, int count, float confidence) {
        for (int i = 0; i < count; ++i) {
            JudgedIncident each;
            each.rule = rule_.id;
            each.verdict = verdict;
            each.confidence = confidence;
            judged_.push_back(each);
        }
    }

    std::optional<ThresholdChange> learnt() const {
        return learn(rule_, "min_score", judged_, history_, settings_, kNow);
    }

    RuleConfig rule_;
    std::vector<JudgedIncident> judged_;
    ThresholdHistory history_{.by_person = 0.4, .present = 0.4};
    LearningSettings settings_{.is_on = true};
};

TEST_F(Learning, RepeatedFalseAlarmsRaiseTheThresholdJustAboveThem) {
    add(Verdict::FalseAlarm, 6, 0.5F);
    add(Verdict::Confirmed, 2, 0.9F);
    const auto change = learnt();
    ASSERT_TRUE(change);
    EXPECT_NEAR(change->to, 0.52, 1e-9);
    EXPECT_NEAR(change->from, 0.4, 1e-9);
    EXPECT_EQ(change->setting, "min_score");
    EXPECT_NE(change->why.find("6 false alarms"), std::string::npos) << change->why;
}

TEST_F(Learning, NothingConfirmedIsEverLost) {
    add(Verdict::FalseAlarm, 10, 0.5F);
    add(Verdict::Confirmed, 1, 0.45F);
    EXPECT_FALSE(learnt()) << "the confirmed one would be lost";
}

TEST_F(Learning, TheAdministratorsBoundHolds) {
    add(Verdict::FalseAlarm, 4, 0.45F);
    add(Verdict::FalseAlarm, 2, 0.85F);
    settings_.most_raise = 0.1;
    const auto change = learnt();
    ASSERT_TRUE(change);
    EXPECT_NEAR(change->to, 0.5, 1e-9);
    settings_.most_raise = 0;
    EXPECT_FALSE(learnt());
}

TEST_F(Learning, FewFalseAlarmsOrAFairShareOfThemChangeNothing) {
    add(Verdict::FalseAlarm, 4, 0.5F);
    EXPECT_FALSE(learnt());
    add(Verdict::FalseAlarm, 1, 0.5F);
    EXPECT_TRUE(learnt());
    add(Verdict::Confirmed, 4, 0.9F);
    EXPECT_FALSE(learnt()) << "five of nine are not most of them";
}

TEST_F(Learning, RestsAfterAChangeAndForLongAfterAnUndo) {
    add(Verdict::FalseAlarm, 6, 0.5F);
    history_.learnt = kNow - hours{23};
    EXPECT_FALSE(learnt());
    history_.learnt = kNow - hours{25};
    EXPECT_TRUE(learnt());
    history_.undone = kNow - hours{24 * 13};
    EXPECT_FALSE(learnt());
    history_.undone = kNow - hours{24 * 15};
    EXPECT_TRUE(learnt());
}

TEST_F(Learning, ComesBackWhenRealOnesLieCloseAboveALearntThreshold) {
    history_.present = 0.5;
    add(Verdict::Confirmed, 2, 0.52F);
    const auto change = learnt();
    ASSERT_TRUE(change);
    EXPECT_NEAR(change->to, 0.45, 1e-9);
    history_.present = 0.42;
    judged_.clear();
    add(Verdict::Confirmed, 2, 0.44F);
    EXPECT_NEAR(learnt()->to, 0.4, 1e-9) << "never below what a person set";
    history_.present = 0.4;
    EXPECT_FALSE(learnt()) << "a threshold that a person set stays";
}

TEST_F(Learning, IsOffUnlessSwitchedOn) {
    add(Verdict::FalseAlarm, 6, 0.5F);
    settings_ = learning_settings(learning_schema().parse(Value(), "learning").value());
    EXPECT_FALSE(learnt());
}

TEST_F(Learning, OtherRulesAndWhatWouldNotBeRaisedAnyMoreCountForNothing) {
    add(Verdict::FalseAlarm, 6, 0.35F);
    EXPECT_FALSE(learnt());
    add(Verdict::FalseAlarm, 6, 0.5F);
    rule_.id = RuleId{"other"};
    EXPECT_FALSE(learnt());
}

TEST(ThresholdSetting, IsTheOneThatConfidencesAreComparedWith) {
    EXPECT_EQ(threshold_setting(SettingsSchema({{.name = "min_score"}})), "min_score");
    EXPECT_EQ(
        threshold_setting(SettingsSchema({{.name = "min_score"}, {.name = "min_confidence"}})),
        "min_confidence"
    );
    EXPECT_EQ(threshold_setting(SettingsSchema({{.name = "dwell"}})), "");
}

}  // namespace
}  // namespace bongsu::incidents
