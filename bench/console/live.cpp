// Live pictures of 100 simulated cameras: the first one, and what viewers cost the server.
#include "app/child_process.hpp"
#include "app/process_usage.hpp"
#include "camsim/camera_list.hpp"
#include "camsim/options.hpp"
#include "camsim/simulator.hpp"
#include "console/sections.hpp"
#include "console/viewing.hpp"
#include "console/waiting.hpp"
#include "eval/measurements.hpp"

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <numeric>

#include <unistd.h>

namespace bongsu::bench {
namespace {

constexpr int kCameras = 100;
constexpr int kFirstPictures = 50;
constexpr std::chrono::seconds kSettle{5};
constexpr std::chrono::seconds kTime{20};
constexpr std::chrono::seconds kPatience{30};
constexpr double kSecondsPerHour = 3600;
constexpr double kLeastMegabits = 1.8;

using TilePtr = std::shared_ptr<Tile>;

std::uint64_t bytes_of(const std::vector<TilePtr>& tiles) {
    return std::accumulate(
        tiles.begin(),
        tiles.end(),
        std::uint64_t{0},
        [](std::uint64_t sum, const TilePtr& tile) { return sum + tile->bytes(); }
    );
}

std::string camera_name(int number) {
    return "live-" + std::to_string(number);
}

/// A film of 2 Mbit/s, 15 pictures a second and a key picture every two, made once.
Result<std::filesystem::path> film_in(const std::filesystem::path& folder) {
    std::filesystem::path film = folder / "film-2mbit.mp4";
    if (std::filesystem::exists(film)) {
        return film;
    }
    const std::string command =
        "ffmpeg -v error -y -f lavfi -i testsrc2=s=1280x720:r=15 -t 20 -vf noise=alls=30:allf=t "
        "-c:v libx264 -preset veryfast -bf 0 -g 30 -b:v 2M -minrate 2M -maxrate 2M -bufsize 1M "
        "-pix_fmt yuv420p '" +
        film.string() + "'";
    if (std::system(command.c_str()) != 0) {  // NOLINT(concurrency-mt-unsafe)
        return fail(ErrorKind::Unavailable, "ffmpeg could not make " + film.string());
    }
    return film;
}

Status write_list(const std::filesystem::path& path, const std::filesystem::path& film) {
    std::ofstream out(path);
    out << "cameras:\n";
    for (int i = 0; i < kCameras; ++i) {
        // Cameras' key pictures do not come all at once.
        out << "  - {id: " << camera_name(i) << ", main: " << film.string()
            << ", start_offset: " << i * 137 % 20'000 << "ms}\n";
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + path.string())};
}

Value::List recorded_cameras(const std::string& base) {
    Value::List cameras;
    for (int i = 0; i < kCameras; ++i) {
        cameras.push_back(Value::Map{
            {"id", camera_name(i)},
            {"url", base + "/" + camera_name(i) + "/main"},
            {"analyse", false}
        });
    }
    return cameras;
}

/// CPU time that this process, the server, takes per second.
Result<double> cores_used() {
    BONGSU_ASSIGN(const app::ProcessUsage before, app::usage_of(getpid()));
    const auto begin = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(kTime);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    BONGSU_ASSIGN(const app::ProcessUsage after, app::usage_of(getpid()));
    return (after.cpu_seconds - before.cpu_seconds) / took.count();
}

Result<double> first_picture(const Login& login, const std::string& camera) {
    const auto tile = std::make_shared<Tile>();
    net::WebSocketClients clients;
    BONGSU_TRY(tile->open(clients, login, camera));
    BONGSU_TRY(wait_until(
        [&] { return tile->first_picture() || tile->is_closed(); }, kPatience, "a picture"
    ));
    if (!tile->first_picture()) {
        return fail(ErrorKind::Unavailable, "no picture of " + camera);
    }
    return 1e3 * to_seconds(*tile->first_picture());
}

Status measure_first_pictures(Stage& stage, const Login& login) {
    std::vector<double> all;
    for (int i = 0; i < kFirstPictures; ++i) {
        BONGSU_ASSIGN(const double took, first_picture(login, camera_name(i)));
        all.push_back(took);
    }
    stage.out.add("console.first_picture.p50_ms", eval::percentile(all, 0.5));
    stage.out.add("console.first_picture.p95_ms", eval::percentile(all, 0.95));
    return {};
}

Status measure_viewers(Stage& stage, const Login& login) {
    std::this_thread::sleep_for(kSettle);
    BONGSU_ASSIGN(const double without, cores_used());
    BONGSU_ASSIGN(
        app::ChildProcess viewers,
        app::ChildProcess::start(
            {"/proc/self/exe", "--viewers", login.url, login.cookie, std::to_string(kCameras)}
        )
    );
    BONGSU_TRY(await_ready(viewers, "pictures for 100 viewers"));
    std::this_thread::sleep_for(kSettle);
    BONGSU_ASSIGN(const double with, cores_used());
    BONGSU_ASSIGN(const std::string megabits, viewers.read_line());
    BONGSU_ASSIGN(const app::ProcessUsage usage, app::usage_of(getpid()));
    std::fprintf(
        stderr,
        "live: %.2f cores record %d cameras, %.2f with %d viewers at %s Mbit/s; %.0f MB\n",
        without,
        kCameras,
        with,
        kCameras,
        megabits.c_str(),
        usage.resident_megabytes
    );
    if (std::stod(megabits) < kLeastMegabits) {
        return fail(ErrorKind::Unavailable, "viewers got too little for a figure");
    }
    stage.out.add("console.viewers_100.cores", with);
    stage.out.add("console.viewer.cpu_s_per_hour", kSecondsPerHour * (with - without) / kCameras);
    return {};
}

}  // namespace

Status measure_live(Stage& stage) {
    BONGSU_ASSIGN(const std::filesystem::path film, film_in(stage.archive.parent_path()));
    const std::filesystem::path list = stage.scratch / "cameras.yaml";
    BONGSU_TRY(write_list(list, film));
    BONGSU_ASSIGN(
        app::ChildProcess simulator,
        app::ChildProcess::start({"/proc/self/exe", "--cameras", list.string()})
    );
    BONGSU_ASSIGN(const std::string base, simulator.read_line());
    const std::filesystem::path data = stage.scratch / "data";
    BONGSU_ASSIGN(const std::vector<Account> accounts, prepare_accounts(data));
    BONGSU_ASSIGN(const auto city, City::start(data, recorded_cameras(base)));
    BONGSU_ASSIGN(const Login login, log_in(city->url(), accounts.front()));
    std::this_thread::sleep_for(kSettle);
    BONGSU_TRY(measure_first_pictures(stage, login));
    return measure_viewers(stage, login);
}

int play_cameras(const std::string& list) {
    const SystemClock clock;
    const auto entries = camsim::load_camera_list(list);
    camsim::CamsimOptions options;
    options.port = 0;
    auto simulator =
        entries ? camsim::CameraSimulator::create(options, *entries, clock) : fail(entries.error());
    const Status started = simulator ? (*simulator)->start() : Status{fail(simulator.error())};
    if (!started) {
        std::fprintf(stderr, "%s\n", started.error().describe().c_str());
        return 1;
    }
    std::printf("%s\n", (*simulator)->base_url(false).c_str());
    std::fflush(stdout);
    pause();
    return 0;
}

int play_viewers(const Login& login, int count) {
    std::vector<TilePtr> tiles;
    net::WebSocketClients clients;
    for (int i = 0; i < count; ++i) {
        tiles.push_back(std::make_shared<Tile>());
        if (!tiles.back()->open(clients, login, camera_name(i))) {
            return 1;
        }
    }
    announce_when(
        [&] {
            return std::ranges::all_of(tiles, [](const auto& tile) {
                return tile->first_picture().has_value();
            });
        },
        30
    );
    const std::uint64_t before = bytes_of(tiles);
    std::this_thread::sleep_for(kSettle + kTime);
    const double megabytes = static_cast<double>(bytes_of(tiles) - before) / 1e6;
    const double seconds = std::chrono::duration<double>(kSettle + kTime).count();
    std::printf("%.2f\n", 8 * megabytes / seconds / count);
    std::fflush(stdout);
    pause();
    return 0;
}

}  // namespace bongsu::bench
