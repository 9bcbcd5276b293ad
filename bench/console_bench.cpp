// links: app camsim eval fleet identity audit store net core
// output: measurements
// The console as its users meet it: the real server over loopback, with 300 consoles, an archive of
// a city's year, and live pictures of simulated cameras. Figures and goals:
// docs/ref/measurements.md. The archive (1.2 GB, some minutes) is made once, below
// BONGSU_CACHE/bench.
#include "console/sections.hpp"
#include "core/log.hpp"
#include "program/ending.hpp"
#include "program/places.hpp"

#include <algorithm>
#include <cstdio>
#include <functional>

#include <CLI/CLI.hpp>

namespace bongsu::bench {
namespace {

struct Section {
    const char* name;
    Status (*measure)(Stage&);
};

constexpr Section kSections[] = {
    {"fanout", measure_fan_out},
    {"cuts", measure_cuts},
    {"lists", measure_lists},
    {"requests", measure_requests},
    {"live", measure_live}
};

struct Arguments {
    std::string json;
    std::vector<std::string> only;
};

bool is_among(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

Status measure(const Section& section, const std::vector<std::string>& only, Stage& stage) {
    if (!only.empty() && !is_among(only, section.name)) {
        return {};
    }
    std::fprintf(stderr, "==> %s\n", section.name);
    return section.measure(stage);
}

Status run(const Arguments& arguments) {
    const std::filesystem::path folder = cache_folder() / "bench";
    eval::Measurements out;
    Stage stage{
        .archive = folder / "city", .scratch = folder / "scratch", .accounts = {}, .out = out
    };
    std::filesystem::remove_all(stage.scratch);
    std::filesystem::create_directories(stage.scratch);
    BONGSU_TRY(prepare_archive(stage.archive));
    BONGSU_ASSIGN(stage.accounts, prepare_accounts(stage.archive));
    for (const Section& section : kSections) {
        BONGSU_TRY(measure(section, arguments.only, stage));
    }
    std::filesystem::remove_all(stage.scratch);
    return report(out, arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    using namespace bongsu;
    log::configure(log::Level::Error, log::Format::Text);
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() == 2 && words[0] == "--cameras") {
        return bench::play_cameras(words[1]);
    }
    if (words.size() == 4 && words[0] == "--viewers") {
        return bench::play_viewers({words[1], words[2]}, std::stoi(words[3]));
    }
    if (words.size() == 4 && words[0] == "--consoles") {
        return bench::play_consoles({words[1], words[2]}, std::stoi(words[3]));
    }
    bench::Arguments arguments;
    CLI::App app("Measures the console");
    app.add_option("--json", arguments.json, "Write the figures as one flat JSON object");
    app.add_option("--only", arguments.only, "fanout, cuts, lists, requests, live")->delimiter(',');
    CLI11_PARSE(app, argc, argv);
    return bench::exit_code(bench::run(arguments));
}
