#include "density/node.hpp"

#include "program/places.hpp"

#include <fstream>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

constexpr double kSecondsPerHour = 3600;

/// Two rules of the usual kind, so that tracks are worked with.
void write_camera(std::ostream& out, const std::string& name, const std::string& streets) {
    out << "  - id: " << name << "\n"
        << "    url: " << streets << "/" << name << "/main\n"
        << "    record: false\n"
        << "    zones: [{id: lawn, points: [[0, 0.6], [1, 0.6], [1, 1], [0, 1]]}]\n"
        << "    rules:\n"
        << "      - {id: lawn, behaviour: intrusion, gravity: 3, zones: [lawn]}\n"
        << "      - {id: staying, behaviour: loitering, gravity: 2, zones: [lawn], dwell: 30s}\n";
}

Status write_config(
    const std::filesystem::path& path,
    std::uint16_t port,
    const std::string& streets,
    const std::vector<std::string>& cameras
) {
    std::ofstream out(path);
    out << bare_config(path.parent_path() / "node", port);
    for (const std::string& camera : cameras) {
        write_camera(out, camera, streets);
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + path.string())};
}

}  // namespace

Result<Node> Node::start(
    const RoundOptions& options,
    const std::filesystem::path& scratch,
    const std::string& streets,
    const std::vector<std::string>& cameras
) {
    const std::filesystem::path config = scratch / "bongsu.yaml";
    const std::uint16_t port = free_port();
    BONGSU_TRY(write_config(config, port, streets, cameras));
    BONGSU_ASSIGN(app::ChildProcess process, start_node(options, config));
    return Node(std::move(process), port);
}

Result<MetricValues> Node::counters() const {
    return read_metrics(port_);
}

NodeWork work_between(
    const MetricValues& before, const MetricValues& after, double seconds, int cameras
) {
    const auto grown = [&](const std::string& name) {
        return value_of(after, name) - value_of(before, name);
    };
    const auto rate = [&](const std::string& name) { return grown(name) / seconds / cameras; };
    NodeWork work;
    std::size_t stage = 0;
    for (const char* name : {"gate", "decode", "detect", "follow"}) {
        work.stages[stage++] =
            kSecondsPerHour *
            rate(fmt::format("bongsu_pipeline_cpu_seconds_total{{stage=\"{}\"}}", name));
    }
    work.gate_looks = rate("bongsu_pipeline_looks_total{by=\"gate\"}");
    work.region_looks = rate("bongsu_pipeline_looks_total{by=\"regions\"}");
    work.whole_looks = rate("bongsu_pipeline_looks_total{by=\"whole\"}");
    work.inferences = rate("bongsu_vision_inferences_total");
    work.followed = value_of(after, "bongsu_pipeline_cameras{level=\"T3\"}") / cameras;
    work.wakes = grown("bongsu_pipeline_wakes_total");
    work.thinned = grown("bongsu_pipeline_thinned_total");
    work.dropped =
        grown("bongsu_pipeline_units_dropped_total") + grown("bongsu_pipeline_keys_skipped_total");
    return work;
}

std::string describe(const NodeWork& work) {
    return fmt::format(
        "CPU-s per camera-hour: gate {:.2f}, decode {:.2f}, detect {:.2f}, follow {:.2f}; per "
        "camera and second: "
        "{:.2f} gate, {:.3f} whole, {:.3f} region looks, {:.3f} inferences; followed {:.0f} %, "
        "{:.0f} wakes, "
        "{:.0f} thinned, {:.0f} dropped",
        work.stages[0],
        work.stages[1],
        work.stages[2],
        work.stages[3],
        work.gate_looks,
        work.whole_looks,
        work.region_looks,
        work.inferences,
        100 * work.followed,
        work.wakes,
        work.thinned,
        work.dropped
    );
}

}  // namespace bongsu::bench
