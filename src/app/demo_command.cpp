// bongsu demo: simulated cameras from real footage through everything, and what it cost.
#include "annotation/picture.hpp"
#include "app/child_process.hpp"
#include "app/commands.hpp"
#include "app/console_host.hpp"
#include "app/demo_kinds.hpp"
#include "app/demo_observer.hpp"
#include "app/incident_printer.hpp"
#include "app/process_usage.hpp"
#include "app/station.hpp"
#include "app/stop_signal.hpp"
#include "app/storage.hpp"
#include "behaviours/schedule.hpp"
#include "camsim/camera_list.hpp"
#include "eval/measurements.hpp"
#include "recording/check.hpp"

#include <cinttypes>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <unistd.h>

namespace bongsu::app {
namespace {

struct Arguments {
    double seconds = 0;
    int port = 8080;
    bool is_headless = false;
    std::string footage;
    std::string data;
    std::string json;
    std::vector<std::string> overrides;
};

std::filesystem::path footage_folder(const Arguments& arguments) {
    if (!arguments.footage.empty()) {
        return arguments.footage;
    }
    const char* named = std::getenv("BONGSU_FOOTAGE");  // NOLINT(concurrency-mt-unsafe)
    return named != nullptr ? named : "";
}

/// The simulator as a program of its own, so that its cost is not counted as the station's.
struct Simulator {
    ChildProcess process;
    std::string url;
    std::string onvif_url;
};

/// The next line of the simulator behind its first word.
Result<std::string> read_address(ChildProcess& process, std::string_view word) {
    BONGSU_ASSIGN(const std::string line, process.read_line());
    if (!line.starts_with(word)) {
        return fail(ErrorKind::Internal, "the simulator said '" + line + "'");
    }
    return line.substr(word.size());
}

Result<Simulator> start_simulator(const std::string& list) {
    BONGSU_ASSIGN(
        ChildProcess process,
        ChildProcess::start(
            {"/proc/self/exe",
             "camsim",
             "--list",
             list,
             "--set",
             "port=0",
             "--set",
             "onvif=true",
             "--set",
             "onvif_port=0"}
        )
    );
    BONGSU_ASSIGN(std::string url, read_address(process, "listening "));
    BONGSU_ASSIGN(std::string onvif_url, read_address(process, "onvif "));
    return Simulator{std::move(process), std::move(url), std::move(onvif_url)};
}

/// A demo camera can be moved.
Value with_onvif(
    const camsim::CameraEntry& entry, const Value& camera, const std::string& onvif_url
) {
    return with_value_at(
        camera,
        "onvif",
        Value::Map{{"address", onvif_url + "/" + entry.id + "/onvif/device_service"}, {"ptz", true}}
    );
}

/// The organisations of the invented city, as tools/footage/cameras.py names them.
Value demo_organisations() {
    return Value::List{
        Value::Map{{"id", "city"}, {"name_ko", "봉수시"}, {"name_en", "City of Bongsu"}},
        Value::Map{{"id", "parks"}, {"name_ko", "공원녹지과"}, {"name_en", "Parks Department"}}
    };
}

Value demo_console(const Arguments& arguments) {
    Value::Map console{{"tls", "off"}, {"port", arguments.port}};
    if (const char* share = std::getenv("BONGSU_SHARE")) {  // NOLINT(concurrency-mt-unsafe)
        console.emplace_back("map_geojson", std::string(share) + "/demo/city.geojson");
        console.emplace_back("map_zoom", 14);
    }
    return console;
}

Result<CityConfig> make_config(
    const Arguments& arguments, const std::filesystem::path& list, const Simulator& simulator
) {
    BONGSU_ASSIGN(
        const std::vector<camsim::CameraEntry> entries, camsim::load_camera_list(list.string())
    );
    Value::List cameras;
    for (const camsim::CameraEntry& entry : entries) {
        cameras.push_back(
            with_onvif(entry, camsim::watch_config(entry, simulator.url), simulator.onvif_url)
        );
    }
    const Value::Map document{
        {"data", arguments.data},
        {"monitor_port", 0},
        {"organisations", demo_organisations()},
        {"console", demo_console(arguments)},
        {"identity", Value::Map{{"one_time_must_change", false}}},
        {"cameras", Value{std::move(cameras)}}
    };
    return parse_city_config(document, arguments.overrides);
}

/// Drops of every kind, added up.
struct Losses {
    std::uint64_t lost_packets = 0;
    std::uint64_t analysis_drops = 0;
    std::uint64_t recording_losses = 0;
};

Losses losses_of(const StationReport& report) {
    Losses losses;
    for (const ingest::StreamReport& stream : report.streams) {
        losses.lost_packets += stream.statistics.lost_packets;
    }
    for (const pipeline::CameraStats& camera : report.cameras) {
        losses.analysis_drops += camera.units_dropped + camera.frames_dropped;
    }
    losses.recording_losses = report.recording.lost_to_disk + report.recording.lost_to_queue;
    return losses;
}

void print_cameras(const StationReport& report) {
    std::printf(
        "\n%-16s %5s %9s %8s %8s %8s %9s\n",
        "camera",
        "level",
        "analysed",
        "looks",
        "wakes",
        "cpu s",
        "unwatched"
    );
    for (const pipeline::CameraStats& camera : report.cameras) {
        std::printf(
            "%-16s %5s %9" PRIu64 " %8" PRIu64 " %8" PRIu64 " %8.2f %8.1fs\n",
            camera.camera.value().c_str(),
            std::string(to_string(camera.level)).c_str(),
            camera.scenes,
            camera.region_looks + camera.whole_looks,
            camera.wakes,
            camera.total_cpu_seconds(),
            to_seconds(camera.longest_unwatched)
        );
    }
}

Result<recording::CheckReport> check_recordings(const std::string& data, const Clock& clock) {
    const DataFolders folders{data};
    Metrics metrics;
    BONGSU_ASSIGN(const auto store, open_existing_store(folders, clock, metrics));
    return recording::check(folders.recordings().string(), store->segments(), {});
}

struct Outcome {
    double seconds = 0;
    double cpu_seconds = 0;
    double camsim_cpu_seconds = 0;
    double megabytes = 0;
    StationReport report;
    DemoObserver::Figures figures;
    DemoKinds kinds;
    recording::CheckReport check;
};

eval::Measurements measure(const Outcome& outcome) {
    const auto cameras = static_cast<double>(outcome.report.cameras.size());
    const double camera_hours = cameras * outcome.seconds / 3600;
    const Losses losses = losses_of(outcome.report);
    double slowest = 0;
    for (const auto& [camera, after] : outcome.figures.recording_after) {
        slowest = std::max(slowest, after);
    }
    eval::Measurements out;
    out.add("demo.cameras", cameras);
    out.add("demo.seconds", outcome.seconds);
    out.add("demo.cameras_recording", static_cast<double>(outcome.figures.recording_after.size()));
    out.add("demo.all_recording_after_s", slowest);
    out.add("demo.incidents", static_cast<double>(outcome.figures.delays.size()));
    out.add("demo.kinds_seen", static_cast<double>(outcome.kinds.seen.size()));
    out.add("demo.kinds_missed", static_cast<double>(outcome.kinds.missed.size()));
    out.add("demo.delay.p50_s", eval::percentile(outcome.figures.delays, 0.5));
    out.add("demo.delay.p95_s", eval::percentile(outcome.figures.delays, 0.95));
    out.add(
        "demo.delay_from_start.p50_s", eval::percentile(outcome.figures.delays_from_start, 0.5)
    );
    out.add(
        "demo.delay_from_start.p95_s", eval::percentile(outcome.figures.delays_from_start, 0.95)
    );
    out.add("demo.cpu_s_per_camera_hour", outcome.cpu_seconds / camera_hours);
    out.add("demo.cores_used", outcome.cpu_seconds / outcome.seconds);
    out.add("demo.camsim_cores_used", outcome.camsim_cpu_seconds / outcome.seconds);
    out.add("demo.resident_mb", outcome.megabytes);
    out.add("demo.longest_unwatched_s", to_seconds(outcome.report.longest_unwatched));
    out.add("demo.lost_packets", static_cast<double>(losses.lost_packets));
    out.add("demo.analysis_drops", static_cast<double>(losses.analysis_drops));
    out.add("demo.recording_losses", static_cast<double>(losses.recording_losses));
    out.add("demo.recorded_mb", static_cast<double>(outcome.figures.recorded_bytes) / 1e6);
    out.add("demo.check_clean", outcome.check.is_clean() ? 1 : 0);
    return out;
}

void print_outcome(const Outcome& outcome, const eval::Measurements& measurements) {
    print_cameras(outcome.report);
    std::printf("\nincidents:");
    for (const auto& [kind, count] : outcome.figures.incidents_by_kind) {
        std::printf("  %s %d", kind.c_str(), count);
    }
    std::printf("\n%s", outcome.kinds.to_text().c_str());
    std::printf("recordings: %s\n", outcome.check.to_text().c_str());
    std::printf("%s", measurements.to_table().c_str());
}

/// On a desktop the console opens by itself; elsewhere the printed address must do.
std::optional<ChildProcess> open_browser(const Arguments& arguments, const std::string& url) {
    const bool has_desktop =
        std::getenv("DISPLAY") != nullptr ||        // NOLINT(concurrency-mt-unsafe)
        std::getenv("WAYLAND_DISPLAY") != nullptr;  // NOLINT(concurrency-mt-unsafe)
    if (arguments.is_headless || !has_desktop) {
        return std::nullopt;
    }
    auto browser = ChildProcess::start({"xdg-open", url});
    return browser ? std::optional{*std::move(browser)} : std::nullopt;
}

Result<Outcome> play(
    const Arguments& arguments,
    const std::filesystem::path& list,
    const Clock& clock,
    StopSignal& stop
) {
    BONGSU_ASSIGN(Simulator simulator, start_simulator(list.string()));
    BONGSU_ASSIGN(const CityConfig config, make_config(arguments, list, simulator));
    BONGSU_ASSIGN(const behaviours::TimeZone zone, behaviours::TimeZone::parse(config.time_zone));
    IncidentPrinter printer(stdout, zone.offset());
    DemoObserver observer(clock);
    StationObservers observers;
    observers.on_incident = [&](const incidents::IncidentUpdate& update) {
        observer.on_incident(update);
        printer.print(update);
    };
    observers.on_recorded = [&](const AccessUnit& unit) { observer.on_recorded(unit); };
    BONGSU_ASSIGN(
        const std::unique_ptr<Station> station, Station::create(config, clock, std::move(observers))
    );
    BONGSU_ASSIGN(
        const std::unique_ptr<ConsoleHost> console, ConsoleHost::create(config, *station, clock)
    );
    if (console) {
        BONGSU_TRY(console->start());
    }
    BONGSU_TRY(station->start());
    if (console) {
        print_welcome(stdout, *console);
    }
    const auto browser = console ? open_browser(arguments, console->url()) : std::nullopt;
    std::printf(
        "%zu cameras from %s; metrics at http://%s:%u/metrics; Ctrl-C ends\n\n",
        station->cameras(),
        simulator.url.c_str(),
        config.monitor_address.c_str(),
        static_cast<unsigned>(station->monitor_port())
    );
    std::fflush(stdout);
    BONGSU_ASSIGN(const ProcessUsage before, usage_of(getpid()));
    BONGSU_ASSIGN(const ProcessUsage camsim_before, usage_of(simulator.process.pid()));
    const MonoTime start = clock.mono();
    stop.wait(
        arguments.seconds > 0 ? std::optional{from_seconds(arguments.seconds)} : std::nullopt
    );
    Outcome outcome;
    outcome.seconds = to_seconds(clock.mono() - start);
    BONGSU_ASSIGN(const ProcessUsage after, usage_of(getpid()));
    BONGSU_ASSIGN(const ProcessUsage camsim_after, usage_of(simulator.process.pid()));
    outcome.cpu_seconds = after.cpu_seconds - before.cpu_seconds;
    outcome.camsim_cpu_seconds = camsim_after.cpu_seconds - camsim_before.cpu_seconds;
    outcome.megabytes = after.resident_megabytes;
    if (console) {
        console->stop();
    }
    outcome.report = station->stop();
    outcome.figures = observer.figures();
    outcome.kinds = demo_kinds(config.cameras, outcome.figures.kinds);
    return outcome;
}

/// Each demo begins with an empty station. Only the demo's own folder is emptied for that.
Status prepare_data_folder(Arguments& arguments, const std::filesystem::path& footage) {
    std::error_code ignored;
    if (arguments.data.empty()) {
        arguments.data = (footage.parent_path() / "demo-data").string();
        std::filesystem::remove_all(arguments.data, ignored);
        return {};
    }
    if (std::filesystem::exists(arguments.data, ignored) &&
        !std::filesystem::is_empty(arguments.data, ignored)) {
        return fail(
            ErrorKind::AlreadyExists,
            "--data folder " + arguments.data + " is not empty; name an empty or a new one"
        );
    }
    return {};
}

Result<int> run(Arguments arguments) {
    StopSignal stop;
    log::configure(log::Level::Warn, log::Format::Text);
    const std::filesystem::path footage = footage_folder(arguments);
    const std::filesystem::path list = footage / "city.yaml";
    if (!std::filesystem::exists(list)) {
        return fail(
            ErrorKind::NotFound,
            "no demo footage at '" + footage.string() +
                "'; run ./dev setup, or name a folder with --footage"
        );
    }
    BONGSU_TRY(prepare_data_folder(arguments, footage));
    const SystemClock clock;
    BONGSU_ASSIGN(Outcome outcome, play(arguments, list, clock, stop));
    BONGSU_ASSIGN(outcome.check, check_recordings(arguments.data, clock));
    const eval::Measurements measurements = measure(outcome);
    print_outcome(outcome, measurements);
    std::printf(
        "\npictures of the incidents: %s\n", DataFolders{arguments.data}.snapshots().c_str()
    );
    if (!arguments.json.empty()) {
        const std::string text = measurements.to_json() + "\n";
        BONGSU_TRY(annotation::write_file(arguments.json, {text.begin(), text.end()}));
    }
    return 0;
}

}  // namespace

void add_demo_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command =
        app.add_subcommand("demo", "Simulated cameras from real footage through everything");
    command->add_option(
        "--seconds", arguments->seconds, "End after so long; without it, at Ctrl-C"
    );
    command->add_flag("--headless", arguments->is_headless, "Do not open the console in a browser");
    command->add_option("--port", arguments->port, "Port of the console; 0 = any free one");
    command->add_option(
        "--footage", arguments->footage, "Folder with city.yaml; BONGSU_FOOTAGE without it"
    );
    command->add_option("--data", arguments->data, "Empty folder for recordings and incidents");
    command->add_option("--json", arguments->json, "Write the figures as one flat JSON object");
    command->add_option(
        "--set", arguments->overrides, "Override such as analysis.max_unwatched=10s"
    );
    command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace bongsu::app
