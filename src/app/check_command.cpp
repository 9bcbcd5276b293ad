// bongsu check and bongsu clip: what is on disk, verified, and read back.
#include "app/commands.hpp"
#include "app/storage.hpp"
#include "recording/check.hpp"
#include "recording/read_span.hpp"

#include <cstdio>
#include <memory>
#include <string>

namespace bongsu::app {
namespace {

struct CheckArguments {
    std::string data = "bongsu-data";
    std::string camera;
    bool is_quick = false;
};

struct ClipArguments {
    std::string data = "bongsu-data";
    std::string camera;
    std::string from;
    std::string to;
    std::string output;
    bool is_sub = false;
};

void show_progress(std::size_t done, std::size_t of) {
    std::fprintf(stderr, "\rchecked %zu of %zu segments", done, of);
    if (done == of) {
        std::fprintf(stderr, "\n");
    }
}

Result<int> run_check(const CheckArguments& arguments) {
    const DataFolders folders{arguments.data};
    const SystemClock clock;
    Metrics metrics;
    BONGSU_ASSIGN(const auto store, open_existing_store(folders, clock, metrics));
    recording::CheckOptions options;
    options.reads_pictures = !arguments.is_quick;
    options.progress = show_progress;
    if (!arguments.camera.empty()) {
        options.camera = CameraId{arguments.camera};
    }
    BONGSU_ASSIGN(
        const recording::CheckReport report,
        recording::check(folders.recordings().string(), store->segments(), options)
    );
    std::printf("%s", report.to_text().c_str());
    return report.exit_status();
}

Result<int> run_clip(const ClipArguments& arguments) {
    const DataFolders folders{arguments.data};
    const SystemClock clock;
    Metrics metrics;
    BONGSU_ASSIGN(const auto store, open_existing_store(folders, clock, metrics));
    recording::SpanQuery query;
    query.camera = CameraId{arguments.camera};
    query.role = arguments.is_sub ? StreamRole::Sub : StreamRole::Main;
    query.output = arguments.output;
    BONGSU_ASSIGN(query.from, parse_iso8601(arguments.from));
    BONGSU_ASSIGN(query.to, parse_iso8601(arguments.to));
    BONGSU_ASSIGN(
        const recording::SpanOutcome outcome,
        recording::read_span(folders.recordings().string(), store->segments(), query)
    );
    std::printf(
        "%s: %zu pictures, %s to %s, %.1f MB, %zu gaps\n",
        arguments.output.c_str(),
        outcome.pictures,
        to_iso8601(outcome.shown_from).c_str(),
        to_iso8601(outcome.end).c_str(),
        static_cast<double>(outcome.bytes) / 1e6,
        outcome.gaps.size()
    );
    for (const std::string& skipped : outcome.skipped) {
        std::fprintf(stderr, "skipped %s\n", skipped.c_str());
    }
    return 0;
}

}  // namespace

void add_check_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<CheckArguments>();
    CLI::App* command =
        app.add_subcommand("check", "Compare recordings with their index and verify every hash");
    command->add_option("--data", arguments->data, "Data folder of the station");
    command->add_option("--camera", arguments->camera, "Only this camera");
    command->add_flag("--quick", arguments->is_quick, "Sizes and headers only, no hashes");
    command->callback([arguments, &chosen] {
        chosen = [arguments] { return run_check(*arguments); };
    });
}

void add_clip_command(CLI::App& app, Action& chosen) {
    auto arguments = std::make_shared<ClipArguments>();
    CLI::App* command = app.add_subcommand("clip", "Write a recorded span as one MP4");
    command->add_option("--data", arguments->data, "Data folder of the station");
    command->add_option("--camera", arguments->camera, "Camera id")->required();
    command->add_option("--from", arguments->from, "2026-11-21T22:40:05Z")->required();
    command->add_option("--to", arguments->to, "2026-11-21T22:41:05Z")->required();
    command->add_option("output", arguments->output, "MP4 file to write")->required();
    command->add_flag("--sub", arguments->is_sub, "The sub stream instead of the main stream");
    command->callback([arguments, &chosen] {
        chosen = [arguments] { return run_clip(*arguments); };
    });
}

}  // namespace bongsu::app
