// links: app camsim eval recording store media net core
// output: measurements
// More cameras in use than the machine can analyse: the station, held to one core, records and
// analyses them all. Analysis must give way by gravity and starve nobody; recording and incidents
// must not give way; it must be told. Figures and goals: docs/ref/measurements.md.
#include "app/cameras_at_work.hpp"
#include "app/temporary_folder.hpp"
#include "core/log.hpp"
#include "density/films.hpp"
#include "eval/measurements.hpp"
#include "overload/watch.hpp"
#include "program/ending.hpp"
#include "program/html_page.hpp"
#include "station/recorded.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sched.h>

namespace bongsu::bench {
namespace {

using std::chrono::seconds;

struct Arguments {
    std::string json;
    std::string html;
    int cameras = 0;  ///< 0: twice those that can be analysed
    int seconds = 120;
};

/// Holds this thread, and those that it starts from now on, to one core where there are several.
void hold_to_core(unsigned core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core % std::max(1U, std::thread::hardware_concurrency()), &cores);
    sched_setaffinity(0, sizeof cores, &cores);
}

/// What the analysis may use of one core, as in analysis.budget.
constexpr double kBudget = 0.8;

Status wait_until_all_play(app::Station& station, std::size_t cameras) {
    for (int i = 0; i < 60; ++i) {
        std::this_thread::sleep_for(seconds{1});
        if (station.parts().cameras.health()->playing >= cameras) {
            return {};
        }
    }
    return fail(ErrorKind::Timeout, "waited too long for all cameras to play");
}

/// How many cameras in use want twice what the analysis may use, by what a few of them cost.
Result<int> twice_too_many(
    const std::filesystem::path& films, const std::filesystem::path& folder, const Clock& clock
) {
    constexpr int kFew = 10;
    std::fprintf(stderr, "==> measuring what %d cameras cost\n", kFew);
    hold_to_core(1);
    BONGSU_ASSIGN(Town town, Town::build(films, kFew, clock));
    BONGSU_TRY(town.start());
    hold_to_core(0);
    BONGSU_TRY(town.write_config(folder / "few.yaml", folder / "few"));
    BONGSU_ASSIGN(const app::CityConfig config, app::load_city_config(folder / "few.yaml", {}));
    BONGSU_ASSIGN(const auto station, app::Station::create(config, clock, {}));
    BONGSU_TRY(station->start());
    BONGSU_TRY(wait_until_all_play(*station, town.cameras().size()));
    std::this_thread::sleep_for(seconds{30});
    double wanted = 0;
    constexpr int kLooks = 15;
    for (int i = 0; i < kLooks; ++i) {
        std::this_thread::sleep_for(seconds{1});
        wanted += station->report().scheduler.wanted / kLooks;
    }
    station->stop();
    town.stop();
    const int fives = static_cast<int>(std::lround(2 * kBudget / (wanted / kFew) / kGravities));
    const int cameras = std::clamp(fives * kGravities, kFew, 200);
    std::fprintf(stderr, "==> a camera wants %.3f cores: %d cameras\n", wanted / kFew, cameras);
    return cameras;
}

/// A minute in which the station learns what its cameras cost, then the window.
Result<OverloadFigures> overload(
    const Town& town, const std::filesystem::path& config_file, const Arguments& arguments
) {
    const SystemClock clock;
    BONGSU_ASSIGN(const app::CityConfig config, app::load_city_config(config_file, {}));
    IncidentTimes incidents;
    app::StationObservers observers;
    observers.on_incident = [&](const incidents::IncidentUpdate& update) {
        incidents.note(update, clock.mono());
    };
    BONGSU_ASSIGN(const auto station, app::Station::create(config, clock, std::move(observers)));
    BONGSU_TRY(station->start());
    BONGSU_TRY(wait_until_all_play(*station, town.cameras().size()));
    std::fprintf(stderr, "==> all cameras play; a minute to learn what they cost\n");
    std::this_thread::sleep_for(seconds{60});
    std::fprintf(stderr, "==> measuring for %d s\n", arguments.seconds);
    const MonoTime begin = clock.mono();
    BONGSU_ASSIGN(
        OverloadFigures figures, watch_overload(*station, town, seconds{arguments.seconds})
    );
    const MonoTime end = clock.mono();
    station->stop();
    judge_walks(town, incidents, begin, end, figures);
    return figures;
}

/// All recordings against the films.
Result<Comparison> compare(const Town& town, const std::filesystem::path& data) {
    BONGSU_ASSIGN(const auto rows, read_index(data));
    Comparison all;
    for (const TownCamera& camera : town.cameras()) {
        std::vector<store::Segment> own;
        for (const auto& [path, row] : rows) {
            if (row.camera == camera.id) {
                own.push_back(row);
            }
        }
        const FilmPrints prints(town.film_of(camera));
        const RecordedStream recorded = read_recorded(data / "recordings", own, prints);
        all.add(camera.id, recorded, town.left_out(camera.id));
    }
    return all;
}

double mean(const std::vector<double>& values) {
    return values.empty() ? 0
                          : std::accumulate(values.begin(), values.end(), 0.0) /
                                static_cast<double>(values.size());
}

eval::Measurements figures_of(
    const OverloadFigures& figures, const Comparison& recorded, const Arguments& arguments
) {
    eval::Measurements out;
    out.add("overload.cameras", arguments.cameras);
    out.add("overload.demand", figures.demand);
    out.add("overload.lost_access_units", static_cast<double>(recorded.lost));
    out.add("overload.never_sent", static_cast<double>(recorded.never_sent));
    out.add("overload.compared_pictures", static_cast<double>(recorded.pictures));
    out.add("overload.events", static_cast<double>(figures.walks));
    out.add("overload.incidents", static_cast<double>(figures.delays_s.size()));
    out.add("overload.incident_p50_s", eval::percentile(figures.delays_s, 0.5));
    out.add("overload.incident_p95_s", eval::percentile(figures.delays_s, 0.95));
    for (std::size_t i = 0; i < figures.gravities.size(); ++i) {
        const GravityFigures& one = figures.gravities[i];
        const std::string prefix = fmt::format("overload.g{}.", i + 1);
        out.add(prefix + "looks_per_s", mean(one.looks_per_s));
        out.add(
            prefix + "least_looks_per_s",
            one.looks_per_s.empty() ? 0 : std::ranges::min(one.looks_per_s)
        );
        out.add(prefix + "share", one.share);
    }
    out.add("overload.longest_unwatched_s", figures.longest_unwatched_s);
    out.add("overload.analysis_drops", figures.analysis_drops);
    out.add("overload.was_said", figures.was_said ? 1 : 0);
    return out;
}

HtmlPage page_of(const eval::Measurements& all, const OverloadFigures& figures) {
    const auto value = [&](const char* name) { return all.values().at(name); };
    HtmlPage page(
        "More cameras than can be analysed",
        fmt::format(
            "{:.0f} cameras with people in view all the time, recorded and analysed by a station "
            "on one core, which wanted {:.1f} times the processor that it might use.",
            value("overload.cameras"),
            figures.demand
        )
    );
    std::vector<Bar> rates;
    std::vector<Spread> spreads;
    for (std::size_t i = figures.gravities.size(); i > 0; --i) {
        const GravityFigures& one = figures.gravities[i - 1];
        const std::string label = fmt::format("gravity {}", i);
        rates.push_back(
            {label,
             mean(one.looks_per_s),
             std::nullopt,
             fmt::format("{:.2f} a second, {:.0f} %", mean(one.looks_per_s), 100 * one.share)}
        );
        spreads.push_back({label, one.looks_per_s});
    }
    page.add_bars("Looks of the detector, by the gravity of the camera's rule", "1/s", rates);
    page.add_spreads("The same of every camera", "1/s", spreads);
    const Spread delays{"all gravities", figures.delays_s};
    page.add_spreads(
        "From the first picture with people to the stored incident", "s", std::span(&delays, 1)
    );
    page.add_note(fmt::format(
        "{:.0f} recorded pictures were looked up in the films: {:.0f} lost. {:.0f} of {:.0f} "
        "walks opened an incident. No camera went longer than {:.0f} s without a look at its whole "
        "picture.",
        value("overload.compared_pictures"),
        value("overload.lost_access_units"),
        value("overload.incidents"),
        value("overload.events"),
        figures.longest_unwatched_s
    ));
    page.add_measurements(all);
    return page;
}

Status run(Arguments arguments) {
    log::configure(log::Level::Error, log::Format::Text);
    const SystemClock clock;
    BONGSU_ASSIGN(const std::filesystem::path film, make_films("tools/overload/make_film"));
    BONGSU_ASSIGN(
        const app::TemporaryFolder folder, app::TemporaryFolder::create("bongsu-overload-")
    );
    const std::filesystem::path films = film.parent_path();
    if (arguments.cameras == 0) {
        BONGSU_ASSIGN(arguments.cameras, twice_too_many(films, folder.path(), clock));
    }
    hold_to_core(1);
    BONGSU_ASSIGN(Town town, Town::build(films, arguments.cameras, clock));
    BONGSU_TRY(town.start());
    hold_to_core(0);
    const std::filesystem::path config = folder.path() / "city.yaml";
    const std::filesystem::path data = folder.path() / "data";
    BONGSU_TRY(town.write_config(config, data));
    BONGSU_ASSIGN(const OverloadFigures figures, overload(town, config, arguments));
    town.stop();
    std::fprintf(stderr, "==> comparing what was recorded with what was sent\n");
    BONGSU_ASSIGN(const Comparison recorded, compare(town, data));
    const eval::Measurements all = figures_of(figures, recorded, arguments);
    if (!arguments.html.empty()) {
        BONGSU_TRY(page_of(all, figures).write(arguments.html));
    }
    return report(all, arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    bongsu::bench::Arguments arguments;
    CLI::App app{"What gives way when there are more cameras than can be analysed"};
    app.add_option("--json", arguments.json, "File for the figures");
    app.add_option("--html", arguments.html, "File for the report");
    app.add_option("--cameras", arguments.cameras, "Busy cameras; as many as it takes unless told")
        ->check(CLI::Range(5, 1'000));
    app.add_option("--seconds", arguments.seconds, "Length of the window")
        ->check(CLI::Range(40, 3'600));
    CLI11_PARSE(app, argc, argv);
    return bongsu::bench::exit_code(bongsu::bench::run(arguments));
}
