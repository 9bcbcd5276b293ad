#pragma once

#include "core/settings.hpp"
#include "core/value.hpp"
#include "domain/camera.hpp"
#include "domain/judged_incident.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::incidents {

enum class SuggestionKind { Mask, Threshold, Schedule };
std::string_view to_string(SuggestionKind kind);

/// A change of one camera's configuration that would have stopped repeated false alarms, with its
/// evidence. Accepting it is applying the patch.
struct Suggestion {
    std::string id;  ///< "camera:rule:reason"
    CameraId camera;
    RuleId rule;
    SuggestionKind kind = SuggestionKind::Mask;
    FalseAlarmReason reason = FalseAlarmReason::Other;
    int verdicts = 0;      ///< judged incidents of the rule in the time looked back on
    int false_alarms = 0;  ///< of these, false for this reason
    int stopped = 0;       ///< of these, those that the change would have stopped
    int days = 0;
    Value patch;  ///< RFC 6902 "add" operations on what parse_camera reads
};

struct SuggestionSettings {
    int least_false = 5;       ///< for one reason
    double least_share = 0.6;  ///< false ones of all judged
    int days = 7;
    std::chrono::minutes offset{std::chrono::hours{9}};  ///< of local time from UTC, for schedules
    /// The table of settings of a behaviour; null for an unknown one.
    std::function<const SettingsSchema*(const std::string& behaviour)> schema_of;
};

/// What would stop the false alarms of a camera without losing what people confirmed: a mask where
/// the boxes of swaying plants or reflections lie, a higher threshold for what is short or
/// uncertain, a schedule for what comes at the same hours. A change that would have hidden a
/// confirmed incident is never suggested. At most one for a rule and reason; most false alarms
/// first. Pure.
std::vector<Suggestion> suggest(
    const CameraConfig& camera,
    std::span<const JudgedIncident> judged,
    const SuggestionSettings& settings
);

/// `form` with the "add" operations of RFC 6902 carried out. InvalidArgument for another operation,
/// FailedPrecondition when a place does not exist.
Result<Value> apply_patch(const Value& form, const Value& patch);

}  // namespace bongsu::incidents
