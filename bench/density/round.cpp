#include "density/round.hpp"

#include "app/child_process.hpp"
#include "app/process_usage.hpp"
#include "density/node.hpp"
#include "density/peer.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <utility>

namespace bongsu::bench {
namespace {

constexpr double kSecondsPerHour = 3600;

using SteadyTime = std::chrono::steady_clock::time_point;

std::vector<std::string> names_of(const char* kind, int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) {
        names.push_back(std::string(kind) + "-" + std::to_string(i));
    }
    return names;
}

std::vector<std::string> cameras_of(const Round& round) {
    std::vector<std::string> names = names_of("busy", round.busy);
    const std::vector<std::string> quiet = names_of("quiet", round.quiet);
    names.insert(names.end(), quiet.begin(), quiet.end());
    return names;
}

Status write_list(
    const std::filesystem::path& path, const Round& round, const RoundOptions& options
) {
    std::ofstream out(path);
    out << "cameras:\n";
    int number = 0;
    for (const std::string& name : cameras_of(round)) {
        const std::string kind = name.substr(0, name.find('-'));
        const std::string film =
            (options.films / (kind + "-" + std::to_string(round.height) + round.encoding + ".mp4"))
                .string();
        // Cameras' key pictures do not come all at once, nor do the people.
        out << "  - {id: " << name << ", main: " << film
            << ", start_offset: " << number++ * 1137 % 30'000 << "ms}\n";
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + path.string())};
}

struct Reading {
    SteadyTime time;
    app::ProcessUsage node;
    double motion = 0;
    MetricValues counters;
};

Result<Reading> read_now(const Node& node, const std::optional<Peer>& peer) {
    Reading reading;
    BONGSU_ASSIGN(reading.counters, node.counters());
    reading.time = std::chrono::steady_clock::now();
    BONGSU_ASSIGN(reading.node, app::usage_of(node.pid()));
    if (peer) {
        BONGSU_ASSIGN(const app::ProcessUsage usage, app::usage_of(peer->pid()));
        reading.motion = usage.cpu_seconds;
    }
    return reading;
}

RoundFigures figures_between(const Reading& before, const Reading& after, const Round& round) {
    const std::chrono::duration<double> window = after.time - before.time;
    const int cameras = round.quiet + round.busy;
    const double per_camera_hour = kSecondsPerHour / window.count() / cameras;
    RoundFigures figures{.round = round, .node = 0, .resident_mb = 0, .motion = {}, .work = {}};
    figures.node = (after.node.cpu_seconds - before.node.cpu_seconds) * per_camera_hour;
    figures.resident_mb = after.node.resident_megabytes / cameras;
    figures.work = work_between(before.counters, after.counters, window.count(), cameras);
    return figures;
}

}  // namespace

std::vector<Round> all_rounds() {
    return {
        {"360p.quiet", 360, 100, 0, 8, 400},
        {"720p.quiet", 720, 40, 0, 6, 200},
        {"1080p.quiet", 1080, 16, 0, 3, 100},
        {"360p.active10", 360, 90, 10, 0, 200},
        {"360p.active", 360, 0, 30, 8, 60},
        {"720p.active", 720, 0, 8, 4, {}},
        {"1080p.active", 1080, 0, 4, 2, {}},
        {"360p_gop10.quiet", 360, 40, 0, 0, {}, "-gop10"},
        {"360p_gop10.active", 360, 0, 20, 0, {}, "-gop10"},
    };
}

Result<RoundFigures> run_round(const Round& round, const RoundOptions& options) {
    const std::filesystem::path scratch = options.films / "scratch";
    std::filesystem::remove_all(scratch);
    std::filesystem::create_directories(scratch);
    BONGSU_TRY(write_list(scratch / "cameras.yaml", round, options));
    BONGSU_ASSIGN(const Streets streets, start_streets(options, scratch / "cameras.yaml"));
    const std::vector<std::string> cameras = cameras_of(round);
    BONGSU_ASSIGN(const Node node, Node::start(options, scratch, streets.base, cameras));
    std::optional<Peer> peer;
    if (!options.is_alone && round.motions > 0) {
        const std::vector<std::string> watched(cameras.begin(), cameras.begin() + round.motions);
        BONGSU_ASSIGN(Peer started, Peer::start(scratch, streets.base, watched));
        peer.emplace(std::move(started));
    }
    std::this_thread::sleep_for(std::chrono::seconds{options.warm_up});
    BONGSU_ASSIGN(const Reading before, read_now(node, peer));
    std::this_thread::sleep_for(std::chrono::seconds{options.seconds});
    BONGSU_ASSIGN(const Reading after, read_now(node, peer));
    RoundFigures figures = figures_between(before, after, round);
    if (peer) {
        const std::chrono::duration<double> window = after.time - before.time;
        figures.motion =
            (after.motion - before.motion) * kSecondsPerHour / window.count() / round.motions;
    }
    std::fprintf(stderr, "    %s\n", describe(figures.work).c_str());
    if (figures.work.dropped + figures.work.thinned > 0) {
        std::fprintf(
            stderr,
            "    the machine was too busy to do all of the work: this round is worth little\n"
        );
    }
    return figures;
}

}  // namespace bongsu::bench
