#include "eval/intervals.hpp"
#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"
#include "eval/roc.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr const char* kFight = "fight";

/// One clip as it is scored.
struct Clip {
    double score = 0;  ///< the verifier's highest answer
    bool is_fight = false;
    bool is_raised = false;
    int alarms = 0;
    bool is_asked = false;
};

struct Clips {
    std::vector<Clip> clips;
    std::vector<std::string> groups;
};

bool is_asked(const WatchedFilm& seen) {
    return std::ranges::find(seen.answers, kFight, &Answer::verifier) != seen.answers.end();
}

Clips gather(const Watched& watched) {
    Clips all;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const RecognitionFilm& film = watched.films[i];
        if (film.set != kFight) {
            continue;
        }
        const WatchedFilm& seen = watched.of(i);
        const auto alarms = alarms_of(seen, kFight);
        all.groups.push_back(film.group);
        all.clips.push_back({
            .score = seen.highest_answer(kFight),
            .is_fight = film.label == kFight,
            .is_raised = !alarms.empty(),
            .alarms = static_cast<int>(alarms.size()),
            .is_asked = is_asked(seen),
        });
    }
    return all;
}

std::optional<double> auc_of(const Clips& all, std::span<const std::size_t> items) {
    std::vector<ScoredCase> cases;
    for (const std::size_t i : items) {
        cases.push_back({all.clips[i].score, all.clips[i].is_fight});
    }
    const auto curve = roc_curve(cases);
    return curve.empty() ? std::nullopt : std::optional(area_below(curve));
}

/// Of the verifier alone: clips in which it was asked.
std::optional<double> auc_when_asked_of(const Clips& all, std::span<const std::size_t> items) {
    std::vector<std::size_t> asked;
    std::ranges::copy_if(items, std::back_inserter(asked), [&](std::size_t i) {
        return all.clips[i].is_asked;
    });
    return auc_of(all, asked);
}

std::optional<double> recall_of(const Clips& all, std::span<const std::size_t> items) {
    int fights = 0;
    int raised = 0;
    for (const std::size_t i : items) {
        fights += all.clips[i].is_fight ? 1 : 0;
        raised += all.clips[i].is_fight && all.clips[i].is_raised ? 1 : 0;
    }
    return fights > 0 ? std::optional(static_cast<double>(raised) / fights) : std::nullopt;
}

std::optional<double> false_alarms_of(const Clips& all, std::span<const std::size_t> items) {
    int normal = 0;
    int alarms = 0;
    for (const std::size_t i : items) {
        normal += all.clips[i].is_fight ? 0 : 1;
        alarms += all.clips[i].is_fight ? 0 : all.clips[i].alarms;
    }
    return normal > 0 ? std::optional(static_cast<double>(alarms) / normal) : std::nullopt;
}

using Figure = std::optional<double> (*)(const Clips&, std::span<const std::size_t>);

}  // namespace

void add_fight_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    const Clips all = gather(watched);
    if (all.clips.empty() || !watched.is_at_work(kFight)) {
        return;
    }
    std::vector<std::size_t> every(all.clips.size());
    int fights = 0;
    int asked = 0;
    int asked_fights = 0;
    for (std::size_t i = 0; i < every.size(); ++i) {
        every[i] = i;
        fights += all.clips[i].is_fight ? 1 : 0;
        asked += all.clips[i].is_asked ? 1 : 0;
        asked_fights += all.clips[i].is_asked && all.clips[i].is_fight ? 1 : 0;
    }
    const std::string prefix = watched.prefix() + "fight.";
    ReportTable table{.head = {"fight", "value", "95 % interval"}, .rows = {}};
    const std::pair<const char*, Figure> figures[] = {
        {"auc", auc_of},
        {"auc_when_asked", auc_when_asked_of},
        {"recall", recall_of},
        {"false_alarms_per_clip", false_alarms_of}
    };
    for (const auto& [name, figure] : figures) {
        const std::optional<double> value = figure(all, every);
        if (!value) {
            continue;
        }
        const Interval interval =
            interval_by_group(all.groups, [&](auto items) { return figure(all, items); });
        out.add(prefix + name, *value);
        add_interval(out, prefix + name, interval);
        table.rows.push_back(
            {name,
             fmt::format("{:.3f}", *value),
             fmt::format("{:.3f} to {:.3f}", interval.low, interval.high)}
        );
    }
    const int clips = static_cast<int>(every.size());
    out.add(prefix + "clips", clips);
    out.add(prefix + "fights", fights);
    out.add(prefix + "asked_ratio", static_cast<double>(asked) / clips);
    if (fights > 0) {
        out.add(prefix + "asked_fights_ratio", static_cast<double>(asked_fights) / fights);
    }
    section.notes.push_back(fmt::format(
        "Fights: {} clips of about 2 s in {} groups, {} of them fights; the verifier was asked in "
        "{} ({} of the fights). The area below the curve is of its highest answer in a clip (0 "
        "where it was not "
        "asked), the rest of raised alarms.",
        clips,
        count_groups(all.groups),
        fights,
        asked,
        asked_fights
    ));
    section.tables.push_back(std::move(table));
}

}  // namespace bongsu::eval
