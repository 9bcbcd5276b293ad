#include "eval/run.hpp"

#include "core/settings.hpp"
#include "eval/goals.hpp"
#include "eval/suite.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

struct Suite {
    SuiteInfo info;
    SuiteResult (*run)(SuiteContext&) = nullptr;
    bool has_own_data = false;  ///< measures something without a data folder too
};

constexpr std::array kSuites{
    Suite{
        {"mot-check", "the tracking scorer against published results", "tracking/_metric_check"},
        run_mot_check
    },
    Suite{
        {"tracking", "the tracker on given detections, full rate and thinned", "tracking"},
        run_tracking
    },
    Suite{
        {"pictures", "detector and tracker from the pictures", "tracking (with img1) and models"},
        run_pictures
    },
    Suite{
        {"detection", "the detector against labelled boxes", "detection, vtest.avi and models"},
        run_detection,
        true
    },
    Suite{
        {"zones", "zone events from the pictures", "zone_events, tracking and models"}, run_zones
    },
    Suite{
        {"recognition",
         "falls, fights, fire, things left behind: clips as cameras, over RTSP",
         "fight, fall, fire, abandoned, vehicles, tracking and models"},
        run_recognition
    },
    Suite{
        {"things", "things left behind, painted into the pedestrian film", "vtest.avi and models"},
        run_things,
        true
    },
    Suite{{"crowd", "the number of people against labelled heads", "crowd and models"}, run_crowd},
    Suite{{"flood", "water on the ground of fixed cameras", "flood"}, run_flood},
    Suite{{"rain", "streaks of drawn rain, and films without any", "any films"}, run_rain, true},
    Suite{{"kisa", "result files against ground truth of the KISA test", "kisa"}, run_kisa},
};

constexpr const char* kNoFolder =
    "no folder of labelled footage; name one with --data or BONGSU_DATA";
constexpr Duration kBetweenNotes = std::chrono::milliseconds{200};

Status check_names(const std::vector<std::string>& wanted) {
    std::vector<std::string> known;
    for (const Suite& suite : kSuites) {
        known.emplace_back(suite.info.name);
    }
    for (const std::string& name : wanted) {
        if (std::ranges::find(known, name) != known.end()) {
            continue;
        }
        const auto nearest = nearest_name(name, known);
        return fail(
            ErrorKind::InvalidArgument,
            fmt::format(
                "unknown suite '{}'; {}",
                name,
                nearest ? "did you mean '" + *nearest + "'?"
                        : fmt::format("known are {}", fmt::join(known, ", "))
            )
        );
    }
    return {};
}

bool is_wanted(const EvalOptions& options, std::string_view name) {
    return options.suites.empty() ||
           std::ranges::find(options.suites, name) != options.suites.end();
}

}  // namespace

ProgressMeter::ProgressMeter(const SuiteContext& context, std::string item, int total)
    : context_(context), item_(std::move(item)), total_(total), started_(clock_.mono()) {}

void ProgressMeter::step() {
    ++done_;
    const MonoTime now = clock_.mono();
    if (!context_.options.on_progress || (now - told_ < kBetweenNotes && done_ != total_)) {
        return;
    }
    told_ = now;
    const double each = to_seconds(now - started_) / done_;
    context_.options.on_progress({
        .suite = context_.suite,
        .item = item_,
        .done = done_,
        .total = total_,
        .seconds_left = each * (total_ - done_),
    });
}

std::vector<SuiteInfo> suites() {
    std::vector<SuiteInfo> infos;
    for (const Suite& suite : kSuites) {
        infos.push_back(suite.info);
    }
    return infos;
}

Result<EvalReport> run(const EvalOptions& options) {
    BONGSU_TRY(check_names(options.suites));
    if (!options.data.empty() && !std::filesystem::is_directory(options.data)) {
        return fail(
            ErrorKind::NotFound,
            fmt::format(
                "the data folder '{}' does not exist; name it with --data or BONGSU_DATA",
                options.data.string()
            )
        );
    }
    EvalReport report;
    for (const Suite& suite : kSuites) {
        if (!is_wanted(options, suite.info.name)) {
            continue;
        }
        SuiteContext context{.options = options, .report = report, .suite = suite.info.name};
        const bool can_run = !options.data.empty() || suite.has_own_data;
        BONGSU_ASSIGN(const auto skipped, can_run ? suite.run(context) : SuiteResult{kNoFolder});
        if (skipped) {
            report.skipped.push_back(fmt::format("{}: {}", suite.info.name, *skipped));
            context.line(fmt::format("{} left out: {}", suite.info.name, *skipped));
        }
    }
    ReportTable reached = goal_table(report.measurements, GoalRows::Measured);
    if (!reached.rows.empty()) {
        report.sections.insert(
            report.sections.begin(),
            {.title = "What is wanted and what is reached", .tables = {std::move(reached)}}
        );
    }
    if (!options.report.empty()) {
        BONGSU_TRY(write_html(report, options.report));
    }
    return report;
}

}  // namespace bongsu::eval
