#include "selective/watched.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "scenelog/scene_reader.hpp"
#include "selective/station.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include <boost/json.hpp>

namespace bongsu::bench {
namespace {

namespace json = boost::json;

constexpr std::string_view kLost = "ingest.lost";
constexpr Duration kBetweenWalls = std::chrono::seconds{1};

/// What was on the wall at one moment.
struct WallPicture {
    WallTime time;
    std::vector<std::pair<std::string, bool>> tiles;  ///< camera, and whether somebody called it
};

/// One line of the node's log about a camera.
struct LogLine {
    WallTime written;
    std::string event;
    std::string camera;
    WallTime picture;  ///< that it is about, or when it was written
};

/// Reasons that are about somebody who is or was in view.
bool is_called(std::string_view reason) {
    return reason != "unseen" && reason != "spare" && reason != "pinned";
}

Result<WallPicture> wall_now(const WatchingStation& station) {
    BONGSU_ASSIGN(const std::string text, station.wall());
    WallPicture picture{.time = SystemClock().wall(), .tiles = {}};
    for (const json::value& tile : json::parse(text).at("tiles").as_array()) {
        if (!tile.is_null()) {
            picture.tiles.emplace_back(
                json::value_to<std::string>(tile.at("camera")),
                is_called(json::value_to<std::string>(tile.at("code")))
            );
        }
    }
    return picture;
}

std::optional<LogLine> parse_line(const std::string& text) {
    std::istringstream in(text);
    std::string written;
    std::string level;
    LogLine line;
    in >> written >> level >> line.event;
    if (!line.event.starts_with("pipeline.") && line.event != kLost) {
        return std::nullopt;
    }
    std::string picture = written;
    for (std::string field; in >> field;) {
        if (field.starts_with("camera=")) {
            line.camera = field.substr(field.find('=') + 1);
        } else if (field.starts_with("picture=")) {
            picture = field.substr(field.find('=') + 1);
        }
    }
    const Result<WallTime> at = parse_iso8601(written);
    const Result<WallTime> taken = parse_iso8601(picture);
    if (!at || !taken || line.camera.empty()) {
        return std::nullopt;
    }
    line.written = *at;
    line.picture = *taken;
    return line;
}

/// Scenes of one camera: where its film's clock begins, who was seen, when the gate looked.
Status read_scenes(
    const scenelog::SceneReader& reader,
    const std::string& name,
    WatchedCamera& camera,
    WallTime& begin
) {
    const WallTime now = SystemClock().wall();
    bool is_first = true;
    const auto take = [&](const Scene& scene) {
        if (is_first) {
            begin = scene.time;
            is_first = false;
        }
        const double time = to_seconds(scene.time - begin);
        for (const Track& track : scene.tracks) {
            const bool is_wanted = track.cls == ObjectClass::Person || is_vehicle(track.cls);
            if (is_wanted && track.state != TrackState::Lost) {
                camera.sightings.push_back({.time = time, .box = track.box});
            }
        }
        return true;
    };
    BONGSU_TRY(reader.read(CameraId{name}, {now - std::chrono::hours{48}, now}, take));
    if (is_first) {
        return fail(ErrorKind::NotFound, "the node has not seen a picture of camera " + name);
    }
    return {};
}

void take_log(
    const std::filesystem::path& file,
    const std::map<std::string, WallTime>& begins,
    std::map<std::string, WatchedCamera>& cameras
) {
    std::ifstream in(file);
    std::map<std::string, double> open;
    for (std::string text; std::getline(in, text);) {
        const std::optional<LogLine> line = parse_line(text);
        if (!line || !begins.contains(line->camera)) {
            continue;
        }
        const WallTime begin = begins.at(line->camera);
        WatchedCamera& camera = cameras.at(line->camera);
        const double picture = to_seconds(line->picture - begin);
        const double written = to_seconds(line->written - begin);
        if (line->event == kLost && written < camera.until) {
            std::fprintf(
                stderr, "    %s: connection lost after %.0f s\n", line->camera.c_str(), written
            );
            camera.until = written;
        } else if (line->event == "pipeline.followed") {
            camera.wakes.push_back({.picture = picture, .told = written});
            open[line->camera] = written;
        } else if (line->event == "pipeline.quiet" && open.contains(line->camera)) {
            camera.followed.push_back({open.at(line->camera), written});
            open.erase(line->camera);
        } else if (line->event == "pipeline.looked") {
            camera.whole_looks.push_back(picture);
        }
    }
    for (const auto& [name, since] : open) {
        cameras.at(name).followed.push_back({since, cameras.at(name).until});
    }
}

void take_walls(
    const std::vector<WallPicture>& walls,
    const std::map<std::string, WallTime>& begins,
    std::map<std::string, WatchedCamera>& cameras
) {
    for (std::size_t i = 0; i + 1 < walls.size(); ++i) {
        for (const auto& [name, has_cause] : walls[i].tiles) {
            const WallTime begin = begins.at(name);
            const eval::TimeSpan span{
                to_seconds(walls[i].time - begin), to_seconds(walls[i + 1].time - begin)
            };
            WatchedCamera& camera = cameras.at(name);
            (has_cause ? camera.called : camera.in_turn).push_back(span);
        }
    }
    for (auto& [name, camera] : cameras) {
        camera.called = eval::merged(std::move(camera.called));
        camera.in_turn = eval::merged(std::move(camera.in_turn));
    }
}

/// What the ledger in the database claims.
Status take_ledger(
    const std::filesystem::path& data, std::map<std::string, WatchedCamera>& cameras
) {
    const SystemClock clock;
    Metrics metrics;
    BONGSU_ASSIGN(
        const auto store, app::open_existing_store(app::DataFolders{data}, clock, metrics)
    );
    const WallTime now = clock.wall();
    BONGSU_ASSIGN(
        const std::vector<store::CoverageHour> hours,
        store->coverage().find({}, now - std::chrono::hours{48}, now + std::chrono::hours{1})
    );
    for (const store::CoverageHour& hour : hours) {
        const auto found = cameras.find(hour.camera.value());
        if (found != cameras.end()) {
            WatchedCamera& camera = found->second;
            camera.claimed_unwatched =
                std::max(camera.claimed_unwatched, to_seconds(hour.longest_unwatched));
            camera.claimed_looks += static_cast<double>(hour.looks);
        }
    }
    return {};
}

/// Waits for the films' end and looks at the wall meanwhile.
Result<std::vector<WallPicture>> sit_at_the_wall(const WatchingStation& station, double seconds) {
    std::vector<WallPicture> walls;
    const auto end = std::chrono::steady_clock::now() + from_seconds(seconds);
    auto next = std::chrono::steady_clock::now();
    while (next < end) {
        BONGSU_ASSIGN(WallPicture wall, wall_now(station));
        walls.push_back(std::move(wall));
        std::fprintf(
            stderr, "\r    %.0f s left ", std::chrono::duration<double>(end - next).count()
        );
        next += kBetweenWalls;
        std::this_thread::sleep_until(next);
    }
    std::fprintf(stderr, "\n");
    return walls;
}

}  // namespace

Result<WatchedRun> watch(const std::vector<LabelledFilm>& films, const WatchOptions& options) {
    BONGSU_ASSIGN(WatchingStation station, WatchingStation::start(films, options));
    BONGSU_TRY(station.come_on_shift());
    BONGSU_ASSIGN(const std::vector<WallPicture> walls, sit_at_the_wall(station, options.seconds));
    WatchedRun run;
    BONGSU_ASSIGN(run.counters, station.counters());
    const WallTime ended = SystemClock().wall();
    station.end();
    const std::filesystem::path data = WatchingStation::data_of(options);
    const scenelog::SceneReader reader(data / "scenes");
    std::map<std::string, WallTime> begins;
    for (const LabelledFilm& film : films) {
        WatchedCamera& camera = run.cameras[film.camera];
        WallTime& begin = begins[film.camera];
        BONGSU_TRY(read_scenes(reader, film.camera, camera, begin));
        camera.until = std::min(film.seconds, to_seconds(ended - begin));
    }
    take_log(WatchingStation::log_of(options), begins, run.cameras);
    take_walls(walls, begins, run.cameras);
    BONGSU_TRY(take_ledger(data, run.cameras));
    return run;
}

}  // namespace bongsu::bench
