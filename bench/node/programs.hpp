#pragma once

#include "app/child_process.hpp"
#include "core/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace bongsu::bench {

/// The program that is measured, and settings of the node beside its configuration.
struct NodePrograms {
    std::filesystem::path program;       ///< bongsu; empty: the one beside the benchmark
    std::vector<std::string> overrides;  ///< "analysis.budget=1"
};

/// How long a node on simulated cameras is measured.
struct NodeRun : NodePrograms {
    int seconds = 60;
    int warm_up = 75;  ///< past it each camera is shown to the detector once a minute
};

/// The options --program and --set.
void add_program_options(CLI::App& app, NodePrograms& programs);
/// The options --seconds and --warm-up besides.
void add_run_options(CLI::App& app, NodeRun& run);

/// Simulated cameras (`bongsu camsim`); they end with this object.
struct Streets {
    app::ChildProcess process;
    std::string base;  ///< "rtsp://127.0.0.1:PORT"
};

/// `list`: the cameras, as camsim reads them.
Result<Streets> start_streets(const NodePrograms& programs, const std::filesystem::path& list);

/// `bongsu serve`. Incidents, which it writes to standard output, go nowhere. `log`: where standard
/// error goes; empty: to that of the benchmark.
Result<app::ChildProcess> start_node(
    const NodePrograms& programs,
    const std::filesystem::path& config,
    const std::filesystem::path& log = {}
);

/// The beginning of a configuration: neither console nor recording of its own, any number of
/// cameras; then come the cameras.
std::string bare_config(const std::filesystem::path& data, int monitor_port);

}  // namespace bongsu::bench
