#include "incidents/suggestions.hpp"

#include "incidents/learning.hpp"
#include "incidents/parting_limit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>

namespace bongsu::incidents {
namespace {

using std::chrono::hours;

constexpr float kMaskMargin = 0.02F;
/// A mask larger than this share of the picture blinds the camera.
constexpr float kLargestMask = 0.25F;
constexpr int kLongestBand = 10;         ///< hours
constexpr double kDurationMargin = 0.1;  ///< seconds

/// Settings that say how long something must be seen.
constexpr std::array<std::string_view, 3> kDurations{"min_presence", "dwell", "hold"};

struct Evidence {
    std::vector<const JudgedIncident*> false_ones;  ///< of one reason
    std::vector<const JudgedIncident*> confirmed;
    int verdicts = 0;
    int all_false = 0;
};

struct Proposal {
    SuggestionKind kind = SuggestionKind::Mask;
    int stopped = 0;
    Value patch;
};

bool is_enough(int stopped, const Evidence& evidence) {
    return stopped >= kLeastStopped * static_cast<double>(evidence.false_ones.size());
}

Value add_operation(std::string path, Value value) {
    return Value::List{
        Value::Map{{"op", "add"}, {"path", std::move(path)}, {"value", std::move(value)}}
    };
}

bool has_box(const JudgedIncident& incident) {
    return incident.box.area() > 0;
}

bool has_centre_in(const JudgedIncident& incident, const Box& area) {
    const Point centre = incident.box.centre();
    return has_box(incident) && centre.x >= area.x && centre.x <= area.right() &&
           centre.y >= area.y && centre.y <= area.bottom();
}

/// The area of the boxes that lie closest together: those whose centres the best placed box,
/// doubled, holds.
Box densest(const std::vector<const JudgedIncident*>& incidents) {
    Box best;
    std::ptrdiff_t most = 0;
    for (const JudgedIncident* middle : incidents) {
        if (!has_box(*middle)) {
            continue;
        }
        const Box& own = middle->box;
        const Box reach{own.x - own.w / 2, own.y - own.h / 2, own.w * 2, own.h * 2};
        Box area;
        std::ptrdiff_t count = 0;
        for (const JudgedIncident* other : incidents) {
            if (has_centre_in(*other, reach)) {
                area = enclosing(area, other->box);
                ++count;
            }
        }
        if (count > most) {
            most = count;
            best = area;
        }
    }
    return best;
}

Value corners_of(const Box& box) {
    const auto number = [](float v) { return std::round(static_cast<double>(v) * 1000) / 1000; };
    const auto corner = [&](float x, float y) { return Value::List{number(x), number(y)}; };
    return Value::List{
        corner(box.x, box.y),
        corner(box.right(), box.y),
        corner(box.right(), box.bottom()),
        corner(box.x, box.bottom())
    };
}

std::optional<Proposal> propose_mask(const CameraConfig& camera, const Evidence& evidence) {
    const Box area = clipped(padded(densest(evidence.false_ones), kMaskMargin), 1, 1);
    if (area.area() <= 0 || area.area() > kLargestMask) {
        return std::nullopt;
    }
    const auto is_inside = [&](const JudgedIncident* each) { return has_centre_in(*each, area); };
    const auto stopped = static_cast<int>(std::ranges::count_if(evidence.false_ones, is_inside));
    if (!is_enough(stopped, evidence) || std::ranges::any_of(evidence.confirmed, is_inside)) {
        return std::nullopt;
    }
    const Value mask = corners_of(area);
    return Proposal{
        .kind = SuggestionKind::Mask,
        .stopped = stopped,
        .patch = camera.masks.empty() ? add_operation("/masks", Value::List{mask})
                                      : add_operation("/masks/-", mask)
    };
}

template <class Measure>
std::optional<PartingLimit> limit_between(
    const Evidence& evidence, double margin, Measure measure
) {
    const auto values_of = [&](const std::vector<const JudgedIncident*>& incidents) {
        std::vector<double> values;
        for (const JudgedIncident* each : incidents) {
            values.push_back(measure(*each));
        }
        return values;
    };
    return parting_limit(values_of(evidence.false_ones), values_of(evidence.confirmed), margin);
}

const FieldSpec* field_of(const SettingsSchema* schema, std::string_view name) {
    if (schema == nullptr) {
        return nullptr;
    }
    const auto found = std::ranges::find(schema->fields(), name, &FieldSpec::name);
    return found != schema->fields().end() ? &*found : nullptr;
}

std::optional<Proposal> raise(
    const std::string& rule_path, const FieldSpec& field, const std::optional<PartingLimit>& limit
) {
    if (!limit || limit->value > field.max.value_or(limit->value)) {
        return std::nullopt;
    }
    return Proposal{
        .kind = SuggestionKind::Threshold,
        .stopped = limit->stopped,
        .patch = add_operation(rule_path + "/" + field.name, limit->value)
    };
}

std::optional<Proposal> propose_threshold(
    const RuleConfig& rule,
    const std::string& rule_path,
    const Evidence& evidence,
    const SuggestionSettings& settings
) {
    const SettingsSchema* schema =
        settings.schema_of ? settings.schema_of(rule.behaviour) : nullptr;
    for (const std::string_view name : kDurations) {
        const FieldSpec* field = field_of(schema, name);
        // With nothing confirmed nobody knows how long a real one lasts: only the score may rise.
        if (field != nullptr && !evidence.confirmed.empty()) {
            const auto limit =
                limit_between(evidence, kDurationMargin, [](const JudgedIncident& each) {
                    return to_seconds(each.lasted);
                });
            if (auto proposal = raise(rule_path, *field, limit)) {
                return proposal;
            }
        }
    }
    const FieldSpec* score =
        schema != nullptr ? field_of(schema, threshold_setting(*schema)) : nullptr;
    if (score == nullptr) {
        return std::nullopt;
    }
    const auto limit = limit_between(evidence, kScoreMargin, [](const JudgedIncident& each) {
        return static_cast<double>(each.confidence);
    });
    return raise(rule_path, *score, limit);
}

int local_hour(const JudgedIncident& incident, const SuggestionSettings& settings) {
    const auto local = (incident.opened + settings.offset).time_since_epoch();
    return static_cast<int>(std::chrono::floor<hours>(local).count() % 24);
}

/// The shortest run of hours of the day that holds enough of the false ones.
struct Band {
    int from = 0;
    int length = 24;
    int held = 0;
};

Band shortest_band(const std::array<int, 24>& counts, int needed) {
    Band best;
    for (int from = 0; from < 24; ++from) {
        int held = 0;
        for (int length = 1; length <= kLongestBand && length < best.length; ++length) {
            held += counts.at(static_cast<std::size_t>((from + length - 1) % 24));
            if (held >= needed) {
                best = {from, length, held};
                break;
            }
        }
    }
    return best;
}

std::string clock_text(int hour) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "%02d:00", hour % 24);
    return text.data();
}

std::optional<Proposal> propose_schedule(
    const RuleConfig& rule,
    const std::string& rule_path,
    const Evidence& evidence,
    const SuggestionSettings& settings
) {
    if (!rule.schedule.empty()) {
        return std::nullopt;  // Somebody has thought about the hours already.
    }
    std::array<int, 24> counts{};
    for (const JudgedIncident* each : evidence.false_ones) {
        ++counts.at(static_cast<std::size_t>(local_hour(*each, settings)));
    }
    const double share = 0.8 * static_cast<double>(evidence.false_ones.size());
    const Band band = shortest_band(counts, static_cast<int>(std::ceil(share)));
    const auto is_in_band = [&](const JudgedIncident* each) {
        return (local_hour(*each, settings) - band.from + 24) % 24 < band.length;
    };
    if (band.length > kLongestBand || std::ranges::any_of(evidence.confirmed, is_in_band)) {
        return std::nullopt;
    }
    const std::string rest =
        "daily " + clock_text(band.from + band.length) + "-" + clock_text(band.from);
    return Proposal{
        .kind = SuggestionKind::Schedule,
        .stopped = band.held,
        .patch = add_operation(rule_path + "/schedule", Value::List{rest})
    };
}

/// What to try for a reason, in this order.
std::vector<SuggestionKind> remedies_for(FalseAlarmReason reason) {
    using enum SuggestionKind;
    switch (reason) {
        case FalseAlarmReason::Vegetation:
        case FalseAlarmReason::Reflection:
        case FalseAlarmReason::Light:
        case FalseAlarmReason::NothingThere:
            return {Mask, Threshold, Schedule};
        case FalseAlarmReason::WrongZone:
            return {Mask};
        case FalseAlarmReason::Animal:
        case FalseAlarmReason::Weather:
            return {Threshold};
        case FalseAlarmReason::KnownPerson:
        case FalseAlarmReason::Staff:
            return {Schedule};
        case FalseAlarmReason::CameraFault:
        case FalseAlarmReason::Other:
            return {};
    }
    return {};
}

std::optional<Suggestion> suggest_for(
    const CameraConfig& camera,
    std::size_t rule_number,
    FalseAlarmReason reason,
    const Evidence& evidence,
    const SuggestionSettings& settings
) {
    const RuleConfig& rule = camera.rules.at(rule_number);
    const std::string path = "/rules/" + std::to_string(rule_number);
    for (const SuggestionKind kind : remedies_for(reason)) {
        const auto proposal = kind == SuggestionKind::Mask ? propose_mask(camera, evidence)
                              : kind == SuggestionKind::Threshold
                                  ? propose_threshold(rule, path, evidence, settings)
                                  : propose_schedule(rule, path, evidence, settings);
        if (proposal) {
            return Suggestion{
                .id = camera.id.value() + ":" + rule.id.value() + ":" +
                      std::string(to_string(reason)),
                .camera = camera.id,
                .rule = rule.id,
                .kind = proposal->kind,
                .reason = reason,
                .verdicts = evidence.verdicts,
                .false_alarms = static_cast<int>(evidence.false_ones.size()),
                .stopped = proposal->stopped,
                .days = settings.days,
                .patch = proposal->patch
            };
        }
    }
    return std::nullopt;
}

double score_of(const RuleConfig& rule) {
    const Value* own = rule.settings.find("min_confidence");
    const Value* least = own != nullptr ? own : rule.settings.find("min_score");
    if (least == nullptr) {
        return 0;
    }
    const double* number = least->as_double();
    const std::int64_t* whole = least->as_integer();
    return number != nullptr ? *number : whole != nullptr ? static_cast<double>(*whole) : 0;
}

/// Whether the camera as it is now would not raise it any more: it proves nothing for a further
/// change.
bool is_stopped_by(
    const CameraConfig& camera, const RuleConfig& rule, const JudgedIncident& incident
) {
    const auto hides = [&](const Polygon& mask) {
        return has_box(incident) && contains(mask, incident.box.centre());
    };
    return static_cast<double>(incident.confidence) < score_of(rule) ||
           std::ranges::any_of(camera.masks, hides);
}

std::map<FalseAlarmReason, Evidence> evidence_of(
    const CameraConfig& camera, const RuleConfig& rule, std::span<const JudgedIncident> judged
) {
    Evidence common;
    std::map<FalseAlarmReason, Evidence> by_reason;
    for (const JudgedIncident& each : judged) {
        if (each.rule != rule.id || each.verdict == Verdict::None) {
            continue;
        }
        ++common.verdicts;
        if (each.verdict == Verdict::Confirmed) {
            common.confirmed.push_back(&each);
            continue;
        }
        if (is_stopped_by(camera, rule, each)) {
            --common.verdicts;
            continue;
        }
        ++common.all_false;
        if (each.reason) {
            by_reason[*each.reason].false_ones.push_back(&each);
        }
    }
    for (auto& [reason, evidence] : by_reason) {
        evidence.confirmed = common.confirmed;
        evidence.verdicts = common.verdicts;
        evidence.all_false = common.all_false;
    }
    return by_reason;
}

bool is_worth(const Evidence& evidence, const SuggestionSettings& settings) {
    return static_cast<int>(evidence.false_ones.size()) >= settings.least_false &&
           evidence.all_false >= settings.least_share * evidence.verdicts;
}

}  // namespace

std::string_view to_string(SuggestionKind kind) {
    constexpr std::array<std::string_view, 3> kNames{"mask", "threshold", "schedule"};
    return kNames.at(static_cast<std::size_t>(kind));
}

std::vector<Suggestion> suggest(
    const CameraConfig& camera,
    std::span<const JudgedIncident> judged,
    const SuggestionSettings& settings
) {
    std::vector<Suggestion> suggestions;
    for (std::size_t number = 0; number < camera.rules.size(); ++number) {
        for (const auto& [reason, evidence] : evidence_of(camera, camera.rules[number], judged)) {
            if (!is_worth(evidence, settings)) {
                continue;
            }
            if (auto found = suggest_for(camera, number, reason, evidence, settings)) {
                suggestions.push_back(*std::move(found));
            }
        }
    }
    std::ranges::sort(suggestions, [](const Suggestion& a, const Suggestion& b) {
        return std::tie(b.false_alarms, a.id) < std::tie(a.false_alarms, b.id);
    });
    return suggestions;
}

}  // namespace bongsu::incidents
