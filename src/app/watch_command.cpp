// bongsu watch: a few cameras, files or folders of pictures, and what happens in them.
#include "app/annotator.hpp"
#include "app/commands.hpp"
#include "app/config_check.hpp"
#include "app/files.hpp"
#include "app/incident_printer.hpp"
#include "app/station.hpp"
#include "app/stop_signal.hpp"
#include "app/storage.hpp"
#include "app/temporary_folder.hpp"
#include "behaviours/schedule.hpp"
#include "incidents/json.hpp"

#include <algorithm>
#include <atomic>
#include <cinttypes>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bongsu::app {
namespace {

struct Arguments {
    std::vector<std::string> sources;
    std::string rules;
    std::string annotate;
    std::string data;
    std::vector<std::string> overrides;
    double seconds = 0;
    double frames_per_second = 0;
    bool is_json = false;
    bool is_fast = false;
    bool is_verbose = false;
};

// What is worth telling of a camera that nobody drew zones for.
constexpr const char* kDefaultRules = R"(
rules:
  - {id: presence, behaviour: intrusion, gravity: 2}
  - {id: crowding, behaviour: crowding, gravity: 3, count: 10}
  - {id: lost, behaviour: camera_lost, gravity: 2}
  - {id: covered, behaviour: camera_covered, gravity: 3}
  - {id: frozen, behaviour: camera_frozen, gravity: 2}
)";

/// {zones?, rules?, masks?} for every source.
Result<Value> read_rules(const std::string& path) {
    if (path.empty()) {
        return parse_yaml(kDefaultRules, "default rules");
    }
    BONGSU_ASSIGN(const std::string text, read_text_file(path));
    BONGSU_ASSIGN(Value rules, parse_yaml(text, path));
    for (const auto& [key, value] : rules.as_map() != nullptr ? *rules.as_map() : Value::Map{}) {
        if (key != "zones" && key != "rules" && key != "masks") {
            return fail(unknown_key(path, key, {"zones", "rules", "masks"}));
        }
    }
    return rules;
}

std::string source_kind(const std::string& source) {
    if (source.starts_with("rtsp://") || source.starts_with("rtsps://")) {
        return "rtsp";
    }
    return std::filesystem::is_directory(source) ? "directory" : "file";
}

Value camera_value(const Arguments& arguments, std::size_t index, const Value& rules) {
    const std::string& source = arguments.sources[index];
    const std::string kind = source_kind(source);
    Value::Map stream{{"role", "main"}, {"url", source}, {"source", kind}};
    if (kind != "rtsp") {
        Value::Map settings{{"pace", arguments.is_fast ? "fast" : "real"}, {"loop", false}};
        if (kind == "directory" && arguments.frames_per_second > 0) {
            settings.emplace_back("fps", arguments.frames_per_second);
        }
        stream.emplace_back("settings", std::move(settings));
    }
    std::string id = camera_id_from(source, index);
    if (arguments.sources.size() > 1) {
        id += "-" + std::to_string(index + 1);
    }
    Value::Map camera{
        {"id", id}, {"streams", Value::List{stream}}, {"record", !arguments.data.empty()}
    };
    for (const auto& [key, value] : rules.as_map() != nullptr ? *rules.as_map() : Value::Map{}) {
        camera.emplace_back(key, value);
    }
    return camera;
}

Result<CityConfig> make_config(const Arguments& arguments, const std::filesystem::path& data) {
    BONGSU_ASSIGN(const Value rules, read_rules(arguments.rules));
    Value::List cameras;
    for (std::size_t i = 0; i < arguments.sources.size(); ++i) {
        cameras.push_back(camera_value(arguments, i, rules));
    }
    Value::Map document{
        {"data", data.string()}, {"monitor_port", 0}, {"cameras", Value{std::move(cameras)}}
    };
    if (arguments.is_fast) {
        // A budget per second of real time means nothing to footage that runs faster than that.
        document.emplace_back("analysis", Value::Map{{"budget", 256}});
    }
    BONGSU_ASSIGN(CityConfig config, parse_city_config(document, arguments.overrides));
    config.has_fixed_cameras = true;
    return config;
}

/// Counts sources that came to their end; live cameras never do.
class EndCounter {
public:
    explicit EndCounter(std::size_t sources) : left_(sources) {}

    void note(ingest::StreamState state) {
        if (state == ingest::StreamState::Ended) {
            --left_;
        }
    }

    bool are_all_over() const { return left_ == 0; }

private:
    std::atomic<std::size_t> left_;
};

void wait_for_end(StopSignal& stop, const EndCounter& ends, double seconds, const Clock& clock) {
    const MonoTime start = clock.mono();
    while (!ends.are_all_over() && !stop.wait(std::chrono::milliseconds{100})) {
        if (seconds > 0 && clock.mono() - start >= from_seconds(seconds)) {
            return;
        }
    }
}

void print_summary(const StationReport& report, double seconds) {
    for (const pipeline::CameraStats& camera : report.cameras) {
        std::fprintf(
            stderr,
            "%s: %" PRIu64 " pictures analysed, %" PRIu64
            " looks of the detector, %.2f s of CPU in %.1f s\n",
            camera.camera.value().c_str(),
            camera.scenes,
            camera.region_looks + camera.whole_looks,
            camera.total_cpu_seconds(),
            seconds
        );
    }
}

/// A watch is a failure when none of its sources ever delivered a picture.
Status check_sources(const StationReport& report) {
    std::string reasons;
    for (const ingest::StreamReport& stream : report.streams) {
        const ingest::StreamStatistics& statistics = stream.statistics;
        const bool is_silent = statistics.access_units == 0;
        if (!is_silent || statistics.last_error.empty()) {
            return {};
        }
        reasons +=
            (reasons.empty() ? "" : "; ") + stream.camera.value() + ": " + statistics.last_error;
    }
    return reasons.empty() ? Status{} : fail(ErrorKind::Unavailable, reasons);
}

Result<int> run(const Arguments& arguments) {
    StopSignal stop;
    log::configure(arguments.is_verbose ? log::Level::Info : log::Level::Warn, log::Format::Text);
    BONGSU_ASSIGN(const TemporaryFolder scratch, TemporaryFolder::create("bongsu-watch-"));
    const std::filesystem::path data =
        arguments.data.empty() ? scratch.path() : std::filesystem::path(arguments.data);
    BONGSU_ASSIGN(const CityConfig config, make_config(arguments, data));
    BONGSU_TRY(check_config(config));
    std::unique_ptr<Annotator> annotator;
    if (!arguments.annotate.empty()) {
        BONGSU_TRY(require_writable_folder(arguments.annotate, "--annotate"));
        annotator = std::make_unique<Annotator>(arguments.annotate, DataFolders{data}.snapshots());
    }
    const SystemClock clock;
    BONGSU_ASSIGN(const behaviours::TimeZone zone, behaviours::TimeZone::parse(config.time_zone));
    IncidentPrinter printer(stdout, zone.offset());
    EndCounter ends(config.cameras.size());
    StationObservers observers;
    observers.on_incident = [&](const incidents::IncidentUpdate& update) {
        if (arguments.is_json) {
            std::printf("%s\n", incidents::to_json_line(update).c_str());
        } else {
            printer.print(update);
        }
        if (annotator) {
            annotator->on_incident(update);
        }
    };
    if (annotator) {
        observers.on_scene = [&](const Scene& scene, const CameraConfig& camera) {
            annotator->on_scene(scene, camera);
        };
    }
    observers.on_stream = [&](const CameraId&, StreamRole, ingest::StreamState state) {
        ends.note(state);
    };
    BONGSU_ASSIGN(
        const std::unique_ptr<Station> station, Station::create(config, clock, std::move(observers))
    );
    const MonoTime start = clock.mono();
    BONGSU_TRY(station->start());
    wait_for_end(stop, ends, arguments.seconds, clock);
    const StationReport report = station->stop();
    print_summary(report, to_seconds(clock.mono() - start));
    if (annotator) {
        BONGSU_TRY(annotator->finish());
    }
    BONGSU_TRY(check_sources(report));
    return 0;
}

}  // namespace

void add_watch_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = app.add_subcommand("watch", "Watch cameras, files or folders of pictures");
    command->add_option("sources", arguments->sources, "rtsp://..., video file, folder of pictures")
        ->required();
    command->add_option("--rules", arguments->rules, "Zones and rules (YAML)");
    command->add_option(
        "--annotate", arguments->annotate, "Write annotated videos and pictures here"
    );
    command->add_option("--data", arguments->data, "Keep recordings and incidents in this folder");
    command->add_option("--seconds", arguments->seconds, "End after so long");
    command->add_option(
        "--fps", arguments->frames_per_second, "Pictures per second of a folder of pictures"
    );
    command->add_option(
        "--set", arguments->overrides, "Override such as analysis.max_unwatched=10s"
    );
    command->add_flag("--json", arguments->is_json, "Incidents as JSON lines");
    command->add_flag("--fast", arguments->is_fast, "Files as fast as they can be analysed");
    command->add_flag("--verbose", arguments->is_verbose, "Log what the station does");
    command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace bongsu::app
