// links: app behaviours eval net core
// output: measurements
// What recognition costs: a whole node (`bongsu serve`, neither recording nor console) on simulated
// cameras over RTSP in real time, with every rule on and with intrusion only, on a street where
// people walk all the time and on an empty one; then each rule beside intrusion alone. CPU time of
// all its threads, per camera. Arrangement and figures: docs/design/eval.md.
#include "core/log.hpp"
#include "density/films.hpp"
#include "program/ending.hpp"
#include "recognition/rounds.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace bongsu::bench {
namespace {

/// Active cameras are followed at once; quiet ones settle as long as a NodeRun has by itself.
constexpr int kActiveWarmUp = 20;

struct Arguments {
    std::string json;
    std::vector<std::string> only;
    std::vector<std::string> films;
    int active = 4;
    int quiet = 30;
    RuleRoundOptions round;

    Arguments() { round.warm_up = kActiveWarmUp; }
};

std::vector<RuleRound> rounds_of(const Arguments& arguments, const std::filesystem::path& folder) {
    const auto copies = [&](const char* film, int count) {
        return std::vector<std::string>(static_cast<std::size_t>(count), (folder / film).string());
    };
    const auto active =
        arguments.films.empty() ? copies("busy-360.mp4", arguments.active) : arguments.films;
    const auto quiet = copies("quiet-360.mp4", arguments.quiet);
    std::vector<RuleRound> rounds{
        {"active.all", active, every_kind()},
        {"active.intrusion", active, {"intrusion"}},
        {"quiet.all", quiet, every_kind()},
        {"quiet.intrusion", quiet, {"intrusion"}},
    };
    for (const RulePart& part : rule_parts()) {
        std::vector<std::string> kinds{"intrusion"};
        kinds.insert(kinds.end(), part.kinds.begin(), part.kinds.end());
        rounds.push_back({"part." + part.name, active, kinds});
        rounds.push_back({"quiet_part." + part.name, quiet, std::move(kinds)});
    }
    return rounds;
}

std::string describe(const std::string& name, const RuleCost& cost) {
    std::string looks;
    for (const auto& [look, rate] : cost.second_looks) {
        looks += fmt::format(" {} {:.2f}", look, rate);
    }
    return fmt::format(
        "{:<18} {:>7.4f} {:>7.4f}   {:.4f} {:.4f} {:.4f} {:.4f}  {:>5.0f} %  {:>4.0f}  {}",
        name,
        cost.median(),
        cost.p95(),
        cost.stages[0],
        cost.stages[1],
        cost.stages[2],
        cost.stages[3],
        100 * cost.followed,
        cost.left_out,
        looks
    );
}

using Costs = std::map<std::string, RuleCost>;

eval::Measurements measurements_of(const Costs& costs) {
    eval::Measurements out;
    for (const std::string scene : {"active", "quiet"}) {
        const auto all = costs.find(scene + ".all");
        const auto least = costs.find(scene + ".intrusion");
        const std::string name = "recognition." + scene + "_camera_core_share";
        if (all != costs.end()) {
            out.add(name, all->second.median());
            out.add(name + "_p95", all->second.p95());
        }
        if (least != costs.end()) {
            out.add(name + "_intrusion_only", least->second.median());
        }
        if (all != costs.end() && least != costs.end()) {
            out.add(name + "_added", all->second.median() - least->second.median());
        }
    }
    const auto least = costs.find("active.intrusion");
    const std::string word = "part.";
    for (const auto& [name, cost] : costs) {
        if (least != costs.end() && name.starts_with(word)) {
            const std::string part = eval::as_name_part(name.substr(word.size()));
            out.add(
                "recognition.cost." + part + ".core_share", cost.median() - least->second.median()
            );
        }
    }
    return out;
}

/// Each rule on a quiet camera takes long and is wanted only when quiet cameras cost too much.
bool is_wanted(const Arguments& arguments, const std::string& name) {
    const auto begins_name = [&](const std::string& wanted) { return name.starts_with(wanted); };
    return arguments.only.empty() ? !name.starts_with("quiet_part.")
                                  : std::ranges::any_of(arguments.only, begins_name);
}

Status run(Arguments arguments) {
    BONGSU_ASSIGN(const std::filesystem::path films, make_films());
    arguments.round.scratch =
        std::filesystem::temp_directory_path() / fmt::format("recognition_{}", getpid());
    std::printf(
        "%-18s %7s %7s   %s\n",
        "round",
        "median",
        "p95",
        "gate   decode detect follow (cores per camera), followed, left out, second looks a second"
    );
    Costs costs;
    for (const RuleRound& round : rounds_of(arguments, films)) {
        if (!is_wanted(arguments, round.name)) {
            continue;
        }
        RuleRoundOptions options = arguments.round;
        options.warm_up = round.name.starts_with("quiet") ? NodeRun{}.warm_up : options.warm_up;
        BONGSU_ASSIGN(RuleCost cost, run_round(round, options));
        std::printf("%s\n", describe(round.name, cost).c_str());
        std::fflush(stdout);
        costs.emplace(round.name, std::move(cost));
    }
    std::error_code ignored;
    std::filesystem::remove_all(arguments.round.scratch, ignored);
    return report(measurements_of(costs), arguments.json);
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    using namespace bongsu;
    log::configure(log::Level::Error, log::Format::Text);
    bench::Arguments arguments;
    CLI::App app("Measures what recognition costs an active and a quiet camera");
    app.add_option("--json", arguments.json, "Write the figures as one flat JSON object");
    app.add_option(
           "--only",
           arguments.only,
           "Rounds by the beginning of their names, such as part, quiet_part.fire"
    )
        ->delimiter(',');
    app.add_option("--film", arguments.films, "Active cameras show these, one each")
        ->check(CLI::ExistingFile);
    app.add_option("--active", arguments.active, "Cameras with people")->check(CLI::Range(1, 64));
    app.add_option("--quiet", arguments.quiet, "Cameras without")->check(CLI::Range(1, 256));
    bench::add_run_options(app, arguments.round);
    CLI11_PARSE(app, argc, argv);
    return bench::exit_code(bench::run(std::move(arguments)));
}
