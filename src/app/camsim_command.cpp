// bongsu camsim: films played as RTSP cameras.
#include "app/city_config.hpp"
#include "app/commands.hpp"
#include "app/stop_signal.hpp"
#include "camsim/simulator.hpp"

#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::app {
namespace {

struct Arguments {
    std::vector<std::string> films;
    std::string list;
    std::vector<std::string> settings;
};

/// Films named on the command line become cameras called after their files.
std::vector<camsim::CameraEntry> entries_of(const std::vector<std::string>& films) {
    std::vector<camsim::CameraEntry> entries;
    for (const std::string& film : films) {
        camsim::CameraEntry entry;
        entry.id = camera_id_from(film, entries.size());
        entry.name = entry.id;
        entry.main = film;
        entries.push_back(std::move(entry));
    }
    return entries;
}

/// Which pictures no client could have, however fast: the truth for those who compare.
void print_late(const camsim::SimulatorStats& stats) {
    for (const camsim::StreamStats& stream : stats.streams) {
        if (stream.units_late > 0) {
            std::fprintf(
                stderr,
                "camsim: late, left out %" PRIu64 " pictures of %s/%s\n",
                stream.units_late,
                stream.camera.value().c_str(),
                std::string(to_string(stream.role)).c_str()
            );
        }
    }
}

Result<int> run(const Arguments& arguments) {
    StopSignal stop;
    BONGSU_ASSIGN(const Value options_map, apply_overrides(Value::Map{}, arguments.settings));
    BONGSU_ASSIGN(const camsim::CamsimOptions options, camsim::parse_options(options_map, "--set"));
    std::vector<camsim::CameraEntry> entries = entries_of(arguments.films);
    if (!arguments.list.empty()) {
        BONGSU_ASSIGN(entries, camsim::load_camera_list(arguments.list));
    }
    if (entries.empty()) {
        return fail(ErrorKind::InvalidArgument, "name at least one video file, or --list FILE");
    }
    const SystemClock clock;
    BONGSU_ASSIGN(
        const std::unique_ptr<camsim::CameraSimulator> simulator,
        camsim::CameraSimulator::create(options, entries, clock)
    );
    BONGSU_TRY(simulator->start());
    std::printf("listening %s\n", simulator->base_url(false).c_str());
    if (const camsim::OnvifFront* onvif = simulator->onvif()) {
        std::printf("onvif %s\n", onvif->base_url().c_str());
    }
    for (const camsim::CameraEntry& camera : simulator->cameras()) {
        std::printf("%s/%s/main\n", simulator->base_url(false).c_str(), camera.id.c_str());
    }
    std::fflush(stdout);
    stop.wait();
    const camsim::SimulatorStats stats = simulator->stats();
    std::fprintf(
        stderr,
        "camsim: sent %" PRIu64 " pictures, %.1f MB; dropped %" PRIu64 "; %.1f s of CPU\n",
        stats.units_sent(),
        static_cast<double>(stats.bytes_sent()) / 1e6,
        stats.units_dropped(),
        to_seconds(stats.cpu)
    );
    print_late(stats);
    simulator->stop();
    return 0;
}

}  // namespace

void add_camsim_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    CLI::App* command = app.add_subcommand("camsim", "Play video files as RTSP cameras");
    command->add_option("films", arguments->films, "H.264 or H.265 video files, one camera each");
    command->add_option("--list", arguments->list, "Camera list (YAML) instead of single files");
    command->add_option(
        "--set", arguments->settings, "Setting such as port=8554, cameras=100, auth=digest"
    );
    command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace bongsu::app
