// bongsu serve: one node, from its configuration file until it is told to stop.
#include "app/commands.hpp"
#include "app/config_check.hpp"
#include "app/console_host.hpp"
#include "app/station.hpp"
#include "app/stop_signal.hpp"
#include "exec/line_writer.hpp"
#include "exec/periodic_timers.hpp"
#include "incidents/json.hpp"

#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <malloc.h>
#include <unistd.h>

namespace bongsu::app {
namespace {

/// Lines of incidents that wait for their reader; further ones are lost and logged.
constexpr std::size_t kMostLines = 1'000;

struct Arguments {
    std::string config = "bongsu.yaml";
    std::vector<std::string> overrides;
    bool is_check_only = false;
};

/// Pictures are made on one thread and freed on another, in all sizes: the C library keeps what was
/// freed in between, and the process would grow for days. Gives it back now and then.
exec::TimerThread start_giving_memory_back(const Clock& clock) {
    exec::PeriodicTimers timers(clock);
    timers.add(std::chrono::minutes{1}, [&clock] {
        const MonoTime begin = clock.mono();
        const bool is_less = malloc_trim(0) == 1;
        log::debug(
            "serve.memory_given_back",
            {{"any", is_less}, {"seconds", to_seconds(clock.mono() - begin)}}
        );
    });
    return exec::TimerThread("memory", std::move(timers));
}

Result<int> run(const Arguments& arguments) {
    StopSignal stop;
    BONGSU_ASSIGN(const CityConfig config, load_city_config(arguments.config, arguments.overrides));
    BONGSU_TRY(check_config(config));
    if (arguments.is_check_only) {
        std::printf("%s: good, %zu cameras\n", arguments.config.c_str(), config.cameras.size());
        return 0;
    }
    log::configure(config.log_level, config.log_format);
    const SystemClock clock;
    // Whoever reads these lines may be slow or stop: the desk must not wait for that.
    exec::LineWriter lines(STDOUT_FILENO, kMostLines);
    StationObservers observers;
    observers.on_incident = [&lines](const incidents::IncidentUpdate& update) {
        if (!lines.write(incidents::to_json_line(update))) {
            log::warn("serve.line_lost", {{"incident", update.incident.id.value()}});
        }
    };
    BONGSU_ASSIGN(
        const std::unique_ptr<Station> station, Station::create(config, clock, std::move(observers))
    );
    BONGSU_ASSIGN(
        const std::unique_ptr<ConsoleHost> console, ConsoleHost::create(config, *station, clock)
    );
    if (console) {
        BONGSU_TRY(console->start());
        print_welcome(stderr, *console);
    }
    BONGSU_TRY(station->start());
    const exec::TimerThread memory = start_giving_memory_back(clock);
    stop.wait();
    log::info("station.stopping");
    if (console) {
        console->stop();
    }
    station->stop();
    return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        app.add_subcommand("serve", "Run a node; incidents are written as JSON lines");
    command->add_option("--config", arguments->config, "Configuration (YAML)");
    command->add_option("--set", arguments->overrides, "Override such as recording.segment=30s");
    command->add_flag(
        "--check-config", arguments->is_check_only, "Check the configuration, then end"
    );
    command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace bongsu::app
