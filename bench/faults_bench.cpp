// links: eval ingest ingest_testing media_testing camsim
// output: measurements
// How long cameras stay away after each fault of docs/design/faults.md, and what is lost meanwhile:
// the real ingest against the simulator, every fault many times on cameras of its own, all at once.
#include "core/log.hpp"
#include "ingest/testing/fault_trial.hpp"
#include "program/ending.hpp"
#include "program/html_page.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

namespace bongsu::bench {
namespace {

namespace fs = std::filesystem;
using ingest::testing::CaseOutcome;
using ingest::testing::Delivery;
using ingest::testing::FaultCase;
using ingest::testing::TrialOutcome;
using ingest::testing::TrialSetup;

constexpr std::string_view kPowerCut = "power_cut";

struct Arguments {
    std::string json;
    std::string html;
    std::vector<std::string> only;
    int cameras = 3;       ///< of every fault
    int seconds = 60;      ///< of the trial of single cameras
    int power_cut = 1000;  ///< cameras whose power fails at once; 0: none
};

bool is_wanted(const Arguments& arguments, std::string_view name) {
    return arguments.only.empty() ||
           std::ranges::find(arguments.only, name) != arguments.only.end();
}

/// Pictures that were handed on and should not have been so.
std::uint64_t wrong_units(const Delivery& d) {
    return d.damaged + d.doubled + d.undecodable + d.unmarked + d.unordered;
}

void print_head() {
    std::printf(
        "%-30s %6s %9s %7s %7s %7s %8s %6s  %s\n",
        "fault",
        "count",
        "recovered",
        "median",
        "p95",
        "max",
        "sent",
        "lost",
        "wrong"
    );
}

void print_row(const CaseOutcome& outcome) {
    const Delivery& d = outcome.delivery;
    const std::uint64_t wrong = wrong_units(d);
    std::printf(
        "%-30s %6d %9zu %7.2f %7.2f %7.2f %8llu %6llu  %llu\n",
        outcome.name.c_str(),
        d.faults,
        d.recovery.size(),
        eval::percentile(d.recovery, 0.5),
        eval::percentile(d.recovery, 0.95),
        eval::percentile(d.recovery, 1.0),
        static_cast<unsigned long long>(d.sent),
        static_cast<unsigned long long>(d.lost),
        static_cast<unsigned long long>(wrong)
    );
    if (wrong > 0) {
        std::printf(
            "    damaged %llu, doubled %llu, undecodable %llu, unmarked %llu, unordered %llu\n",
            static_cast<unsigned long long>(d.damaged),
            static_cast<unsigned long long>(d.doubled),
            static_cast<unsigned long long>(d.undecodable),
            static_cast<unsigned long long>(d.unmarked),
            static_cast<unsigned long long>(d.unordered)
        );
    }
}

Result<std::vector<CaseOutcome>> try_cases(const Arguments& arguments, const fs::path& folder) {
    std::vector<FaultCase> cases;
    for (const FaultCase& fault : ingest::testing::fault_cases()) {
        if (is_wanted(arguments, fault.name)) {
            cases.push_back(fault);
        }
    }
    if (cases.empty()) {
        return std::vector<CaseOutcome>{};
    }
    TrialSetup setup;
    setup.cases = cases;
    setup.cameras_each = arguments.cameras;
    setup.length = std::chrono::seconds{arguments.seconds};
    BONGSU_ASSIGN(TrialOutcome outcome, run_trial(setup, folder));
    return std::move(outcome.cases);
}

/// The power of a thousand cameras fails and comes back.
Result<CaseOutcome> try_power_cut(const Arguments& arguments, const fs::path& folder) {
    const FaultCase outage{.name = kPowerCut, .faults = "{}", .event = "outage"};
    TrialSetup setup;
    setup.cases = std::span(&outage, 1);
    setup.cameras_each = arguments.power_cut;
    setup.simulator.max_connections = 4 * setup.cameras_each + 100;
    setup.simulator.outage_every = std::chrono::seconds{75};
    setup.simulator.outage_for = std::chrono::seconds{30};
    setup.length = std::chrono::seconds{75 + 74};
    BONGSU_ASSIGN(TrialOutcome outcome, run_trial(setup, folder));
    return std::move(outcome.cases.front());
}

eval::Measurements figures_of(const std::vector<CaseOutcome>& outcomes) {
    eval::Measurements figures;
    std::vector<double> worst;
    double wrong = 0;
    double unrecovered = 0;
    for (const CaseOutcome& outcome : outcomes) {
        const Delivery& d = outcome.delivery;
        const std::string prefix = "faults." + outcome.name + ".";
        const auto recovered = static_cast<double>(d.recovery.size());
        const double p95 = eval::percentile(d.recovery, 0.95);
        figures.add(prefix + "count", d.faults);
        figures.add(prefix + "recovered", recovered);
        figures.add(prefix + "recovery_median_s", eval::percentile(d.recovery, 0.5));
        figures.add(prefix + "recovery_p95_s", p95);
        figures.add(prefix + "recovery_max_s", eval::percentile(d.recovery, 1));
        figures.add(prefix + "lost_units", static_cast<double>(d.lost));
        wrong += static_cast<double>(wrong_units(d));
        unrecovered += d.faults - recovered;
        if (outcome.name != kPowerCut) {
            worst.push_back(p95);
        }
    }
    figures.add("faults.recovery_p95_s", eval::percentile(worst, 1));
    figures.add("faults.unrecovered", unrecovered);
    figures.add("faults.wrong_units", wrong);
    return figures;
}

/// As people read it: "half open link".
std::string label_of(const CaseOutcome& outcome) {
    std::string label = outcome.name;
    std::ranges::replace(label, '_', ' ');
    return label;
}

eval::ReportTable table_of(const std::vector<CaseOutcome>& outcomes) {
    eval::ReportTable table{
        .head =
            {"fault",
             "times",
             "recovered",
             "median s",
             "p95 s",
             "longest s",
             "sent",
             "lost",
             "wrong"},
        .rows = {}
    };
    for (const CaseOutcome& outcome : outcomes) {
        const Delivery& d = outcome.delivery;
        table.rows.push_back(
            {label_of(outcome),
             std::to_string(d.faults),
             std::to_string(d.recovery.size()),
             fmt::format("{:.2f}", eval::percentile(d.recovery, 0.5)),
             fmt::format("{:.2f}", eval::percentile(d.recovery, 0.95)),
             fmt::format("{:.2f}", eval::percentile(d.recovery, 1)),
             std::to_string(d.sent),
             std::to_string(d.lost),
             std::to_string(wrong_units(d))}
        );
    }
    return table;
}

/// The slowest fault first; the power cut of all cameras apart, as it has another goal.
HtmlPage page_of(
    std::vector<CaseOutcome> outcomes, const eval::Measurements& figures, const Arguments& arguments
) {
    HtmlPage page(
        "Recovery from camera faults",
        fmt::format(
            "Each fault that cameras are known to have, played by the simulator on {} cameras of "
            "its own for {} s, all at once. Recovery ends with the first whole picture that was "
            "sent after the fault.",
            arguments.cameras,
            arguments.seconds
        )
    );
    std::ranges::sort(outcomes, std::ranges::greater{}, [](const CaseOutcome& outcome) {
        return eval::percentile(outcome.delivery.recovery, 0.95);
    });
    std::vector<Spread> spreads;
    std::vector<Spread> power_cut;
    for (const CaseOutcome& outcome : outcomes) {
        if (outcome.name == kPowerCut) {
            power_cut.push_back({label_of(outcome), outcome.delivery.recovery});
            continue;
        }
        spreads.push_back({label_of(outcome), outcome.delivery.recovery});
    }
    page.add_note(fmt::format(
        "The worst 95th percentile of a fault of single cameras is {:.1f} s; at most 10 s are "
        "wanted. {:.0f} did not recover, {:.0f} pictures were wrong.",
        figures.values().at("faults.recovery_p95_s"),
        figures.values().at("faults.unrecovered"),
        figures.values().at("faults.wrong_units")
    ));
    page.add_spreads("Recovery, each time", "s", spreads);
    if (!power_cut.empty()) {
        page.add_spreads("All cameras lose their power (at most 60 s wanted)", "s", power_cut);
    }
    page.add_table(table_of(outcomes));
    page.add_measurements(figures);
    return page;
}

Status measure(const Arguments& arguments, const fs::path& folder) {
    BONGSU_ASSIGN(std::vector<CaseOutcome> outcomes, try_cases(arguments, folder));
    if (arguments.power_cut > 0 && is_wanted(arguments, kPowerCut)) {
        BONGSU_ASSIGN(CaseOutcome outcome, try_power_cut(arguments, folder));
        outcomes.push_back(std::move(outcome));
    }
    print_head();
    for (const CaseOutcome& outcome : outcomes) {
        print_row(outcome);
    }
    const eval::Measurements figures = figures_of(outcomes);
    if (!arguments.html.empty()) {
        BONGSU_TRY(page_of(outcomes, figures, arguments).write(arguments.html));
    }
    return report(figures, arguments.json);
}

Status run(const Arguments& arguments) {
    const fs::path folder =
        fs::temp_directory_path() / ("bongsu-faults-" + std::to_string(::getpid()));
    fs::create_directories(folder);
    const Status done = measure(arguments, folder);
    fs::remove_all(folder);
    return done;
}

}  // namespace
}  // namespace bongsu::bench

int main(int argc, char** argv) {
    using namespace bongsu;
    log::configure(log::Level::Error, log::Format::Text);
    bench::Arguments arguments;
    CLI::App app("Measures the recovery from camera faults");
    app.add_option("--json", arguments.json, "Write the figures as one flat JSON object");
    app.add_option("--html", arguments.html, "File for the report");
    app.add_option("--only", arguments.only, "Names of faults")->delimiter(',');
    app.add_option("--cameras", arguments.cameras, "Cameras of each fault")
        ->check(CLI::Range(1, 100));
    app.add_option("--seconds", arguments.seconds, "Length of the trial of single cameras")
        ->check(CLI::Range(10, 3600));
    app.add_option("--power-cut", arguments.power_cut, "Cameras whose power fails at once")
        ->check(CLI::Range(0, 4000));
    CLI11_PARSE(app, argc, argv);
    return bench::exit_code(bench::run(arguments));
}
