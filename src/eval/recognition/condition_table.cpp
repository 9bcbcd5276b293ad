#include "eval/recognition/figures.hpp"

#include <array>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::array kFigures{
    "fight.auc",
    "fight.recall",
    "fight.false_alarms_per_clip",
    "fall.f1",
    "fall.recall",
    "fall.precision",
    "fall.lying_false_alarm_rate",
    "fall.latency_p95",
    "fire.video_recall",
    "fire.video_first_alarm_s",
    "abandoned.right",
    "abandoned.delay_s",
    "false_alarms_per_camera_hour"
};

}  // namespace

void add_condition_table(const std::vector<std::string>& conditions, EvalReport& report) {
    ReportTable table{.head = {"figure"}, .rows = {}};
    table.head.insert(table.head.end(), conditions.begin(), conditions.end());
    const auto& values = report.measurements.values();
    for (const char* figure : kFigures) {
        std::vector<std::string> row{figure};
        bool is_known = false;
        for (const std::string& condition : conditions) {
            const auto found = values.find(fmt::format("condition.{}.{}", condition, figure));
            is_known = is_known || found != values.end();
            row.push_back(found == values.end() ? "" : fmt::format("{:.3f}", found->second));
        }
        if (is_known) {
            table.rows.push_back(std::move(row));
        }
    }
    ReportSection section{.title = "Recognition by condition", .tables = {std::move(table)}};
    section.notes.emplace_back(
        "The same clips, of the fights one of every third group, as filmed (none) and degraded by "
        "filters: dark (a quarter of the light), noise, blur, rain "
        "(drawn), low_bitrate (0.015 bits a pixel), 2fps, 360p, grey. An empty cell: no event was "
        "found, or its films were not played."
    );
    report.sections.push_back(std::move(section));
}

}  // namespace bongsu::eval
