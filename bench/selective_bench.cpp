// links: app identity store scenelog pipeline triage vision media_testing media eval net core
// output: measurements
// Whether watching selectively misses anything: films on which mostly nothing happens, with
// labelled events and all that makes a scene hard to watch, played as cameras in real time and
// watched by a whole node with a console and an operator's wall. Arrangement and figures:
// docs/design/selective.md.
#include "core/log.hpp"
#include "density/films.hpp"
#include "program/ending.hpp"
#include "program/places.hpp"
#include "selective/findings.hpp"

#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace bongsu::bench {
namespace {

struct Arguments {
    std::string json;
    std::string html;
    std::vector<std::string> only;
    double minutes = 5;
    int busy = 2;
    int empty = 1;
    int tiles = 9;
    bool has_tiers = true;
    bool is_watched = true;
    bool is_again = false;
    std::string scores;
    NodePrograms programs;
};

std::string films_command(const Arguments& arguments) {
    return fmt::format(
        "tools/selective/make_films --seconds {:.0f} --busy {} --empty {} --only '{}'",
        arguments.minutes * 60,
        arguments.busy,
        arguments.empty,
        fmt::join(arguments.only, ",")
    );
}

/// Watches the films and judges what was noticed. `run` must outlive the findings.
Status watch_films(
    const Arguments& arguments,
    const std::vector<LabelledFilm>& films,
    const std::filesystem::path& scratch,
    WatchedRun& run,
    Findings& findings
) {
    WatchOptions options;
    options.program = arguments.programs.program;
    options.overrides = arguments.programs.overrides;
    options.scratch = scratch;
    options.seconds = arguments.minutes * 60;
    options.tiles = arguments.tiles;
    options.is_again = arguments.is_again;
    std::fprintf(stderr, "==> %zu cameras for %.1f minutes\n", films.size(), arguments.minutes);
    BONGSU_ASSIGN(run, watch(films, options));
    findings.counters = run.counters;
    for (const LabelledFilm& film : films) {
        findings.films.push_back(judge(film, run.cameras.at(film.camera)));
    }
    return {};
}

Status run(const Arguments& arguments) {
    std::fprintf(stderr, "==> films\n");
    BONGSU_ASSIGN(const std::filesystem::path list, make_films(films_command(arguments)));
    BONGSU_ASSIGN(const std::vector<LabelledFilm> films, read_films(list));
    WatchedRun run;
    Findings findings{.films = {}, .tiers = {}, .counters = {}, .tiles = arguments.tiles};
    if (arguments.is_watched) {
        BONGSU_TRY(watch_films(arguments, films, list.parent_path() / "run", run, findings));
    }
    if (arguments.has_tiers) {
        std::fprintf(stderr, "==> tiers\n");
        BONGSU_ASSIGN(findings.tiers, score_tiers(films));
    }
    if (!arguments.scores.empty()) {
        BONGSU_TRY(write_scores(findings.tiers, arguments.scores));
    }
    std::printf("%s\n", to_text(sections_of(findings)).c_str());
    if (!arguments.html.empty()) {
        BONGSU_TRY(page_of(findings).write(arguments.html));
    }
    return report(measurements_of(findings), arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    using namespace bongsu;
    log::configure(log::Level::Error, log::Format::Text);
    bench::Arguments arguments;
    double hours = 0;
    CLI::App app("Measures what a node that watches selectively notices, and what it leaves out");
    app.add_option("--json", arguments.json, "Write the figures as one flat JSON object");
    app.add_option("--html", arguments.html, "Write the report as one HTML page");
    app.add_option("--only", arguments.only, "Conditions and clips such as night, rain, cars")
        ->delimiter(',');
    app.add_option("--minutes", arguments.minutes, "Length of each film, played in real time")
        ->check(CLI::Range(1.0, 1440.0));
    app.add_option("--hours", hours, "The same in hours")->check(CLI::Range(0.1, 24.0));
    app.add_option("--busy", arguments.busy, "Cameras with events, of each condition")
        ->check(CLI::Range(0, 20));
    app.add_option("--empty", arguments.empty, "Cameras without, of each condition")
        ->check(CLI::Range(0, 20));
    app.add_option("--tiles", arguments.tiles, "Of the operator's wall")->check(CLI::Range(1, 36));
    bench::add_program_options(app, arguments.programs);
    app.add_option("--scores", arguments.scores, "Write the tiers' scores, one window a line");
    app.add_flag("!--no-tiers", arguments.has_tiers, "Without the tiers' own curves");
    app.add_flag("--again", arguments.is_again, "Judge the last run anew, without its wall");
    app.add_flag("!--no-watch", arguments.is_watched, "Only the tiers' own curves");
    CLI11_PARSE(app, argc, argv);
    if (hours > 0) {
        arguments.minutes = hours * 60;
    }
    return bench::exit_code(bench::run(arguments));
}
