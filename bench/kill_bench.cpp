// links: app camsim eval recording store media net core
// output: measurements
// Nothing lost: the real program records simulated cameras while it is killed, its disk fails, it
// is stopped and its clock jumps; then every recorded picture is compared with what the cameras
// sent. Figures and goals: docs/ref/measurements.md.
#include "app/storage.hpp"
#include "app/temporary_folder.hpp"
#include "core/log.hpp"
#include "eval/report.hpp"
#include "kill/disturbances.hpp"
#include "kill/verdict.hpp"
#include "program/ending.hpp"
#include "program/places.hpp"
#include "recording/check.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bongsu::bench {
namespace {

struct Arguments {
    std::string json;
    std::string html;
    int kills = 50;
    int disk_faults = 20;
    int freezes = 2;
    int clock_steps = 4;
    int cameras = 16;
    std::uint32_t seed = 1;
};

struct DiskKind {
    const char* name;
    DiskFault fault;
    std::uint32_t files;
};

constexpr std::array kDiskKinds{
    DiskKind{"disk_full", DiskFault::Full, kRecordings | kDatabase},
    DiskKind{"disk_broken", DiskFault::Broken, kRecordings},
    DiskKind{"disk_read_only", DiskFault::ReadOnly, kRecordings | kDatabase},
    DiskKind{"disk_short", DiskFault::Short, kRecordings},
    DiskKind{"disk_slow", DiskFault::Slow, kRecordings},
    DiskKind{"database", DiskFault::Broken, kDatabase},
};

constexpr std::array kClockOffsets{
    Duration{std::chrono::hours{1}},
    Duration{std::chrono::seconds{-3}},
    Duration{std::chrono::hours{-1}},
    Duration{0},
};

Status write_config(
    const std::filesystem::path& path,
    const std::filesystem::path& data,
    std::uint16_t monitor_port,
    const camsim::CameraSimulator& cameras
) {
    std::ofstream out(path);
    out << fmt::format(
        "data: {}\nmonitor_port: {}\nconsole: {{enabled: false}}\nrecording: {{segment: 10s}}\n"
        "cameras:\n",
        data.string(),
        monitor_port
    );
    for (const camsim::CameraEntry& camera : cameras.cameras()) {
        out << fmt::format(
            "  - {{id: {}, url: \"{}/{}/main\", analyse: false}}\n",
            camera.id,
            cameras.base_url(true),
            camera.id
        );
    }
    return out ? Status{} : Status{fail(ErrorKind::Unavailable, "cannot write " + path.string())};
}

Status disturb(Disturber& disturber, const Arguments& arguments) {
    for (int i = 0; i < arguments.kills; ++i) {
        std::fprintf(stderr, "\rkill %d of %d ", i + 1, arguments.kills);
        BONGSU_TRY(disturber.kill_once());
    }
    for (int i = 0; i < arguments.disk_faults; ++i) {
        const DiskKind& kind = kDiskKinds.at(static_cast<std::size_t>(i) % kDiskKinds.size());
        std::fprintf(stderr, "\ndisk fault %d of %d: %s", i + 1, arguments.disk_faults, kind.name);
        BONGSU_TRY(disturber.fail_disk(kind.name, kind.fault, kind.files));
    }
    for (int i = 0; i < arguments.freezes; ++i) {
        std::fprintf(stderr, "\nstopped for 30 s, %d of %d", i + 1, arguments.freezes);
        BONGSU_TRY(disturber.freeze(std::chrono::seconds{30}));
    }
    for (int i = 0; i < arguments.clock_steps; ++i) {
        std::fprintf(stderr, "\nclock step %d of %d", i + 1, arguments.clock_steps);
        BONGSU_TRY(disturber.set_clock(
            kClockOffsets.at(static_cast<std::size_t>(i) % kClockOffsets.size())
        ));
    }
    std::fprintf(stderr, "\n");
    return {};
}

void count_rounds(const std::vector<Disturbance>& disturbances, Verdict& verdict) {
    for (const Disturbance& one : disturbances) {
        KindVerdict& kind = verdict.kinds[one.kind];
        ++kind.rounds;
        kind.recovered += one.was_recovered ? 1U : 0U;
        kind.unreported += one.must_be_reported && !one.was_reported ? 1U : 0U;
        kind.rows_lost += one.rows_lost;
    }
}

/// Reads everything back, camera by camera.
Result<Verdict> judge_all(
    const camsim::CameraSimulator& cameras,
    DisturbedStation& station,
    const Disturber& disturber,
    const std::map<CameraId, std::int64_t>& sent_at_end
) {
    Verdict verdict;
    count_rounds(disturber.done(), verdict);
    camsim::FilmLibrary library(1'400, std::size_t{1} << 30);
    BONGSU_ASSIGN(const auto rows, station.rows());
    for (const camsim::CameraEntry& camera : cameras.cameras()) {
        BONGSU_ASSIGN(const auto film, library.load(camera.main));
        const FilmPrints prints(*film);
        std::vector<store::Segment> own;
        for (const auto& [path, row] : rows) {
            if (row.camera.value() == camera.id) {
                own.push_back(row);
            }
        }
        const RecordedStream recorded = read_recorded(station.data() / "recordings", own, prints);
        const double rate = static_cast<double>(film->units.size()) * 90'000.0 /
                            static_cast<double>(film->duration);
        const CameraId id{camera.id};
        judge(id, recorded, {&prints, rate}, sent_at_end.at(id), disturber.done(), verdict);
    }
    return verdict;
}

Result<recording::CheckReport> check_files(const DisturbedStation& station) {
    const SystemClock clock;
    Metrics metrics;
    const app::DataFolders folders{station.data()};
    BONGSU_ASSIGN(const auto store, app::open_existing_store(folders, clock, metrics));
    return recording::check(folders.recordings().string(), store->segments(), {});
}

std::string seconds_text(const std::vector<double>& values) {
    return values.empty() ? "-"
                          : fmt::format(
                                "{:.1f} / {:.1f} / {:.1f}",
                                eval::percentile(values, 0.5),
                                eval::percentile(values, 0.95),
                                std::ranges::max(values)
                            );
}

eval::EvalReport report_of(const Verdict& verdict, const recording::CheckReport& check) {
    eval::EvalReport report;
    eval::ReportTable table{
        .head =
            {"what",
             "rounds",
             "recovered",
             "unreported",
             "rows lost",
             "lost before, s p50 / p95 / max",
             "back after, s p50 / p95 / max"},
        .rows = {}
    };
    std::size_t rounds = 0;
    std::size_t unrecovered = 0;
    double lost = static_cast<double>(verdict.foreign + verdict.unexplained + verdict.unread) +
                  static_cast<double>(check.missing + check.altered + check.chains_broken);
    for (const auto& [name, kind] : verdict.kinds) {
        table.rows.push_back(
            {name,
             std::to_string(kind.rounds),
             std::to_string(kind.recovered),
             std::to_string(kind.unreported),
             std::to_string(kind.rows_lost),
             seconds_text(kind.lost_before_s),
             seconds_text(kind.back_after_s)}
        );
        rounds += kind.rounds;
        unrecovered += kind.rounds - kind.recovered;
        lost += static_cast<double>(kind.rows_lost);
        eval::Measurements& out = report.measurements;
        if (!kind.back_after_s.empty()) {
            out.add("kill." + name + ".lost_before_max_s", std::ranges::max(kind.lost_before_s));
            out.add("kill." + name + ".back_p95_s", eval::percentile(kind.back_after_s, 0.95));
        }
        out.add("kill." + name + ".rounds", static_cast<double>(kind.rounds));
        out.add("kill." + name + ".unreported", static_cast<double>(kind.unreported));
    }
    report.measurements.add("kill.rounds", static_cast<double>(rounds));
    report.measurements.add("kill.unrecovered", static_cast<double>(unrecovered));
    report.measurements.add("kill.lost", lost);
    report.measurements.add("kill.pictures", static_cast<double>(verdict.pictures));
    eval::ReportSection section{
        .title = "Nothing lost",
        .notes =
            {fmt::format(
                 "{} recorded pictures were compared with what the cameras sent: {} foreign, {} "
                 "missing without a cause, {} segments unreadable.",
                 verdict.pictures,
                 verdict.foreign,
                 verdict.unexplained,
                 verdict.unread
             ),
             "Index, files and hash chains afterwards: " + check.to_text()},
        .tables = {table},
        .plots = {},
        .strips = {}
    };
    section.notes.insert(section.notes.end(), verdict.problems.begin(), verdict.problems.end());
    report.sections.push_back(std::move(section));
    return report;
}

void print(const eval::EvalReport& report) {
    for (const eval::ReportSection& section : report.sections) {
        for (const std::string& note : section.notes) {
            std::printf("%s\n", note.c_str());
        }
        for (const eval::ReportTable& table : section.tables) {
            std::printf("%s\n", fmt::format("{}", fmt::join(table.head, " | ")).c_str());
            for (const auto& row : table.rows) {
                std::printf("%s\n", fmt::format("{}", fmt::join(row, " | ")).c_str());
            }
        }
    }
}

Status run(const Arguments& arguments) {
    log::configure(log::Level::Error, log::Format::Text);
    const SystemClock clock;
    BONGSU_ASSIGN(const app::TemporaryFolder folder, app::TemporaryFolder::create("bongsu-kill-"));
    BONGSU_ASSIGN(auto list, camsim::load_camera_list(demo_cameras().string()));
    if (static_cast<int>(list.size()) > arguments.cameras) {
        list.resize(static_cast<std::size_t>(arguments.cameras));
    }
    camsim::CamsimOptions options;
    options.port = 0;
    options.cameras = arguments.cameras;
    BONGSU_ASSIGN(const auto cameras, camsim::CameraSimulator::create(options, list, clock));
    BONGSU_TRY(cameras->start());
    const std::filesystem::path data = folder.path() / "data";
    const std::filesystem::path config = folder.path() / "city.yaml";
    const std::uint16_t port = free_port();
    BONGSU_TRY(write_config(config, data, port, *cameras));
    BONGSU_ASSIGN(DisturbedStation station, DisturbedStation::prepare(config, data, port));
    Disturber disturber(station, *cameras, arguments.seed);
    BONGSU_TRY(disturber.begin());
    BONGSU_TRY(disturb(disturber, arguments));
    const std::map<CameraId, std::int64_t> sent = disturber.sent();
    station.end();
    BONGSU_ASSIGN(const Verdict verdict, judge_all(*cameras, station, disturber, sent));
    BONGSU_ASSIGN(const recording::CheckReport check, check_files(station));
    const eval::EvalReport report = report_of(verdict, check);
    print(report);
    if (!arguments.html.empty()) {
        BONGSU_TRY(eval::write_html(report, arguments.html));
    }
    return bench::report(report.measurements, arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    bongsu::bench::Arguments arguments;
    CLI::App app{"What a station loses when it is killed, its disk fails, or its clock jumps"};
    app.add_option("--json", arguments.json, "File for the figures");
    app.add_option("--html", arguments.html, "Folder for the report");
    app.add_option("--kills", arguments.kills, "kill -9 at random moments");
    app.add_option("--disk-faults", arguments.disk_faults, "Disk faults, the kinds in turn");
    app.add_option("--freezes", arguments.freezes, "SIGSTOP for 30 s");
    app.add_option("--clock-steps", arguments.clock_steps, "Jumps of the wall clock");
    app.add_option("--cameras", arguments.cameras, "Cameras that are recorded");
    app.add_option("--seed", arguments.seed, "Of the random moments");
    CLI11_PARSE(app, argc, argv);
    return bongsu::bench::exit_code(bongsu::bench::run(arguments));
}
