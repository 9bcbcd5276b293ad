#include "incidents/learning.hpp"

#include "core/setting_fields.hpp"
#include "incidents/parting_limit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/format.h>

namespace bongsu::incidents {
namespace {

/// A confirmed incident this close above a learnt threshold says that others may lie below it.
constexpr double kClose = 0.05;
constexpr int kLeastClose = 2;
/// Smaller changes are not worth a version.
constexpr double kLeastChange = 0.01;

/// In the order in which they are looked for.
constexpr std::array<std::string_view, 2> kThresholds{"min_confidence", "min_score"};

bool rests(const ThresholdHistory& history, const LearningSettings& settings, WallTime now) {
    return (history.learnt && now - *history.learnt < settings.settle) ||
           (history.undone && now - *history.undone < settings.rest_after_undo);
}

/// What was judged of the rule and would still be raised.
struct Judged {
    std::vector<double> false_ones;  ///< confidences
    std::vector<double> confirmed;
};

Judged judged_of(const RuleConfig& rule, std::span<const JudgedIncident> judged, double threshold) {
    Judged out;
    for (const JudgedIncident& each : judged) {
        const auto confidence = static_cast<double>(each.confidence);
        if (each.rule != rule.id || confidence < threshold) {
            continue;
        }
        if (each.verdict == Verdict::Confirmed) {
            out.confirmed.push_back(confidence);
        } else if (each.verdict == Verdict::FalseAlarm) {
            out.false_ones.push_back(confidence);
        }
    }
    return out;
}

/// The highest threshold within the bounds that loses nothing confirmed; nothing when it would stop
/// too few.
std::optional<double> raised(
    const Judged& judged, const ThresholdHistory& history, const LearningSettings& settings
) {
    const auto count = judged.false_ones.size();
    const auto all = static_cast<double>(count + judged.confirmed.size());
    if (static_cast<int>(count) < settings.least_false ||
        static_cast<double>(count) < settings.least_share * all) {
        return std::nullopt;
    }
    const auto limit = parting_limit(
        judged.false_ones, judged.confirmed, kScoreMargin, history.by_person + settings.most_raise
    );
    return limit && limit->value >= history.present + kLeastChange ? std::optional(limit->value)
                                                                   : std::nullopt;
}

/// Real ones came close above a learnt threshold, and no false ones did.
std::optional<double> lowered(const Judged& judged, const ThresholdHistory& history) {
    const auto is_close = [&](double value) { return value < history.present + kClose; };
    if (history.present < history.by_person + kLeastChange ||
        std::ranges::count_if(judged.confirmed, is_close) < kLeastClose ||
        std::ranges::any_of(judged.false_ones, is_close)) {
        return std::nullopt;
    }
    // Up to hundredths: what a person set is never undercut by rounding.
    const double lower = std::max(history.by_person, history.present - kClose);
    return std::ceil(lower * 100 - 1e-9) / 100;
}

}  // namespace

const SettingsSchema& learning_schema() {
    static const SettingsSchema schema{{
        fields::flag(
            "enabled", false, "Lets thresholds of rules follow the verdicts, within these bounds."
        ),
        fields::number(
            "most_raise", 0.2, 0, 0.5, "1", "How far a threshold may rise above what a person set."
        ),
        fields::seconds(
            "settle", "24h", 3600, 30 * 86'400, "Between two changes of one rule by learning."
        ),
        fields::seconds(
            "rest_after_undo",
            "336h",
            0,
            365 * 86'400,
            "How long a rule is left alone after a person took a learnt change back."
        ),
        fields::whole(
            "least_false",
            5,
            2,
            1000,
            "False alarms of a rule in a week before learning looks at it."
        ),
        fields::number(
            "least_share", 0.6, 0.1, 1, "1", "The share of false ones of all judged, likewise."
        ),
    }};
    return schema;
}

LearningSettings learning_settings(const Settings& settings) {
    return {
        .is_on = settings.flag("enabled"),
        .most_raise = settings.number("most_raise"),
        .settle = settings.duration("settle"),
        .rest_after_undo = settings.duration("rest_after_undo"),
        .least_false = static_cast<int>(settings.integer("least_false")),
        .least_share = settings.number("least_share"),
    };
}

std::string threshold_setting(const SettingsSchema& schema) {
    for (const std::string_view name : kThresholds) {
        const bool has_it = std::ranges::any_of(schema.fields(), [&](const FieldSpec& field) {
            return field.name == name;
        });
        if (has_it) {
            return std::string(name);
        }
    }
    return {};
}

std::optional<ThresholdChange> learn(
    const RuleConfig& rule,
    std::string setting,
    std::span<const JudgedIncident> judged,
    const ThresholdHistory& history,
    const LearningSettings& settings,
    WallTime now
) {
    if (!settings.is_on || rests(history, settings, now)) {
        return std::nullopt;
    }
    const Judged evidence = judged_of(rule, judged, history.present);
    const std::optional<double> higher = raised(evidence, history, settings);
    const std::optional<double> to = higher ? higher : lowered(evidence, history);
    if (!to) {
        return std::nullopt;
    }
    return ThresholdChange{
        .rule = rule.id,
        .setting = std::move(setting),
        .from = history.present,
        .to = *to,
        .why = fmt::format(
            "{}: {} false alarms, {} confirmed; a person set {:.2f}, at most {:.2f}",
            higher ? "false alarms stop below it" : "confirmed ones come close to it",
            evidence.false_ones.size(),
            evidence.confirmed.size(),
            history.by_person,
            history.by_person + settings.most_raise
        )
    };
}

}  // namespace bongsu::incidents
