#include "incidents/suggestions.hpp"

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// Noon of 2026-11-21 in Seoul.
const WallTime kNoon = parse_iso8601("2026-11-21T03:00:00Z").value();

const SettingsSchema kIntrusion{{
    {.name = "min_score", .type = FieldType::Number, .fallback = 0.0, .min = 0, .max = 1},
    {.name = "min_presence", .type = FieldType::Seconds, .fallback = 0.4, .min = 0, .max = 60},
}};

class Suggestions : public testing::Test {
protected:
    Suggestions() {
        camera_.id = CameraId{"gate"};
        camera_.rules = {
            {RuleId{"other"}, "loitering", 3, {}, {}, {}},
            {RuleId{"fence"}, "intrusion", 4, {}, {}, {}}
        };
        settings_.schema_of = [](const std::string& behaviour) {
            return behaviour == "intrusion" ? &kIntrusion : nullptr;
        };
    }

    JudgedIncident& add(Verdict verdict, std::optional<FalseAlarmReason> reason = {}) {
        JudgedIncident each;
        each.id = IncidentId{"i" + std::to_string(judged_.size())};
        each.camera = camera_.id;
        each.rule = RuleId{"fence"};
        each.verdict = verdict;
        each.reason = reason;
        each.opened = kNoon + minutes{37 * static_cast<int>(judged_.size())};
        each.lasted = seconds{10};
        each.confidence = 0.9F;
        each.box = {0.7F, 0.7F, 0.1F, 0.2F};
        judged_.push_back(each);
        return judged_.back();
    }

    /// False alarms in the upper left corner.
    void add_false(int count, FalseAlarmReason reason) {
        for (int i = 0; i < count; ++i) {
            JudgedIncident& each = add(Verdict::FalseAlarm, reason);
            each.box = {0.1F + 0.01F * static_cast<float>(i), 0.1F, 0.1F, 0.1F};
            each.confidence = 0.4F + 0.01F * static_cast<float>(i);
            each.lasted = milliseconds{500};
        }
    }

    std::vector<Suggestion> suggested() const { return suggest(camera_, judged_, settings_); }

    static std::string path_of(const Suggestion& suggestion) {
        return *suggestion.patch.as_list()->at(0).find("path")->as_text();
    }

    static const Value& value_of(const Suggestion& suggestion) {
        return *suggestion.patch.as_list()->at(0).find("value");
    }

    CameraConfig camera_;
    std::vector<JudgedIncident> judged_;
    SuggestionSettings settings_;
};

TEST_F(Suggestions, WhatWasAcceptedIsNotSuggestedAgain) {
    add_false(6, FalseAlarmReason::Vegetation);
    add(Verdict::Confirmed);
    ASSERT_EQ(suggested().size(), 1U);
    camera_.masks = {{{0, 0}, {0.4F, 0}, {0.4F, 0.4F}, {0, 0.4F}}};
    EXPECT_TRUE(suggested().empty());
    camera_.masks.clear();
    camera_.rules[1].settings = Value::Map{{"min_score", 0.6}};
    EXPECT_TRUE(suggested().empty());
}

TEST_F(Suggestions, PlantsAreMaskedWhereTheirBoxesLie) {
    add_false(6, FalseAlarmReason::Vegetation);
    add(Verdict::Confirmed);
    const auto found = suggested();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, "gate:fence:vegetation");
    EXPECT_EQ(found[0].kind, SuggestionKind::Mask);
    EXPECT_EQ(found[0].verdicts, 7);
    EXPECT_EQ(found[0].false_alarms, 6);
    EXPECT_EQ(found[0].stopped, 6);
    EXPECT_EQ(path_of(found[0]), "/masks");
    const Value::List& corners = *value_of(found[0]).as_list()->at(0).as_list();
    ASSERT_EQ(corners.size(), 4U);
    EXPECT_NEAR(*corners[0].as_list()->at(0).as_double(), 0.08, 1e-9);
    EXPECT_NEAR(*corners[2].as_list()->at(0).as_double(), 0.27, 1e-9);
}

TEST_F(Suggestions, AMaskComesBehindThoseThatAreThere) {
    camera_.masks = {{{0, 0}, {0.1F, 0}, {0, 0.1F}}};
    add_false(5, FalseAlarmReason::Reflection);
    EXPECT_EQ(path_of(suggested().at(0)), "/masks/-");
}

TEST_F(Suggestions, NothingIsHiddenThatWasConfirmed) {
    add_false(6, FalseAlarmReason::Vegetation);
    JudgedIncident& real = add(Verdict::Confirmed);
    real.box = judged_[0].box;
    const auto found = suggested();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, SuggestionKind::Threshold) << "no mask over a real incident";
    judged_.back().confidence = 0.3F;
    judged_.back().lasted = milliseconds{100};
    for (const Suggestion& each : suggested()) {
        EXPECT_EQ(each.kind, SuggestionKind::Schedule);
    }
}

TEST_F(Suggestions, AMaskIsNeverLarge) {
    for (int i = 0; i < 6; ++i) {
        add(Verdict::FalseAlarm, FalseAlarmReason::WrongZone).box = {0.05F, 0.05F, 0.9F, 0.9F};
    }
    EXPECT_TRUE(suggested().empty());
}

TEST_F(Suggestions, FewOrMixedVerdictsSuggestNothing) {
    add_false(4, FalseAlarmReason::Vegetation);
    EXPECT_TRUE(suggested().empty()) << "four are too few";
    add_false(1, FalseAlarmReason::Animal);
    EXPECT_TRUE(suggested().empty()) << "of one reason";
    add_false(1, FalseAlarmReason::Vegetation);
    for (int i = 0; i < 5; ++i) {
        add(Verdict::Confirmed);
    }
    EXPECT_TRUE(suggested().empty()) << "6 of 11 false is not 60 %";
}

TEST_F(Suggestions, WhatIsBriefMustLastLonger) {
    add_false(6, FalseAlarmReason::Animal);
    add(Verdict::Confirmed).lasted = seconds{3};
    const auto found = suggested();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, SuggestionKind::Threshold);
    EXPECT_EQ(path_of(found[0]), "/rules/1/min_presence");
    EXPECT_NEAR(*value_of(found[0]).as_double(), 0.6, 0.011);
}

TEST_F(Suggestions, WithoutAConfirmedOneTheScoreRises) {
    add_false(6, FalseAlarmReason::Animal);
    const auto found = suggested();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(path_of(found[0]), "/rules/1/min_score");
    EXPECT_NEAR(*value_of(found[0]).as_double(), 0.47, 0.011);
}

TEST_F(Suggestions, StaffAtTheSameHoursGetASchedule) {
    for (int day = 0; day < 6; ++day) {
        JudgedIncident& each = add(Verdict::FalseAlarm, FalseAlarmReason::Staff);
        each.opened = kNoon + hours{24 * day} - hours{4} + minutes{20 * day};  // 08:00-09:40
    }
    add(Verdict::Confirmed).opened = kNoon + hours{11};
    auto found = suggested();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, SuggestionKind::Schedule);
    EXPECT_EQ(path_of(found[0]), "/rules/1/schedule");
    EXPECT_EQ(*value_of(found[0]).as_list()->at(0).as_text(), "daily 10:00-08:00");
    camera_.rules[1].schedule = {"daily 06:00-22:00"};
    EXPECT_TRUE(suggested().empty()) << "the hours were thought about already";
}

TEST_F(Suggestions, APatchIsAppliedToTheForm) {
    add_false(6, FalseAlarmReason::Animal);
    const Value form = Value::Map{
        {"id", "gate"},
        {"rules",
         Value::List{Value::Map{{"behaviour", "loitering"}}, Value::Map{{"behaviour", "intrusion"}}}
        }
    };
    const auto changed = apply_patch(form, suggested().at(0).patch);
    ASSERT_TRUE(changed) << changed.error().describe();
    EXPECT_EQ(
        changed->find("rules")->as_list()->at(1).find("min_score")->as_double() != nullptr, true
    );
    EXPECT_EQ(changed->find("rules")->as_list()->at(0), form.find("rules")->as_list()->at(0));
    const Value gone = Value::Map{{"id", "gate"}};
    EXPECT_EQ(
        apply_patch(gone, suggested().at(0).patch).error().kind, ErrorKind::FailedPrecondition
    );
    EXPECT_EQ(apply_patch(form, "x").error().kind, ErrorKind::InvalidArgument);
}

}  // namespace
}  // namespace bongsu::incidents
