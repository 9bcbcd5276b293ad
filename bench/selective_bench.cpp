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
    std::string program;
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

Status run(const Arguments& arguments) {
    std::fprintf(stderr, "==> films\n");
    BONGSU_ASSIGN(const std::filesystem::path list, make_films(films_command(arguments)));
    BONGSU_ASSIGN(const std::vector<LabelledFilm> films, read_films(list));
    WatchOptions options;
    options.program = arguments.program.empty() ? programs_folder() / "bongsu"
                                                : std::filesystem::path(arguments.program);
    options.scratch = list.parent_path() / "run";
    options.seconds = arguments.minutes * 60;
    options.tiles = arguments.tiles;
    std::fprintf(stderr, "==> %zu cameras for %.1f minutes\n", films.size(), arguments.minutes);
    BONGSU_ASSIGN(const WatchedRun run, watch(films, options));
    Findings findings{.films = {}, .tiers = {}, .counters = run.counters, .tiles = arguments.tiles};
    std::vector<LabelledFilm> scored;
    for (const LabelledFilm& film : films) {
        const WatchedCamera& watched = run.cameras.at(film.camera);
        findings.films.push_back(judge(film, watched));
        if (watched.is_out_of_step()) {
            return fail(
                ErrorKind::Unavailable,
                "camera " + film.camera +
                    " was connected more than once, so its times cannot be compared"
            );
        }
        if (film.is_empty_between) {
            scored.push_back(film);
        }
    }
    if (arguments.has_tiers) {
        std::fprintf(stderr, "==> tiers\n");
        BONGSU_ASSIGN(findings.tiers, score_tiers(scored));
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
    app.add_option(
        "--program", arguments.program, "Another bongsu than the one built beside this program"
    );
    app.add_flag("!--no-tiers", arguments.has_tiers, "Without the tiers' own curves");
    CLI11_PARSE(app, argc, argv);
    if (hours > 0) {
        arguments.minutes = hours * 60;
    }
    return bench::exit_code(bench::run(arguments));
}
