// bongsu eval: measures on labelled footage.
#include "annotation/picture.hpp"
#include "app/commands.hpp"
#include "core/log.hpp"
#include "eval/goals.hpp"
#include "eval/run.hpp"
#include "vision/model_store.hpp"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::app {
namespace {

constexpr int kMostCameras = 64;

struct Arguments {
    eval::EvalOptions options;
    std::string json;
    bool is_list = false;
    bool is_all = false;
};

void show_progress(const eval::Progress& progress) {
    std::fprintf(
        stderr,
        "\r%.*s %.*s: %d of %d",
        static_cast<int>(progress.suite.size()),
        progress.suite.data(),
        static_cast<int>(progress.item.size()),
        progress.item.data(),
        progress.done,
        progress.total
    );
    if (progress.seconds_left >= 0) {
        std::fprintf(stderr, ", about %.0f s left", progress.seconds_left);
    }
    std::fprintf(stderr, "   %s", progress.done == progress.total ? "\n" : "");
}

int list_suites() {
    for (const eval::SuiteInfo& suite : eval::suites()) {
        std::printf(
            "%-12.*s %.*s (needs %.*s)\n",
            static_cast<int>(suite.name.size()),
            suite.name.data(),
            static_cast<int>(suite.help.size()),
            suite.help.data(),
            static_cast<int>(suite.needs.size()),
            suite.needs.data()
        );
    }
    return 0;
}

Result<int> run(Arguments& arguments) {
    if (arguments.is_list) {
        return list_suites();
    }
    if (arguments.options.models.empty()) {
        arguments.options.models = vision::default_models_folder();
    }
    log::configure(log::Level::Warn, log::Format::Text);
    if (arguments.is_all) {
        arguments.options.suites.clear();
    }
    arguments.options.on_progress = show_progress;
    arguments.options.on_line = [](const std::string& line) { std::printf("%s\n", line.c_str()); };
    BONGSU_ASSIGN(const eval::EvalReport report, eval::run(arguments.options));
    for (const std::string& skipped : report.skipped) {
        std::printf("skipped %s\n", skipped.c_str());
    }
    std::printf("\n%s", report.measurements.to_table().c_str());
    const auto rows = arguments.is_all ? eval::GoalRows::All : eval::GoalRows::Measured;
    const eval::ReportTable reached = eval::goal_table(report.measurements, rows);
    if (!reached.rows.empty()) {
        std::printf("\n%s", eval::to_text(reached).c_str());
    }
    if (!arguments.json.empty()) {
        const std::string text = report.measurements.to_json() + "\n";
        BONGSU_TRY(annotation::write_file(arguments.json, {text.begin(), text.end()}));
    }
    if (!arguments.options.report.empty()) {
        std::printf("\nreport: %s\n", (arguments.options.report / "index.html").c_str());
    }
    return 0;
}

}  // namespace

void add_eval_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<Arguments>();
    eval::EvalOptions& options = arguments->options;
    options.labels = "tests/data/vtest_labels.csv";
    CLI::App* command = app.add_subcommand("eval", "Measure on labelled footage");
    command->add_option("--data", options.data, "Folder of labelled footage");
    command->add_option("--suite", options.suites, "Only these suites; all without it");
    command->add_option("--json", arguments->json, "Write the figures as one flat JSON object");
    command->add_option("--html", options.report, "Write a report with pictures into this folder");
    command->add_option("--models", options.models, "Folder of installed models");
    command->add_option("--labels", options.labels, "Labels of vtest.avi (CSV)");
    command->add_option(
        "--kisa-pre", options.kisa_before, "Seconds that a KISA alarm may be early"
    );
    command->add_option("--kisa-post", options.kisa_after, "Seconds that a KISA alarm may be late");
    command->add_option("--only", options.only, "recognition: only this set, such as fall");
    command->add_option(
        "--condition,--conditions", options.conditions, "recognition: degraded films, or all"
    );
    command->add_option("--jobs", options.cameras, "recognition: films played at once")
        ->check(CLI::Range(1, kMostCameras));
    command->add_flag(
        "--replay", options.is_replay, "recognition: from the files instead of over RTSP"
    );
    command->add_flag("--all", arguments->is_all, "Every suite; the same as naming none");
    command->add_flag("--list", arguments->is_list, "Say which suites there are");
    command->callback([arguments, &chosen] { chosen = [arguments] { return run(*arguments); }; });
}

}  // namespace bongsu::app
