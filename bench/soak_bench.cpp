// links: app camsim eval recording fleet identity audit store media net core
// output: measurements
// Whether a station stays as it is for hours: the real program records and watches simulated
// cameras, some of which fail again and again, deletes old recordings all the time and serves
// people, and is looked at every ten seconds. Memory, handles and delays must not grow: the exit
// code says so. Figures and goals: docs/ref/measurements.md; docs/design/soak.md.
#include "app/temporary_folder.hpp"
#include "camsim/faults.hpp"
#include "camsim/simulator.hpp"
#include "console/waiting.hpp"
#include "core/json.hpp"
#include "core/log.hpp"
#include "media/container/container_reader.hpp"
#include "program/ending.hpp"
#include "program/places.hpp"
#include "soak/office.hpp"
#include "soak/page.hpp"
#include "soak/visitors.hpp"
#include "station/station_process.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bongsu::bench {
namespace {

using std::chrono::seconds;

constexpr seconds kLookEvery{10};

struct Arguments {
    std::string json;
    std::string html;
    double hours = 0.5;
    int cameras = 16;
    double megabytes = 150;  ///< of recordings of each organisation
    Bounds bounds;
};

/// Every other camera is well; the others have one of these for ever.
Result<std::vector<camsim::CameraEntry>> cameras_with_faults(int count) {
    const std::array<Value::Map, 4> kinds{
        Value::Map{{"reset_after", "45s"}},
        Value::Map{{"stall_every", "40s"}, {"stall_for", "8s"}},
        Value::Map{{"garbage_every", "20s"}},
        Value::Map{{"hang_after", "60s"}}
    };
    BONGSU_ASSIGN(auto list, camsim::load_camera_list(demo_cameras().string()));
    const auto wanted = static_cast<std::size_t>(count);
    list = wanted > list.size() ? camsim::repeat_cameras(list, wanted) : list;
    list.resize(wanted);
    for (std::size_t i = 1; i < list.size(); i += 2) {
        BONGSU_ASSIGN(
            list[i].faults, camsim::parse_faults(kinds.at(i / 2 % kinds.size()), "faults")
        );
    }
    return list;
}

struct Ports {
    std::uint16_t monitor = free_port();
    std::uint16_t console = free_port();
};

Status write_config(
    const std::filesystem::path& folder,
    const camsim::CameraSimulator& simulator,
    const Arguments& arguments,
    const Ports& ports
) {
    Value::List cameras;
    for (const camsim::CameraEntry& entry : simulator.cameras()) {
        cameras.push_back(camsim::watch_config(entry, simulator.base_url(true)));
    }
    const Value::Map document{
        {"data", (folder / "data").string()},
        {"monitor_port", static_cast<int>(ports.monitor)},
        {"log_level", "warn"},
        {"recording",
         Value::Map{
             {"segment", "10s"},
             {"retention_every", "10s"},
             {"keep_unlisted", "60s"},
             {"keep_bytes_per_organisation", arguments.megabytes * 1e6}
         }},
        {"scenelog", Value::Map{{"keep_bytes", "20MB"}}},
        {"console",
         Value::Map{
             {"tls", "off"},
             {"port", static_cast<int>(ports.console)},
             {"page", (folder / "page").string()}
         }},
        {"identity", Value::Map{{"one_time_must_change", false}}},
        {"cameras", std::move(cameras)}
    };
    std::filesystem::create_directories(folder / "page");
    std::ofstream page(folder / "page" / "index.html");
    page << "<!doctype html>";
    std::ofstream file(folder / "city.yaml");
    file << to_json(document);
    return page.flush() && file.flush()
               ? Status{}
               : Status{fail(ErrorKind::Unavailable, "cannot write below " + folder.string())};
}

/// One camera more, which plays what the first one does.
Value::Map guest_of(const camsim::CameraSimulator& simulator) {
    const Value camera =
        camsim::watch_config(simulator.cameras().front(), simulator.base_url(true));
    Value::Map form;
    for (const auto& [key, value] : *camera.as_map()) {
        if (key != "id") {
            form.emplace_back(key, value);
        }
    }
    return form;
}

/// Those without faults, and with H.264: our viewers take no other pictures.
Result<std::vector<std::string>> cameras_to_watch(const camsim::CameraSimulator& simulator) {
    std::vector<std::string> names;
    const auto& cameras = simulator.cameras();
    for (std::size_t i = 0; i < cameras.size(); i += 2) {
        BONGSU_ASSIGN(const auto film, media::ContainerReader::open(cameras[i].main));
        if (film.parameters()->codec == Codec::H264) {
            names.push_back(cameras[i].id);
        }
    }
    return names;
}

Status wait_for_pictures(const StationProcess& station, int cameras) {
    const auto all_play = [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds{200});
        return station.metric("bongsu_ingest_playing").value_or(0) >= cameras;
    };
    const Status playing = wait_until(all_play, seconds{90}, "pictures of all cameras");
    return playing ? Status{}
                   : Status{fail(playing.error().within("it said: " + station.last_words()))};
}

Result<Moment> look_at(const StationProcess& station, const Ports& ports, MonoTime begin) {
    const SystemClock clock;
    Moment moment;
    BONGSU_ASSIGN(moment.condition, condition_of(station.pid(), station.data()));
    const MonoTime asked = clock.mono();
    moment.condition.hours = to_seconds(asked - begin) / 3600;
    BONGSU_ASSIGN(const MetricValues values, read_metrics(ports.monitor));
    moment.answer_s = to_seconds(clock.mono() - asked);
    for (std::size_t i = 0; i < kOwnDelays.size(); ++i) {
        const OwnDelay& delay = kOwnDelays.at(i);
        moment.delays.at(i) = buckets_of(values, delay.metric, delay.label);
    }
    moment.playing = sum_of(values, "bongsu_ingest_playing");
    moment.incidents = sum_of(values, "bongsu_incidents_opened_total");
    moment.retired_segments = sum_of(values, "bongsu_recording_retired_segments_total");
    moment.lost_units = sum_of(values, "bongsu_recording_lost_access_units_total");
    return moment;
}

void print(const Moment& moment, const Arguments& arguments, const Tally& tally) {
    std::fprintf(
        stderr,
        "\r%.3f of %.2f h: %.0f MB, %.0f handles, %.0f threads, %.0f incidents, %.0f segments "
        "deleted, %zu failures ",
        moment.condition.hours,
        arguments.hours,
        moment.condition.resident_mb,
        moment.condition.handles,
        moment.condition.threads,
        moment.incidents,
        moment.retired_segments,
        tally.failures()
    );
}

/// What a soak works with; made before the station starts.
struct Stage {
    const Arguments& arguments;
    const camsim::CameraSimulator& simulator;
    const std::filesystem::path folder;
    const Ports ports;
    const Account chief;
};

struct Soak {
    History history;
    Tally tally;
    std::vector<double> restarts;
};

/// A station that ended is started again and counted; one that gives no answer is a failure.
Status watch(const Stage& stage, StationProcess& station, MonoTime begin, Soak& soak) {
    const SystemClock clock;
    const auto hours = [&] { return to_seconds(clock.mono() - begin) / 3600; };
    while (hours() < stage.arguments.hours) {
        std::this_thread::sleep_for(kLookEvery);
        auto moment = look_at(station, stage.ports, begin);
        if (moment) {
            print(*moment, stage.arguments, soak.tally);
            soak.history.push_back(std::move(*moment));
        } else if (moment.error().kind == ErrorKind::NotFound) {
            std::fprintf(
                stderr, "\nthe station ended; it said: %s\n", station.last_words().c_str()
            );
            soak.restarts.push_back(hours());
            BONGSU_TRY(station.start());
        } else {
            soak.tally.failed(hours(), moment.error().describe());
        }
    }
    std::fprintf(stderr, "\n");
    return {};
}

Status soak_station(const Stage& stage, Soak& soak) {
    const SystemClock clock;
    StationProcess station(stage.folder / "city.yaml", stage.folder / "data", stage.ports.monitor);
    const MonoTime begin = clock.mono();
    BONGSU_TRY(station.start());
    BONGSU_TRY(wait_for_pictures(station, stage.arguments.cameras));
    Neighbourhood place{.cameras = {}, .guest = guest_of(stage.simulator), .begin = begin};
    BONGSU_ASSIGN(place.cameras, cameras_to_watch(stage.simulator));
    Office office(fmt::format("http://127.0.0.1:{}", stage.ports.console), stage.chief);
    {
        const Visitors visitors(office, std::move(place), soak.tally);
        BONGSU_TRY(watch(stage, station, begin, soak));
    }
    station.end();
    return {};
}

void add_growth(const Growth& growth, const std::string& name, eval::Measurements& out) {
    if (growth.trend) {
        out.add(name, growth.trend->slope);
        out.add(name + ".low", growth.trend->low);
        out.add(name + ".high", growth.trend->high);
    }
}

eval::Measurements figures_of(const Stage& stage, const Soak& soak, const Judgement& judgement) {
    eval::Measurements out;
    out.add("soak.cameras", stage.arguments.cameras);
    out.add("soak.restarts", static_cast<double>(soak.restarts.size()));
    out.add("soak.failures", static_cast<double>(soak.tally.failures()));
    out.add("soak.handled_incidents", soak.tally.count("handled"));
    out.add("soak.changed_cameras", soak.tally.count("guests"));
    out.add("soak.is_flat", judgement.grows() ? 0 : 1);
    if (soak.history.empty()) {
        return out;
    }
    const Moment& last = soak.history.back();
    const Condition& first = soak.history.front().condition;
    out.add("soak.hours", last.condition.hours);
    out.add("soak.incidents", last.incidents);
    out.add("soak.deleted_segments", last.retired_segments);
    out.add("soak.lost_access_units", last.lost_units);
    out.add("soak.memory_mb.last", last.condition.resident_mb);
    out.add(
        "soak.database_kb_per_incident",
        last.incidents > 0 ? 1e3 * (last.condition.database_mb - first.database_mb) / last.incidents
                           : 0
    );
    add_growth(judgement.growths.at(0), "soak.memory_growth_mb_per_hour", out);
    add_growth(judgement.growths.at(1), "soak.handles_growth_per_hour", out);
    add_growth(judgement.growths.at(2), "soak.threads_growth_per_hour", out);
    for (const Latency& latency : judgement.latencies) {
        const std::string name =
            latency.name == "incident" ? "soak.latency_p95_s" : "soak." + latency.name + ".p95_s";
        out.add(name + ".first", latency.first_s);
        out.add(name + ".last", latency.last_s);
    }
    return out;
}

Status conclude(const Stage& stage, const Soak& soak) {
    const Judgement judgement = judge(soak.history, soak.tally, stage.arguments.bounds);
    const eval::Measurements figures = figures_of(stage, soak, judgement);
    const SoakOutcome outcome{soak.history, soak.tally, judgement, figures, soak.restarts};
    if (!stage.arguments.html.empty()) {
        BONGSU_TRY(write_page(outcome, stage.arguments.html));
    }
    BONGSU_TRY(report(figures, stage.arguments.json));
    for (const auto& [words, times] : soak.tally.failure_words()) {
        std::printf("failed %d times: %s\n", times, words.c_str());
    }
    for (const auto& row : verdict_rows(judgement)) {
        std::printf("%-14s %s\n", row[0].c_str(), row[1].c_str());
    }
    if (!soak.restarts.empty()) {
        return fail(ErrorKind::Internal, "the station ended by itself");
    }
    return judgement.grows() ? Status{fail(ErrorKind::Internal, "it grows beyond its bounds")}
                             : Status{};
}

Status run(const Arguments& arguments) {
    log::configure(log::Level::Error, log::Format::Text);
    const SystemClock clock;
    BONGSU_ASSIGN(const app::TemporaryFolder folder, app::TemporaryFolder::create("bongsu-soak-"));
    BONGSU_ASSIGN(auto list, cameras_with_faults(arguments.cameras));
    camsim::CamsimOptions options;
    options.port = 0;
    BONGSU_ASSIGN(const auto simulator, camsim::CameraSimulator::create(options, list, clock));
    BONGSU_TRY(simulator->start());
    BONGSU_ASSIGN(const std::vector<Account> accounts, prepare_accounts(folder.path() / "data"));
    const Stage stage{arguments, *simulator, folder.path(), Ports{}, accounts.back()};
    BONGSU_TRY(write_config(stage.folder, *simulator, arguments, stage.ports));
    Soak soak;
    BONGSU_TRY(soak_station(stage, soak));
    return conclude(stage, soak);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    bongsu::bench::Arguments arguments;
    CLI::App app{"Whether memory, handles and delays of a station stay as they are for hours"};
    app.add_option("--json", arguments.json, "File for the figures");
    app.add_option("--html", arguments.html, "File for the report");
    app.add_option("--hours", arguments.hours, "How long")->check(CLI::Range(0.02, 1'000.0));
    app.add_option("--cameras", arguments.cameras, "How many")->check(CLI::Range(2, 1'000));
    app.add_option("--megabytes", arguments.megabytes, "Of recordings kept of each organisation");
    app.add_option(
        "--memory-bound", arguments.bounds.memory_mb_per_hour, "Growth allowed, MB per hour"
    );
    CLI11_PARSE(app, argc, argv);
    return bongsu::bench::exit_code(bongsu::bench::run(arguments));
}
