// Things that are left behind in an empty street and in one where others pass: painted into the
// pedestrian film, then watched as any camera.
#include "eval/intervals.hpp"
#include "eval/recognition/figures.hpp"
#include "eval/suite.hpp"
#include "eval/things/thing_score.hpp"
#include "vision/model_store.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr double kHour = 3600;
constexpr const char* kPrefix = "things.abandoned.";

struct ScoredFilm {
    const RecognitionFilm* film = nullptr;
    ThingScore score;
};

double recall_of(std::span<const ScoredFilm> left) {
    const auto found = std::ranges::count_if(left, [](const ScoredFilm& each) {
        return each.score.delay.has_value();
    });
    return static_cast<double>(found) / static_cast<double>(std::max<std::size_t>(1, left.size()));
}

/// Nothing when no thing is left behind in films of this source; an empty source means all.
void add_recall(
    std::span<const ScoredFilm> all,
    const std::string& source,
    Measurements& out,
    ReportTable& table
) {
    std::vector<ScoredFilm> left;
    std::vector<std::string> groups;
    std::ranges::copy_if(all, std::back_inserter(left), [&](const ScoredFilm& each) {
        return each.score.is_left && (source.empty() || each.film->source == source);
    });
    if (left.empty()) {
        return;
    }
    std::ranges::transform(left, std::back_inserter(groups), [](const ScoredFilm& each) {
        return each.film->group;
    });
    const Interval interval = interval_by_group(groups, [&](std::span<const std::size_t> items) {
        std::vector<ScoredFilm> drawn;
        std::ranges::transform(items, std::back_inserter(drawn), [&](std::size_t item) {
            return left[item];
        });
        return std::optional(recall_of(drawn));
    });
    const std::string name = std::string(kPrefix) + (source.empty() ? "" : source + ".") + "recall";
    out.add(name, recall_of(left));
    add_interval(out, name, interval);
    const double found = recall_of(left) * static_cast<double>(left.size());
    table.rows.push_back(
        {source.empty() ? "all" : source,
         fmt::format("{:.0f} of {}", found, left.size()),
         fmt::format("{:.2f} to {:.2f}", interval.low, interval.high)}
    );
}

void add_alarms(std::span<const ScoredFilm> all, Measurements& out, ReportSection& section) {
    std::vector<double> delays;
    int early = 0;
    int wrong = 0;
    double seconds = 0;
    for (const ScoredFilm& each : all) {
        early += each.score.early_alarms;
        wrong += each.score.false_alarms;
        seconds += each.score.seconds_without;
        if (each.score.delay) {
            delays.push_back(*each.score.delay);
        }
    }
    const double hours = std::max(1.0, seconds) / kHour;
    const Interval interval = poisson_interval(early + wrong);
    const std::string rate = std::string(kPrefix) + "false_alarms_per_hour";
    out.add(std::string(kPrefix) + "early_alarms", early);
    out.add(std::string(kPrefix) + "false_alarms", wrong);
    out.add(rate, (early + wrong) / hours);
    add_interval(out, rate, {.low = interval.low / hours, .high = interval.high / hours});
    out.add(std::string(kPrefix) + "delay_p50", percentile(delays, 0.5));
    out.add("things.films", static_cast<double>(all.size()));
    section.notes.push_back(fmt::format(
        "{} alarms before the owner had left, {} for anything else, in {:.1f} minutes in which "
        "nothing was left behind. Median delay {:.1f} s.",
        early,
        wrong,
        seconds / 60,
        percentile(delays, 0.5)
    ));
}

ReportTable film_table(std::span<const ScoredFilm> all) {
    ReportTable table{
        .head = {"film", "thing", "owner gone, s", "alarm after, s", "early", "false"}, .rows = {}
    };
    for (const ScoredFilm& each : all) {
        const double* gone = each.film->mark("owner_gone_s");
        const std::optional<double>& delay = each.score.delay;
        table.rows.push_back(
            {each.film->name,
             each.film->label,
             fmt::format("{:.1f}", gone == nullptr ? 0 : *gone),
             delay ? fmt::format("{:.1f}", *delay) : "none",
             std::to_string(each.score.early_alarms),
             std::to_string(each.score.false_alarms)}
        );
    }
    return table;
}

}  // namespace

SuiteResult run_things(SuiteContext& context) {
    const EvalOptions& options = context.options;
    if (!std::filesystem::exists(options.things_tool) || !std::filesystem::exists(options.vtest)) {
        return fmt::format(
            "{} or {} is not here; run in the work tree, after ./dev setup",
            options.things_tool.string(),
            options.vtest.string()
        );
    }
    BONGSU_ASSIGN(
        const auto films,
        make_films({.tool = options.things_tool, .data = options.data, .only = {}})
    );
    ProgressMeter meter(context, "films", static_cast<int>(films.size()));
    BONGSU_ASSIGN(
        const Screening screening,
        screen(
            films,
            {
                .models = options.models.empty() ? vision::default_models_folder() : options.models,
                .cameras = options.cameras,
                .is_replay = true,
                .on_film = [&](const RecognitionFilm&) { meter.step(); },
            }
        )
    );
    std::vector<ScoredFilm> scored;
    for (std::size_t i = 0; i < films.size(); ++i) {
        scored.push_back({&films[i], score_things(films[i], screening.films[i])});
    }
    ReportSection section{
        .title = "Things left behind",
        .notes =
            {"Painted (synthetic) into one street, so the stories are not independent: somebody "
             "stops, puts a thing down and leaves it, or takes it along. An alarm counts until "
             "12 s after he is 1.5 body heights away. Replayed from the files."},
        .tables = {{.head = {"street", "found", "95 %"}, .rows = {}}}
    };
    for (const char* source : {"alone", "crowd", ""}) {
        add_recall(scored, source, context.report.measurements, section.tables.front());
    }
    add_alarms(scored, context.report.measurements, section);
    section.tables.push_back(film_table(scored));
    const Watched watched{.films = films, .screening = screening};
    BONGSU_TRY(add_strips(watched, context, section));
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
