#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr const char* kKind = "abandoned_object";
constexpr double kLongestHold = 10;    // seconds from the owner's leaving to the alarm
constexpr double kLeastOverlap = 0.3;  // of the alarm's box with the thing

}  // namespace

void add_abandonment_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    if (!watched.is_at_work(kKind)) {
        return;
    }
    ReportTable table{
        .head = {"abandonment", "owner gone, s", "early alarms", "alarm after, s", "box IoU"},
        .rows = {}
    };
    const std::string prefix = watched.prefix() + "abandoned.";
    int films = 0;
    int right = 0;
    int early = 0;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const RecognitionFilm& film = watched.films[i];
        const auto truth = truth_of(film, kKind);
        if (truth.empty() || film.boxes.empty()) {
            continue;
        }
        ++films;
        const auto alarms = alarms_of(watched.of(i), kKind);
        const double gone = truth.front().due;
        const auto first = std::ranges::find_if(alarms, [&](const Alarm& alarm) {
            return alarm.told >= gone && alarm.told <= truth.front().end;
        });
        const auto too_early =
            std::ranges::count_if(alarms, [&](const Alarm& alarm) { return alarm.told < gone; });
        early += static_cast<int>(too_early);
        std::vector<std::string> row{
            film.name, fmt::format("{:.1f}", gone), std::to_string(too_early)
        };
        if (first == alarms.end()) {
            row.insert(row.end(), {"none", ""});
        } else {
            const float overlap = iou(first->box, film.boxes.front().box);
            const double delay = first->told - gone;
            right += too_early == 0 && delay <= kLongestHold && overlap >= kLeastOverlap ? 1 : 0;
            out.add(prefix + "delay_s", delay);
            out.add(prefix + "box_iou", overlap);
            row.push_back(fmt::format("{:.2f}", delay));
            row.push_back(fmt::format("{:.2f}", overlap));
        }
        table.rows.push_back(std::move(row));
    }
    if (films == 0) {
        return;
    }
    out.add(prefix + "right", static_cast<double>(right) / films);
    out.add(prefix + "early_alarms", early);
    section.notes.push_back(fmt::format(
        "Abandonment: {} clip; right means no alarm before the owner is gone, one within 10 s "
        "after, and a box that overlaps the thing by 0.3.",
        films
    ));
    section.tables.push_back(std::move(table));
}

}  // namespace bongsu::eval
