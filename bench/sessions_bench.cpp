// links: app camsim eval recording store media net core
// output: measurements
// A thousand cameras of 500 kbit/s on one small machine, the simulator beside the station:
// connected, recorded, and watched at T0 (sizes of coded pictures, a key frame each minute). Then
// the simulator dies and comes back. Every picture that is still on disk is compared with what the
// cameras sent. Needs 20 GB of disk. Figures and goals: docs/ref/measurements.md.
#include "app/process_usage.hpp"
#include "app/temporary_folder.hpp"
#include "camsim/camera_list.hpp"
#include "camsim/film.hpp"
#include "console/waiting.hpp"
#include "core/log.hpp"
#include "density/films.hpp"
#include "eval/measurements.hpp"
#include "program/ending.hpp"
#include "program/html_page.hpp"
#include "program/places.hpp"
#include "sessions/streets.hpp"
#include "station/recorded.hpp"
#include "station/station_process.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bongsu::bench {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
using std::chrono::seconds;

struct Arguments {
    std::string json;
    std::string html;
    int cameras = 1'000;
    double minutes = 10;
};

double since(SteadyTime begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

Status write_configs(
    const std::filesystem::path& folder,
    const std::string& film,
    const Arguments& arguments,
    std::uint16_t streets,
    std::uint16_t monitor
) {
    std::ofstream list(folder / "cameras.yaml");
    list << "cameras:\n  - {id: street, main: " << film << "}\n";
    BONGSU_ASSIGN(
        const std::vector<camsim::CameraEntry> one,
        (list.close(), camsim::load_camera_list((folder / "cameras.yaml").string()))
    );
    std::ofstream city(folder / "city.yaml");
    city << fmt::format(
        "data: {}\nmonitor_port: {}\nlog_level: warn\nconsole: {{enabled: false}}\n"
        "recording: {{keep_bytes_per_organisation: 20GB, retention_every: 10s}}\n"
        "analysis: {{threads: 1, quiet_interval: 60s, max_unwatched: 3600s}}\n"
        "cameras:\n",
        (folder / "data").string(),
        monitor
    );
    const auto wanted = static_cast<std::size_t>(arguments.cameras);
    for (const camsim::CameraEntry& camera : camsim::repeat_cameras(one, wanted)) {
        city << fmt::format(
            "  - {{id: {0}, url: \"rtsp://127.0.0.1:{1}/{0}/main\"}}\n", camera.id, streets
        );
    }
    return city.flush() ? Status{} : Status{fail(ErrorKind::Unavailable, "cannot write city.yaml")};
}

Result<double> until_all_play(const StationProcess& station, int cameras, seconds longest) {
    const SteadyTime begin = std::chrono::steady_clock::now();
    const auto all_play = [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        return station.metric("bongsu_ingest_playing").value_or(0) >= cameras;
    };
    const Status playing = wait_until(all_play, longest, "all cameras to play");
    if (!playing) {
        return std::unexpected(playing.error().within("the station said: " + station.last_words()));
    }
    return since(begin);
}

/// What both processes used, looked at every few seconds: megabytes, and cores since the look
/// before.
struct Curves {
    eval::Curve memory{"station", {}};
    eval::Curve station{"station", {}};
    eval::Curve simulator{"simulator", {}};
};

void add_point(eval::Curve& curve, double x, double y) {
    curve.points.push_back({static_cast<float>(x), static_cast<float>(y)});
}

/// Looks at the station now and then; CPU and the largest memory over the time.
Result<Curves> watch(
    const StationProcess& station,
    const Streets& streets,
    const Arguments& arguments,
    eval::Measurements& out
) {
    Curves curves;
    BONGSU_ASSIGN(const app::ProcessUsage before, app::usage_of(station.pid()));
    BONGSU_ASSIGN(const app::ProcessUsage streets_before, app::usage_of(streets.pid()));
    const SteadyTime begin = std::chrono::steady_clock::now();
    double memory = 0;
    double looked = 0;
    app::ProcessUsage last = before;
    app::ProcessUsage streets_last = streets_before;
    while (since(begin) < arguments.minutes * 60) {
        std::this_thread::sleep_for(seconds{5});
        BONGSU_ASSIGN(const app::ProcessUsage now, app::usage_of(station.pid()));
        BONGSU_ASSIGN(const app::ProcessUsage streets_now, app::usage_of(streets.pid()));
        const double time = since(begin);
        const auto cores = [&](const app::ProcessUsage& from, const app::ProcessUsage& to) {
            return (to.cpu_seconds - from.cpu_seconds) / (time - looked);
        };
        memory = std::max(memory, now.resident_megabytes);
        add_point(curves.memory, time, now.resident_megabytes);
        add_point(curves.station, time, cores(last, now));
        add_point(curves.simulator, time, cores(streets_last, streets_now));
        last = now;
        streets_last = streets_now;
        looked = time;
        std::fprintf(stderr, "\r%.0f of %.0f s ", since(begin), arguments.minutes * 60);
    }
    std::fprintf(stderr, "\n");
    const double length = since(begin);
    BONGSU_ASSIGN(const app::ProcessUsage after, app::usage_of(station.pid()));
    BONGSU_ASSIGN(const app::ProcessUsage streets_after, app::usage_of(streets.pid()));
    out.add("sessions.memory_mb_per_camera", memory / arguments.cameras);
    out.add("sessions.station_cores", (after.cpu_seconds - before.cpu_seconds) / length);
    out.add(
        "sessions.simulator_cores",
        (streets_after.cpu_seconds - streets_before.cpu_seconds) / length
    );
    double lost = 0;
    for (const char* counter :
         {"bongsu_recording_lost_access_units_total",
          "bongsu_ingest_dropped_access_units_total",
          "bongsu_ingest_lost_packets_total"}) {
        BONGSU_ASSIGN(const double value, station.metric(counter));
        std::fprintf(stderr, "%s %.0f\n", counter, value);
        lost += value;
    }
    out.add("sessions.lost_by_own_count", lost);
    BONGSU_ASSIGN(const double connects, station.metric("bongsu_ingest_connects_total"));
    out.add("sessions.connects", connects);
    BONGSU_ASSIGN(const double units, station.metric("bongsu_recording_access_units_total"));
    out.add("sessions.recorded_access_units", units);
    return curves;
}

/// Reads back what is on disk of every camera from before the cameras lost their power: afterwards
/// their film begins anew.
Result<Comparison> compare(
    const StationProcess& station,
    const std::string& film_path,
    WallTime power_cut,
    const LeftOut& left_out
) {
    camsim::FilmLibrary library(1'400, std::size_t{1} << 30);
    BONGSU_ASSIGN(const auto film, library.load(film_path));
    const FilmPrints prints(*film);
    BONGSU_ASSIGN(const auto rows, station.rows());
    std::map<CameraId, std::vector<store::Segment>> by_camera;
    for (const auto& [path, row] : rows) {
        if (row.state != store::SegmentState::Retiring) {
            by_camera[row.camera].push_back(row);
        }
    }
    Comparison all;
    for (const auto& [camera, segments] : by_camera) {
        const RecordedStream recorded =
            read_recorded(station.data() / "recordings", segments, prints, power_cut);
        const auto skipped = left_out.find(camera);
        all.add(camera, recorded, skipped == left_out.end() ? 0 : skipped->second);
    }
    return all;
}

HtmlPage page_of(
    const eval::Measurements& figures, const Curves& curves, const Arguments& arguments
) {
    HtmlPage page(
        "A thousand cameras",
        fmt::format(
            "{} cameras of 500 kbit/s connected, recorded and watched for {:g} minutes on one "
            "machine, the simulator beside the station. Every picture on disk was then looked up "
            "in the film that the cameras played.",
            arguments.cameras,
            arguments.minutes
        )
    );
    const auto value = [&](const char* name) { return figures.values().at(name); };
    page.add_table(
        {.head = {"what", "measured", "wanted"},
         .rows =
             {
                 {"pictures lost", fmt::format("{:.0f}", value("sessions.lost_access_units")), "0"},
                 {"MB of memory per camera",
                  fmt::format("{:.2f}", value("sessions.memory_mb_per_camera")),
                  "at most 2.5"},
                 {"seconds until all are back after their power",
                  fmt::format("{:.1f}", value("sessions.back_s")),
                  "at most 60"},
                 {"seconds until all are connected at first",
                  fmt::format("{:.1f}", value("sessions.connected_s")),
                  ""},
             }}
    );
    page.add_note(fmt::format(
        "{:.0f} pictures were compared; {:.0f} are missing because the simulator itself was late "
        "and left them out.",
        value("sessions.compared_pictures"),
        value("sessions.never_sent")
    ));
    page.add_plot({"Processor", "s", "cores", {curves.station, curves.simulator}});
    page.add_plot({"Memory of the station", "s", "MB", {curves.memory}});
    page.add_measurements(figures);
    return page;
}

Status run(const Arguments& arguments) {
    log::configure(log::Level::Error, log::Format::Text);
    BONGSU_ASSIGN(const std::filesystem::path film, make_films("tools/sessions/make_film"));
    BONGSU_ASSIGN(
        const app::TemporaryFolder folder, app::TemporaryFolder::create("bongsu-sessions-")
    );
    Streets streets(folder.path(), arguments.cameras);
    const std::uint16_t monitor = free_port();
    BONGSU_TRY(write_configs(folder.path(), film.string(), arguments, streets.port(), monitor));
    StationProcess station(folder.path() / "city.yaml", folder.path() / "data", monitor);
    eval::Measurements out;
    BONGSU_TRY(streets.start());
    BONGSU_TRY(station.start());
    std::fprintf(stderr, "==> connecting\n");
    BONGSU_ASSIGN(const double first, until_all_play(station, arguments.cameras, seconds{180}));
    out.add("sessions.cameras", arguments.cameras);
    out.add("sessions.connected_s", first);
    BONGSU_ASSIGN(const Curves curves, watch(station, streets, arguments, out));

    std::fprintf(stderr, "==> the cameras lose their power\n");
    const WallTime power_cut = SystemClock{}.wall();
    streets.end();
    const LeftOut left_out = streets.left_out();
    std::this_thread::sleep_for(seconds{5});
    BONGSU_TRY(streets.start());
    BONGSU_ASSIGN(const double back, until_all_play(station, arguments.cameras, seconds{300}));
    out.add("sessions.back_s", back);
    station.end();

    std::fprintf(stderr, "==> comparing what was recorded with what was sent\n");
    BONGSU_ASSIGN(const Comparison compared, compare(station, film.string(), power_cut, left_out));
    out.add("sessions.compared_pictures", static_cast<double>(compared.pictures));
    out.add("sessions.lost_access_units", static_cast<double>(compared.lost));
    out.add("sessions.never_sent", static_cast<double>(compared.never_sent));
    if (!arguments.html.empty()) {
        BONGSU_TRY(page_of(out, curves, arguments).write(arguments.html));
    }
    return report(out, arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    bongsu::bench::Arguments arguments;
    CLI::App app{"A thousand cameras connected, recorded and watched at T0"};
    app.add_option("--json", arguments.json, "File for the figures");
    app.add_option("--html", arguments.html, "File for the report");
    app.add_option("--cameras", arguments.cameras, "How many")->check(CLI::Range(1, 8'000));
    app.add_option("--minutes", arguments.minutes, "How long")->check(CLI::Range(0.1, 600.0));
    CLI11_PARSE(app, argc, argv);
    return bongsu::bench::exit_code(bongsu::bench::run(arguments));
}
