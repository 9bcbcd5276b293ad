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

}  // namespace bongsu::bench
