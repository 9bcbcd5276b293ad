#include "selective/watched.hpp"

#include "app/storage.hpp"
#include "core/metrics.hpp"
#include "scenelog/scene_reader.hpp"
#include "selective/station.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
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
constexpr std::string_view kPlaying = "ingest.playing";
constexpr Duration kKeyInterval = std::chrono::seconds{2};  // of the films
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
    if (!line.event.starts_with("pipeline.") && line.event != kLost && line.event != kPlaying) {
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

/// When each camera's film began to play, by the log: some tenths of a second after its first
/// picture.
std::map<std::string, WallTime> playing_times(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::map<std::string, WallTime> times;
    for (std::string text; std::getline(in, text);) {
        const std::optional<LogLine> line = parse_line(text);
        if (line && line->event == kPlaying) {
            times.try_emplace(line->camera, line->written);
        }
    }
    return times;
}

/// The film's first picture: the first scene is of a key frame, but on a busy machine not always of
/// the first one.
WallTime begin_of(WallTime first_scene, WallTime playing) {
    const auto keys = std::llround(to_seconds(first_scene - playing) / to_seconds(kKeyInterval));
    return first_scene - keys * kKeyInterval;
}

/// Scenes of one camera: where its film's clock begins, and who was seen.
Result<WallTime> read_scenes(
    const scenelog::SceneReader& reader,
    const std::string& name,
    WallTime playing,
    WatchedCamera& camera
) {
    const WallTime now = SystemClock().wall();
    std::optional<WallTime> begin;
    const auto take = [&](const Scene& scene) {
        if (!begin) {
            begin = begin_of(scene.time, playing);
        }
        camera.until = to_seconds(scene.time - *begin);
        for (const Track& track : scene.tracks) {
            const bool is_wanted = track.cls == ObjectClass::Person || is_vehicle(track.cls);
            if (is_wanted && track.state != TrackState::Lost) {
                camera.sightings.push_back(
                    {.time = to_seconds(scene.time - *begin), .box = track.box}
                );
            }
        }
        return true;
    };
    BONGSU_TRY(reader.read(CameraId{name}, {now - std::chrono::hours{48}, now}, take));
    if (!begin) {
        return fail(ErrorKind::NotFound, "the node has not seen a picture of camera " + name);
    }
    return *begin;
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

/// What the node left behind.
Status read_run(
    const std::vector<LabelledFilm>& films,
    const WatchOptions& options,
    const std::vector<WallPicture>& walls,
    WatchedRun& run
) {
    const std::filesystem::path data = WatchingStation::data_of(options);
    const scenelog::SceneReader reader(data / "scenes");
    const auto playing = playing_times(WatchingStation::log_of(options));
    std::map<std::string, WallTime> begins;
    for (const LabelledFilm& film : films) {
        const auto found = playing.find(film.camera);
        if (found == playing.end()) {
            return fail(ErrorKind::NotFound, "camera " + film.camera + " was never connected");
        }
        WatchedCamera& camera = run.cameras[film.camera];
        BONGSU_ASSIGN(
            const WallTime begin, read_scenes(reader, film.camera, found->second, camera)
        );
        begins[film.camera] = begin;
        camera.until = std::min(film.seconds, camera.until);
    }
    take_log(WatchingStation::log_of(options), begins, run.cameras);
    take_walls(walls, begins, run.cameras);
    return take_ledger(data, run.cameras);
}

}  // namespace

Result<WatchedRun> watch(const std::vector<LabelledFilm>& films, const WatchOptions& options) {
    WatchedRun run;
    std::vector<WallPicture> walls;
    if (!options.is_again) {
        BONGSU_ASSIGN(WatchingStation station, WatchingStation::start(films, options));
        BONGSU_TRY(station.come_on_shift());
        BONGSU_ASSIGN(walls, sit_at_the_wall(station, options.seconds));
        BONGSU_ASSIGN(run.counters, station.counters());
        station.end();
    }
    BONGSU_TRY(read_run(films, options, walls, run));
    return run;
}

}  // namespace bongsu::bench
