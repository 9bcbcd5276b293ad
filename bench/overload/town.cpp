#include "overload/town.hpp"

#include <fstream>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

constexpr std::int64_t kJournal = 100'000;
constexpr std::int64_t kFirstWithPeople = 450;  // after 30 s of 15 pictures

}  // namespace

Result<Town> Town::build(const std::filesystem::path& films, int busy, const Clock& clock) {
    Town town;
    const std::string busy_film = (films / "busy-360.mp4").string();
    const std::string walk_film = (films / "walk-360.mp4").string();
    camsim::FilmLibrary library(1'400, std::size_t{1} << 30);
    BONGSU_ASSIGN(town.busy_, library.load(busy_film));
    BONGSU_ASSIGN(town.walk_, library.load(walk_film));
    for (int i = 0; i < kGravities; ++i) {
        town.cameras_.push_back({CameraId(fmt::format("walk-g{}", i + 1)), i + 1, true});
    }
    for (int i = 0; i < busy; ++i) {
        const int gravity = i % kGravities + 1;
        town.cameras_.push_back({CameraId(fmt::format("busy-g{}-{}", gravity, i)), gravity, false});
    }
    std::vector<camsim::CameraEntry> entries;
    for (const TownCamera& camera : town.cameras_) {
        camsim::CameraEntry entry;
        entry.id = camera.id.value();
        entry.main = camera.is_walk ? walk_film : busy_film;
        // Cameras' key pictures do not come all at once, nor do the people.
        entry.start_offset =
            std::chrono::milliseconds{static_cast<int>(entries.size()) * 1137 % 40'000};
        entries.push_back(std::move(entry));
    }
    camsim::CamsimOptions options;
    options.port = 0;
    options.max_connections = 4 * (busy + kGravities);
    options.journal_entries = kJournal;
    BONGSU_ASSIGN(
        town.simulator_, camsim::CameraSimulator::create(options, std::move(entries), clock)
    );
    return town;
}

std::vector<MonoTime> Town::walks_of(const TownCamera& camera) const {
    std::vector<MonoTime> walks;
    if (!camera.is_walk) {
        return walks;
    }
    const auto loop = static_cast<camsim::UnitNumber>(walk_->units.size());
    for (const camsim::SentUnit& unit : simulator_->journal(camera.id, StreamRole::Main).sent) {
        if (unit.number % loop == kFirstWithPeople) {
            walks.push_back(unit.at);
        }
    }
    return walks;
}

std::int64_t Town::left_out(const CameraId& camera) const {
    for (const camsim::StreamStats& stream : simulator_->stats().streams) {
        if (stream.camera == camera) {
            return static_cast<std::int64_t>(stream.units_late);
        }
    }
    return 0;
}

Status Town::write_config(const std::filesystem::path& path, const std::filesystem::path& data)
    const {
    std::ofstream out(path);
    out << fmt::format(
        "data: {}\nmonitor_port: 0\nlog_level: error\nconsole: {{enabled: false}}\n"
        "ingest: {{threads: 1, connects_per_second: 1000}}\n"
        "analysis: {{threads: 1, budget: 0.8, max_active: {}}}\n"
        "cameras:\n",
        data.string(),
        4 * cameras_.size()
    );
    for (const TownCamera& camera : cameras_) {
        out << fmt::format(
            "  - id: {0}\n    url: \"{1}/{0}/main\"\n"
            "    zones: [{{id: lawn, points: [[0, 0.2], [1, 0.2], [1, 1], [0, 1]]}}]\n"
            "    rules: [{{id: lawn, behaviour: intrusion, gravity: {2}, zones: [lawn]}}]\n",
            camera.id.value(),
            simulator_->base_url(true),
            camera.gravity
        );
    }
    return out.flush() ? Status{}
                       : Status{fail(ErrorKind::Unavailable, "cannot write " + path.string())};
}

}  // namespace bongsu::bench
