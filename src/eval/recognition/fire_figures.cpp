#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr const char* kFire = "fire";
constexpr double kSameTime = 0.25;  // seconds

/// How well a box covers the flames that are labelled at its time: with any of them, or with all
/// together, whichever is better.
double overlap(const RecognitionFilm& film, const Alarm& alarm) {
    Box together;
    float best = 0;
    for (const TimedBox& truth : film.boxes) {
        if (std::abs(truth.time - alarm.time) <= kSameTime) {
            together = enclosing(together, truth.box);
            best = std::max(best, iou(truth.box, alarm.box));
        }
    }
    return std::max(best, iou(together, alarm.box));
}

}  // namespace

void add_fire_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    if (!watched.is_at_work(kFire)) {
        return;
    }
    ReportTable table{
        .head = {"fire on film", "first flame, s", "alarms", "first alarm after, s", "box IoU"},
        .rows = {}
    };
    double latest = 0;
    double least_overlap = 1;
    int films = 0;
    int found = 0;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const RecognitionFilm& film = watched.films[i];
        const auto truth = truth_of(film, kFire);
        if (truth.empty()) {
            continue;
        }
        ++films;
        const auto alarms = alarms_of(watched.of(i), kFire);
        const auto first = std::ranges::find_if(alarms, [&](const Alarm& alarm) {
            return alarm.told >= truth.front().start;
        });
        std::vector<std::string> row{
            film.name, fmt::format("{:.2f}", truth.front().due), std::to_string(alarms.size())
        };
        if (first == alarms.end()) {
            row.insert(row.end(), {"none", ""});
        } else {
            ++found;
            latest = std::max(latest, first->told - truth.front().due);
            least_overlap = std::min(least_overlap, overlap(film, *first));
            row.push_back(fmt::format("{:.2f}", first->told - truth.front().due));
            row.push_back(fmt::format("{:.2f}", overlap(film, *first)));
        }
        table.rows.push_back(std::move(row));
    }
    if (films == 0) {
        return;
    }
    const std::string prefix = watched.prefix() + "fire.";
    out.add(prefix + "video_recall", static_cast<double>(found) / films);
    if (found > 0) {
        out.add(prefix + "video_first_alarm_s", latest);
        out.add(prefix + "video_box_iou", least_overlap);
    }
    section.tables.push_back(std::move(table));
}

}  // namespace bongsu::eval
