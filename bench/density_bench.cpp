// links: app pipeline media_testing media vision behaviours eval net core
// output: measurements
// CPU time per camera and hour of a whole node (`bongsu serve`: receiving, triage, detection,
// tracking, rules) and of the program `motion`, side by side on the same RTSP streams, in the same
// seconds. Only CPU time is compared, never wall time, so that other work on the machine disturbs
// both alike. The films are made once, below BONGSU_CACHE/density. Arrangement and figures:
// docs/design/density.md.
#include "core/log.hpp"
#include "density/films.hpp"
#include "density/recall.hpp"
#include "density/report.hpp"
#include "density/round.hpp"
#include "program/ending.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace bongsu::bench {
namespace {

struct Arguments {
    std::string json;
    std::string html;
    std::vector<std::string> only;
    double share = 1;
    int events = 300;
    RoundOptions round;
};

void scale(Round& round, double share) {
    for (int* count : {&round.quiet, &round.busy, &round.motions}) {
        *count = static_cast<int>(std::ceil(share * *count));
    }
}

Status run(Arguments arguments) {
    BONGSU_ASSIGN(const std::filesystem::path films, make_films());
    arguments.round.films = films;
    const auto is_wanted = [&](const std::string& name) {
        return arguments.only.empty() ||
               std::ranges::find(arguments.only, name) != arguments.only.end();
    };
    std::vector<RoundFigures> figures;
    for (Round round : all_rounds()) {
        scale(round, arguments.share);
        if (!is_wanted(round.name)) {
            continue;
        }
        std::fprintf(stderr, "==> %s\n", round.name.c_str());
        BONGSU_ASSIGN(RoundFigures measured, run_round(round, arguments.round));
        figures.push_back(std::move(measured));
    }
    eval::Measurements out = measurements_of(figures);
    std::optional<RecallFigures> recall;
    if (is_wanted("recall")) {
        std::fprintf(stderr, "==> recall\n");
        BONGSU_ASSIGN(recall, measure_recall(films, arguments.events));
        add_recall(*recall, out);
    }
    std::printf("%s\n", table_of(figures).c_str());
    if (!arguments.html.empty()) {
        BONGSU_TRY(page_of(figures, recall).write(arguments.html));
    }
    return report(out, arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    using namespace bongsu;
    log::configure(log::Level::Error, log::Format::Text);
    bench::Arguments arguments;
    CLI::App app("Measures how many cameras one processor core watches");
    app.add_option("--json", arguments.json, "Write the figures as one flat JSON object");
    app.add_option("--html", arguments.html, "Write a report for people into this file");
    app.add_option("--only", arguments.only, "Rounds such as 360p.quiet, 720p.active, recall")
        ->delimiter(',');
    bench::add_run_options(app, arguments.round);
    app.add_option("--share", arguments.share, "Of the cameras, for slow machines")
        ->check(CLI::Range(0.01, 100.0));
    app.add_option("--events", arguments.events, "Made for recall")->check(CLI::Range(1, 100'000));
    app.add_flag("--no-motion", arguments.round.is_alone, "Without the comparison");
    CLI11_PARSE(app, argc, argv);
    return bench::exit_code(bench::run(std::move(arguments)));
}
