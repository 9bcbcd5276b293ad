#include "eval/intervals.hpp"
#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"
#include "eval/roc.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr const char* kFall = "fall";
constexpr const char* kLying = "lying_no_fall";

struct Clip {
    std::string source;
    Tally tally;
    bool is_lying = false;  ///< lies down on purpose: counted apart
    bool is_eventless = false;
    bool is_raised = false;
};

struct Clips {
    std::vector<Clip> clips;
    std::vector<std::string> groups;
};

Clips gather(const Watched& watched) {
    Clips all;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const RecognitionFilm& film = watched.films[i];
        if (film.set != kFall) {
            continue;
        }
        const auto alarms = alarms_of(watched.of(i), kFall);
        all.groups.push_back(film.group);
        all.clips.push_back({
            .source = film.source,
            .tally = judge(truth_of(film, kFall), alarms, kWholeEvent),
            .is_lying = film.label == kLying,
            .is_eventless = film.label == "no_fall",
            .is_raised = !alarms.empty(),
        });
    }
    return all;
}

/// Falls and eventless clips; those who lie down on purpose are apart.
template <class Items>
Tally tally_of(const Clips& all, const Items& items) {
    Tally sum;
    for (const std::size_t i : items) {
        if (!all.clips[i].is_lying) {
            sum += all.clips[i].tally;
        }
    }
    return sum;
}

std::vector<std::string> row_of(const std::string& name, const Tally& tally) {
    return {
        name,
        std::to_string(tally.events),
        std::to_string(tally.hits),
        std::to_string(tally.false_alarms),
        fmt::format("{:.3f}", tally.precision()),
        fmt::format("{:.3f}", tally.recall()),
        fmt::format("{:.3f}", tally.f1())
    };
}

void add_figures(Measurements& out, const std::string& prefix, const Tally& tally) {
    out.add(prefix + "f1", tally.f1());
    out.add(prefix + "recall", tally.recall());
    out.add(prefix + "precision", tally.precision());
    out.add(prefix + "events", tally.events);
}

void add_shares(const Clips& all, const std::string& prefix, Measurements& out) {
    int lying = 0;
    int lying_raised = 0;
    int eventless = 0;
    int false_alarms = 0;
    for (const Clip& clip : all.clips) {
        lying += clip.is_lying ? 1 : 0;
        lying_raised += clip.is_lying && clip.is_raised ? 1 : 0;
        eventless += clip.is_eventless ? 1 : 0;
        false_alarms += clip.is_eventless ? clip.tally.false_alarms : 0;
    }
    out.add(prefix + "lying_clips", lying);
    out.add(prefix + "eventless_clips", eventless);
    if (lying > 0) {
        const Proportion rate = proportion_of(lying_raised, lying);
        out.add(prefix + "lying_false_alarm_rate", rate.share);
        add_interval(out, prefix + "lying_false_alarm_rate", {rate.low, rate.high});
    }
    if (eventless > 0) {
        out.add(prefix + "false_alarms_per_clip", static_cast<double>(false_alarms) / eventless);
    }
}

}  // namespace

void add_fall_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    const Clips all = gather(watched);
    if (all.clips.empty() || !watched.is_at_work(kFall)) {
        return;
    }
    std::vector<std::size_t> every;
    std::map<std::string, std::vector<std::size_t>> by_source;
    for (std::size_t i = 0; i < all.clips.size(); ++i) {
        every.push_back(i);
        by_source[all.clips[i].source].push_back(i);
    }
    const std::string prefix = watched.prefix() + "fall.";
    ReportTable table{
        .head = {"falls", "events", "found", "false", "precision", "recall", "F1"}, .rows = {}
    };
    for (const auto& [source, items] : by_source) {
        const Tally tally = tally_of(all, items);
        add_figures(out, prefix + as_name_part(source) + ".", tally);
        table.rows.push_back(row_of(source, tally));
    }
    const Tally sum = tally_of(all, every);
    add_figures(out, prefix, sum);
    table.rows.push_back(row_of("all", sum));
    const Interval interval = interval_by_group(all.groups, [&](auto items) {
        return std::optional(tally_of(all, items).f1());
    });
    add_interval(out, prefix + "f1", interval);
    add_shares(all, prefix, out);
    if (!sum.delays.empty()) {
        out.add(prefix + "latency_p50", percentile(sum.delays, 0.5));
        out.add(prefix + "latency_p95", percentile(sum.delays, 0.95));
        add_interval(out, prefix + "latency_p95", interval_by_group(all.groups, [&](auto items) {
                         const auto delays = tally_of(all, items).delays;
                         return delays.empty() ? std::nullopt
                                               : std::optional(percentile(delays, 0.95));
                     }));
    }
    section.notes.push_back(fmt::format(
        "Falls: an alarm hits from the event's start to 3 s after its end; latency is from lying "
        "on "
        "the floor where that is labelled, else from the start. {} subjects: the interval of F1 "
        "({:.2f} to {:.2f}) is drawn over so few that it says little.",
        count_groups(all.groups),
        interval.low,
        interval.high
    ));
    section.tables.push_back(std::move(table));
}

}  // namespace bongsu::eval
