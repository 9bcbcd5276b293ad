#include "node/programs.hpp"

#include "program/places.hpp"

#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bongsu::bench {

void add_program_options(CLI::App& app, NodePrograms& programs) {
    programs.program = programs_folder() / "bongsu";
    app.add_option(
        "--program", programs.program, "Another bongsu than the one built beside this program"
    );
    app.add_option(
        "--set", programs.overrides, "Setting of the node, such as analysis.detection_rate=2"
    );
}

void add_run_options(CLI::App& app, NodeRun& run) {
    app.add_option("--seconds", run.seconds, "Length of what is measured")
        ->check(CLI::Range(5, 3600));
    app.add_option("--warm-up", run.warm_up, "Seconds before it")->check(CLI::Range(1, 3600));
    add_program_options(app, run);
}

Result<Streets> start_streets(const NodePrograms& programs, const std::filesystem::path& list) {
    BONGSU_ASSIGN(
        app::ChildProcess process,
        app::ChildProcess::start(
            {programs.program.string(), "camsim", "--list", list.string(), "--set", "port=0"}
        )
    );
    BONGSU_ASSIGN(const std::string line, process.read_line());
    constexpr std::string_view kWord = "listening ";
    if (!line.starts_with(kWord)) {
        return fail(ErrorKind::Unavailable, "the simulator says '" + line + "'");
    }
    return Streets{std::move(process), line.substr(kWord.size())};
}

Result<app::ChildProcess> start_node(
    const NodePrograms& programs,
    const std::filesystem::path& config,
    const std::filesystem::path& log
) {
    std::vector<std::string> command{
        "/bin/sh",
        "-c",
        log.empty() ? R"(shift; exec "$@" >/dev/null)"
                    : R"(log="$1"; shift; exec "$@" >/dev/null 2>"$log")",
        "sh",
        log.string(),
        programs.program.string(),
        "serve",
        "--config",
        config.string()
    };
    for (const std::string& item : programs.overrides) {
        command.insert(command.end(), {"--set", item});
    }
    return app::ChildProcess::start(command);
}

std::string bare_config(const std::filesystem::path& data, int monitor_port) {
    return fmt::format(
        "data: {}\nmonitor_port: {}\nlog_level: error\nconsole: {{enabled: false}}\n"
        "ingest: {{connects_per_second: 1000}}\nanalysis: {{max_active: 256}}\ncameras:\n",
        data.string(),
        monitor_port
    );
}

}  // namespace bongsu::bench
