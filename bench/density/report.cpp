#include "density/report.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

constexpr double kSecondsPerHour = 3600;

const RoundFigures* find(std::span<const RoundFigures> figures, const std::string& name) {
    const auto found =
        std::ranges::find(figures, name, [](const RoundFigures& f) { return f.round.name; });
    return found == figures.end() ? nullptr : &*found;
}

std::string text_of(const std::optional<double>& value) {
    return value ? fmt::format("{:.1f}", *value) : "-";
}

void add_cameras(std::span<const RoundFigures> figures, HtmlPage& page) {
    std::vector<Bar> bars;
    for (const RoundFigures& each : figures) {
        const double cameras = kSecondsPerHour / each.node;
        bars.push_back(
            {.label = each.round.name,
             .value = cameras,
             .goal = each.round.goal,
             .text = each.round.goal
                         ? fmt::format("{:.0f}, wanted {:.0f}", cameras, *each.round.goal)
                         : fmt::format("{:.0f}", cameras)}
        );
    }
    page.add_bars("Beside what is wanted", "cameras", bars);
}

void add_costs(std::span<const RoundFigures> figures, HtmlPage& page) {
    eval::ReportTable table{
        .head =
            {"streams",
             "cameras",
             "CPU-s per camera-hour",
             "gate",
             "decode",
             "detect",
             "follow",
             "rest",
             "motion",
             "ratio",
             "MB per camera"},
        .rows = {}
    };
    for (const RoundFigures& each : figures) {
        std::vector<std::string> row{
            each.round.name,
            std::to_string(each.round.quiet + each.round.busy),
            fmt::format("{:.2f}", each.node)
        };
        double rest = each.node;
        for (const double stage : each.work.stages) {
            row.push_back(fmt::format("{:.2f}", stage));
            rest -= stage;
        }
        row.push_back(fmt::format("{:.2f}", rest));
        row.push_back(text_of(each.motion));
        row.push_back(each.motion ? fmt::format("{:.1f}", *each.motion / each.node) : "-");
        row.push_back(fmt::format("{:.1f}", each.resident_mb));
        table.rows.push_back(std::move(row));
    }
    page.add_heading("Where the time goes");
    page.add_note(
        "CPU seconds per camera and hour, by the node's own clocks; the rest is receiving, storing "
        "and waking threads. 'motion' watched a part of the same streams in the same seconds; "
        "'ratio' is how many times as much it used."
    );
    page.add_table(table);
}

void add_recall(const RecallFigures& recall, HtmlPage& page) {
    page.add_heading("What is noticed");
    page.add_note(fmt::format(
        "{} of {} made events of two to five seconds were noticed within three seconds of "
        "their beginning, after {:.1f} s (median) and {:.1f} s (95th percentile); {} false "
        "wakes in {:.1f} quiet hours.",
        recall.noticed,
        recall.events,
        recall.delay_p50,
        recall.delay_p95,
        recall.false_wakes,
        recall.quiet_hours
    ));
}

}  // namespace

eval::Measurements measurements_of(std::span<const RoundFigures> figures) {
    eval::Measurements out;
    for (const RoundFigures& each : figures) {
        const std::string prefix = "density." + each.round.name + ".";
        out.add(prefix + "cpu_s_per_camera_hour", each.node);
        out.add(prefix + "cameras_per_core", kSecondsPerHour / each.node);
        out.add(prefix + "memory_mb_per_camera", each.resident_mb);
        if (each.motion) {
            out.add(prefix + "motion_cpu_s_per_camera_hour", *each.motion);
            out.add(prefix + "ratio_to_motion", *each.motion / each.node);
        }
    }
    // Each as it is usually run: we on the sub-stream, motion on the main stream.
    for (const std::string kind : {"quiet", "active"}) {
        const RoundFigures* ours = find(figures, "360p." + kind);
        const RoundFigures* theirs = find(figures, "720p." + kind);
        if (ours != nullptr && theirs != nullptr && theirs->motion) {
            out.add("density.as_run." + kind + ".ratio_to_motion", *theirs->motion / ours->node);
        }
    }
    return out;
}

void add_recall(const RecallFigures& recall, eval::Measurements& out) {
    out.add("density.recall", static_cast<double>(recall.noticed) / recall.events);
    out.add("density.recall.events", recall.events);
    out.add("density.recall.delay_p50_s", recall.delay_p50);
    out.add("density.recall.delay_p95_s", recall.delay_p95);
    out.add("density.recall.false_wakes_per_hour", recall.false_wakes / recall.quiet_hours);
}

std::string table_of(std::span<const RoundFigures> figures) {
    std::string table = fmt::format(
        "{:<14} {:>7} {:>16} {:>13} {:>18} {:>6}\n",
        "streams",
        "cameras",
        "CPU-s/camera-h",
        "cameras/core",
        "motion CPU-s/cam-h",
        "ratio"
    );
    for (const RoundFigures& each : figures) {
        table += fmt::format(
            "{:<14} {:>7} {:>16.2f} {:>13.0f} {:>18} {:>6}\n",
            each.round.name,
            each.round.quiet + each.round.busy,
            each.node,
            kSecondsPerHour / each.node,
            each.motion ? fmt::format("{:.1f}", *each.motion) : "-",
            each.motion ? fmt::format("{:.1f}", *each.motion / each.node) : "-"
        );
    }
    return table;
}

HtmlPage page_of(
    std::span<const RoundFigures> figures, const std::optional<RecallFigures>& recall
) {
    HtmlPage page(
        "Cameras per processor core",
        "A whole node (receiving, triage, detector, tracker, rules) on simulated cameras over "
        "RTSP. CPU time of all its threads, nothing subtracted; other work on the machine makes "
        "everything dearer."
    );
    if (!figures.empty()) {
        add_cameras(figures, page);
        add_costs(figures, page);
    }
    if (recall) {
        add_recall(*recall, page);
    }
    eval::Measurements all = measurements_of(figures);
    if (recall) {
        add_recall(*recall, all);
    }
    page.add_measurements(all);
    return page;
}

}  // namespace bongsu::bench
