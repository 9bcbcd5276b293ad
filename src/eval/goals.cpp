#include "eval/goals.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr auto kGoals = std::to_array<Goal>({
    {"fight: area below the curve, clips", "fight.auc", 0.95, false, ""},
    {"fight: the same of clips in which it was asked", "fight.auc_when_asked", 0.95, false, ""},
    {"fight: the same by folds of its training", "fight.auc_by_fold", 0.95, false, ""},
    {"fight: recall of alarms", "fight.recall", 0.85, false, ""},
    {"fight: false alarms per normal clip", "fight.false_alarms_per_clip", 0.05, true, ""},
    {"fall: F1", "fall.f1", 0.90, false, ""},
    {"fall: false alarms where somebody lies down", "fall.lying_false_alarm_rate", 0.15, true, ""},
    {"fall: latency, 95th percentile", "fall.latency_p95", 3, true, " s"},
    {"fire: pictures found at 1 % false", "fire.tpr_at_fpr1", 0.95, false, ""},
    {"fire: the same by folds of its training", "fire.tpr_at_fpr1_by_fold", 0.95, false, ""},
    {"fire: first alarm after the first flame", "fire.video_first_alarm_s", 3, true, " s"},
    {"fire: false alarms in all other films", "recognition.fire.false_alarms", 0, true, ""},
    {"flood: balanced accuracy by scene", "flood.balanced_accuracy", 0.88, false, ""},
    {"flood: the same beside dry pictures", "flood.known.balanced_accuracy", 0.88, false, ""},
    {"crowd: error of the count by its mean", "crowd.mae_ratio", 0.15, true, ""},
    {"crowd: F1 of 'at least N'", "crowd.events_f1", 0.90, false, ""},
    {"abandonment: films with both phases right", "abandoned.right", 1, false, ""},
    {"intrusion: F1", "intrusion.f1", 0.90, false, ""},
    {"loitering: F1", "loitering.f1", 0.90, false, ""},
    {"false alarms per camera-hour, all kinds", "false_alarms_per_camera_hour", 0.05, true, ""},
    {"cost: analysis of an active camera, median",
     "recognition.active_film_core_share_p50",
     0.25,
     true,
     " cores"},
});

std::optional<double> value_of(const Measurements& measured, std::string_view name) {
    const auto found = measured.values().find(std::string(name));
    return found == measured.values().end() ? std::nullopt : std::optional(found->second);
}

std::string number(double value) {
    return fmt::format("{:.3f}", value);
}

/// Whether the footage leaves room for the other answer.
bool is_open(const Goal& goal, std::optional<double> low, std::optional<double> high, bool is_met) {
    if (!low || !high) {
        return false;
    }
    const double worst = goal.is_at_most ? *high : *low;
    const double best = goal.is_at_most ? *low : *high;
    const auto meets = [&](double value) {
        return goal.is_at_most ? value <= goal.wanted : value >= goal.wanted;
    };
    return is_met ? !meets(worst) : meets(best);
}

std::vector<std::string> row_of(const Goal& goal, const Measurements& measured) {
    const std::string wanted =
        fmt::format("{} {:g}{}", goal.is_at_most ? "<=" : ">=", goal.wanted, goal.unit);
    const auto value = value_of(measured, goal.figure);
    if (!value) {
        return {std::string(goal.item), "", "", wanted, "not measured"};
    }
    const auto low = value_of(measured, std::string(goal.figure) + "_low");
    const auto high = value_of(measured, std::string(goal.figure) + "_high");
    const bool is_met = goal.is_at_most ? *value <= goal.wanted : *value >= goal.wanted;
    const std::string but = is_open(goal, low, high, is_met) ? ", but" : "";
    return {
        std::string(goal.item),
        number(*value) + std::string(goal.unit),
        low && high ? number(*low) + " to " + number(*high) : "",
        wanted,
        (is_met ? "yes" : "no") + but
    };
}

}  // namespace

std::span<const Goal> goals() {
    return kGoals;
}

ReportTable goal_table(const Measurements& measured, GoalRows rows) {
    ReportTable table{.head = {"item", "figure", "95 % interval", "wanted", "reached"}, .rows = {}};
    for (const Goal& goal : kGoals) {
        if (rows == GoalRows::All || value_of(measured, goal.figure)) {
            table.rows.push_back(row_of(goal, measured));
        }
    }
    return table;
}

std::string to_text(const ReportTable& table) {
    std::vector<std::size_t> widths(table.head.size());
    const auto widen = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i) {
            widths[i] = std::max(widths[i], row[i].size());
        }
    };
    widen(table.head);
    std::ranges::for_each(table.rows, widen);
    std::string out;
    const auto add = [&](const std::vector<std::string>& row) {
        std::string line;
        for (std::size_t i = 0; i < std::min(row.size(), widths.size()); ++i) {
            line += fmt::format("{}{:<{}}", i == 0 ? "" : " | ", row[i], widths[i]);
        }
        out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    };
    add(table.head);
    std::ranges::for_each(table.rows, add);
    return out;
}

}  // namespace bongsu::eval
