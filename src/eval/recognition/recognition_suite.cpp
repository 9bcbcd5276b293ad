// Falls, fights, fires, things left behind: every labelled clip as the film of a camera, through
// ingest and analysis.
#include "eval/recognition/figures.hpp"
#include "eval/recognition/fold_figures.hpp"
#include "eval/suite.hpp"
#include "vision/model_store.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr const char* kConditions[] = {
    "none", "dark", "noise", "blur", "rain", "low_bitrate", "2fps", "360p", "grey"
};

Result<std::vector<std::string>> wanted_conditions(const EvalOptions& options) {
    if (options.conditions.empty()) {
        return std::vector<std::string>{"none"};
    }
    std::vector<std::string> wanted;
    for (const std::string& name : options.conditions) {
        if (name == "all") {
            return std::vector<std::string>(std::begin(kConditions), std::end(kConditions));
        }
        if (std::ranges::find(kConditions, name) == std::end(kConditions)) {
            return fail(
                ErrorKind::InvalidArgument,
                fmt::format(
                    "unknown condition '{}'; known are all, {}", name, fmt::join(kConditions, ", ")
                )
            );
        }
        wanted.push_back(name);
    }
    return wanted;
}

bool is_wanted(const EvalOptions& options, const char* set) {
    return options.only.empty() || std::ranges::find(options.only, set) != options.only.end();
}

/// Comparisons are of the sets with events unless others are named.
std::vector<std::string> sets_of(const EvalOptions& options, bool is_comparison) {
    return is_comparison && options.only.empty()
               ? std::vector<std::string>{"fight", "fall", "fire", "abandoned"}
               : options.only;
}

bool is_any_set_there(const EvalOptions& options) {
    const auto is_there = [&](const char* set) {
        return std::filesystem::exists(options.data / set / "manifest.csv");
    };
    return is_there("fight") || is_there("fall") || is_there("abandoned");
}

Result<Screening> screen_all(
    const std::vector<RecognitionFilm>& films,
    const std::string& condition,
    const SuiteContext& context
) {
    const EvalOptions& options = context.options;
    ProgressMeter meter(context, "films, " + condition, static_cast<int>(films.size()));
    return screen(
        films,
        {
            .models = options.models.empty() ? vision::default_models_folder() : options.models,
            .cameras = options.cameras,
            .is_replay = options.is_replay,
            .on_film = [&](const RecognitionFilm&) { meter.step(); },
        }
    );
}

/// The tables for people on the output, too.
void print(const ReportSection& section, const SuiteContext& context) {
    context.line("\n" + section.title);
    for (const std::string& note : section.notes) {
        context.line("  " + note);
    }
    for (const ReportTable& table : section.tables) {
        context.line("  " + fmt::format("{}", fmt::join(table.head, " | ")));
        for (const auto& row : table.rows) {
            context.line("  " + fmt::format("{}", fmt::join(row, " | ")));
        }
    }
}

Status run_condition(const std::string& condition, bool is_sample, SuiteContext& context) {
    const EvalOptions& options = context.options;
    BONGSU_ASSIGN(
        const auto films,
        make_films({
            .tool = options.film_tool,
            .data = options.data,
            .only = sets_of(options, is_sample),
            .condition = condition,
            .is_sample = is_sample,
        })
    );
    if (films.empty()) {
        return fail(ErrorKind::NotFound, "no clips of the wanted sets are in the data folder");
    }
    BONGSU_ASSIGN(const Screening screening, screen_all(films, condition, context));
    const Watched watched{
        .films = films,
        .screening = screening,
        .condition = condition,
        .is_sample = is_sample,
        .kisa_before = options.kisa_before,
        .kisa_after = options.kisa_after
    };
    ReportSection section{
        .title = condition == "none" ? "Recognition" : "Recognition: " + condition
    };
    section.notes.push_back(
        options.is_replay ? "Replayed from the files, each picture after the one before it."
                          : "Watched live over RTSP; times are when an alarm was told."
    );
    Measurements& out = context.report.measurements;
    add_run_figures(watched, out, section);
    add_fight_figures(watched, out, section);
    add_fall_figures(watched, out, section);
    add_fire_figures(watched, out, section);
    add_abandonment_figures(watched, out, section);
    add_kind_figures(watched, out, section);
    if (watched.is_plain() && is_wanted(options, "fire")) {
        BONGSU_ASSIGN(const auto left_out, add_fire_pictures(context, section));
        if (left_out) {
            section.notes.push_back("Pictures of fires were left out: " + *left_out);
        }
    }
    add_alarm_list(watched, section);
    BONGSU_TRY(add_strips(watched, context, section));
    print(section, context);
    context.report.sections.push_back(std::move(section));
    return {};
}

}  // namespace

SuiteResult run_recognition(SuiteContext& context) {
    if (!is_any_set_there(context.options)) {
        return "none of fight, fall and abandoned is in the data folder";
    }
    if (!std::filesystem::exists(context.options.film_tool)) {
        return fmt::format(
            "the tool that makes films, {}, is not here; run in the work tree",
            context.options.film_tool.string()
        );
    }
    if (recognised_kinds().empty()) {
        return "this program has none of the rules that are measured";
    }
    BONGSU_ASSIGN(const auto conditions, wanted_conditions(context.options));
    if (is_wanted(context.options, "fight") || is_wanted(context.options, "fire")) {
        BONGSU_TRY(add_fold_figures(context.options.cards, context.report.measurements));
    }
    const bool is_comparison = conditions.size() > 1;
    for (const std::string& condition : conditions) {
        BONGSU_TRY(run_condition(condition, is_comparison, context));
    }
    if (is_comparison) {
        add_condition_table(conditions, context.report);
        print(context.report.sections.back(), context);
    }
    return std::nullopt;
}

}  // namespace bongsu::eval
