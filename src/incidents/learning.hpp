#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"
#include "domain/camera.hpp"
#include "domain/judged_incident.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace bongsu::incidents {

/// How far thresholds may follow what people say about incidents. Typed form of learning_schema().
struct LearningSettings {
    bool is_on = false;
    double most_raise = 0.2;                   ///< above what a person set
    Duration settle = std::chrono::hours{24};  ///< between two changes of one rule
    Duration rest_after_undo = std::chrono::hours{24 * 14};
    int least_false = 5;
    double least_share = 0.6;  ///< false ones of all judged
};

/// The rows of `learning:` in the configuration.
const SettingsSchema& learning_schema();
LearningSettings learning_settings(const Settings& settings);

/// Under this name learnt changes stand in a camera's versions.
inline constexpr std::string_view kLearner = "learning";

/// What is known of one rule's threshold.
struct ThresholdHistory {
    double by_person = 0;            ///< what a person set, or the default
    double present = 0;              ///< in force now
    std::optional<WallTime> learnt;  ///< when it was last changed by learning
    std::optional<WallTime> undone;  ///< when a person took a learnt change back
};

/// A change of one rule's threshold, with its reason for the log.
struct ThresholdChange {
    RuleId rule;
    std::string setting;
    double from = 0;
    double to = 0;
    std::string why;
};

/// The setting of a behaviour that an event's confidence must reach; empty when it has none.
std::string threshold_setting(const SettingsSchema& schema);

/// What the verdicts say about the threshold of one rule: higher when that would have stopped
/// repeated false alarms and no confirmed incident, back towards what a person set when real ones
/// come close above a learnt threshold. Nothing within the rest after a change or an undo, or
/// beyond the bounds. `judged` are those of the camera. Pure.
std::optional<ThresholdChange> learn(
    const RuleConfig& rule,
    std::string setting,
    std::span<const JudgedIncident> judged,
    const ThresholdHistory& history,
    const LearningSettings& settings,
    WallTime now
);

}  // namespace bongsu::incidents
