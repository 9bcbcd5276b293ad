// The figures of the benchmark by their declared names.
#include "selective/findings.hpp"
#include "selective/grouping.hpp"

#include <algorithm>
#include <iterator>

namespace bongsu::bench {
namespace {

void add_recall(const std::string& prefix, const Group& group, eval::Measurements& out) {
    const eval::Proportion recall = group.recall();
    out.add(prefix + "events", static_cast<double>(group.events));
    out.add(prefix + "recall", recall.share);
    out.add(prefix + "recall_low", recall.low);
    out.add(prefix + "delay.p50_s", eval::percentile(group.delays, 0.5));
    out.add(prefix + "delay.p95_s", eval::percentile(group.delays, 0.95));
}

double share(double part, double whole) {
    return whole > 0 ? part / whole : 0;
}

void add_quiet(const Group& all, eval::Measurements& out) {
    const QuietTime& quiet = all.quiet;
    out.add("selective.quiet_hours", quiet.all / 3600);
    out.add("selective.false_wakes_per_camera_hour", all.false_wakes_per_hour());
    out.add("selective.quiet_time_shown_ratio", share(quiet.called, quiet.all));
    out.add("selective.quiet_time_in_turn_ratio", share(quiet.in_turn, quiet.all));
    out.add("selective.quiet_time_followed_ratio", share(quiet.followed, quiet.all));
    out.add("selective.calm_time_followed_ratio", share(quiet.calm_followed, quiet.calm));
}

void add_ledger(const std::vector<FilmVerdict>& films, eval::Measurements& out) {
    LedgerVerdict all;
    double apart = 0;
    for (const FilmVerdict& film : films) {
        all.claimed = std::max(all.claimed, film.ledger.claimed);
        all.found = std::max(all.found, film.ledger.found);
        all.missed_in_gaps += film.ledger.missed_in_gaps;
        apart = std::max(apart, film.ledger.found - film.ledger.claimed);
    }
    out.add("selective.ledger.longest_unwatched_s", all.claimed);
    out.add("selective.ledger.longest_found_s", all.found);
    out.add("selective.ledger.understated_s", std::max(0.0, apart));
    out.add("selective.ledger.missed_between_looks", static_cast<double>(all.missed_in_gaps));
}

void add_detector(const Findings& findings, eval::Measurements& out) {
    double hours = 0;
    for (const FilmVerdict& film : findings.films) {
        hours += film.watched->until / 3600;
    }
    const std::string stage = "bongsu_pipeline_cpu_seconds_total";
    const double all = sum_of(findings.counters, stage);
    const auto detect = findings.counters.find(stage + "{stage=\"detect\"}");
    const double detector = detect == findings.counters.end() ? 0 : detect->second;
    out.add("selective.detector.cpu_share", share(detector, all));
    out.add("selective.cpu_s_per_camera_hour", share(all, hours));
    out.add("selective.thinned", sum_of(findings.counters, "bongsu_pipeline_thinned_total"));
}

}  // namespace

std::vector<TierWindow> windows_of(const Findings& findings, const std::string& condition) {
    std::vector<TierWindow> out;
    for (const TierScores& film : findings.tiers) {
        const bool is_meant =
            condition.empty() ? film.condition != film.camera : film.condition == condition;
        if (is_meant) {
            std::ranges::copy(film.windows, std::back_inserter(out));
        }
    }
    return out;
}

std::vector<std::string> conditions_of(const Findings& findings) {
    std::vector<std::string> out;
    for (const TierScores& film : findings.tiers) {
        if (film.condition != film.camera && std::ranges::find(out, film.condition) == out.end()) {
            out.push_back(film.condition);
        }
    }
    return out;
}

std::vector<Group> overall(const Findings& findings) {
    return grouped(findings.films, [](const FilmVerdict& film, const TrueEvent* event) {
        const bool counts = event == nullptr || (is_promised(*event) && !film.is_clip());
        return counts ? "all" : "";
    });
}

std::vector<Group> by_condition(const Findings& findings) {
    return grouped(findings.films, [](const FilmVerdict& film, const TrueEvent* event) {
        const bool counts = event == nullptr || is_promised(*event);
        return counts && !film.is_clip() ? film.film->condition : "";
    });
}

std::vector<Group> by_visibility(const Findings& findings) {
    return grouped(findings.films, [](const FilmVerdict& film, const TrueEvent* event) {
        if (event == nullptr || film.is_clip()) {
            return "";
        }
        if (event->height < kSmallest) {
            return "small";
        }
        constexpr double kHard = 12;
        return event->contrast < kHard ? "hidden" : event->contrast < kFaintest ? "faint" : "clear";
    });
}

std::vector<Group> by_kind(const Findings& findings) {
    return grouped(findings.films, [](const FilmVerdict& film, const TrueEvent* event) {
        return event != nullptr && is_promised(*event) && !film.is_clip() ? event->kind : "";
    });
}

std::vector<Group> by_clip(const Findings& findings) {
    return grouped(findings.films, [](const FilmVerdict& film, const TrueEvent*) {
        return film.is_clip() ? film.film->scene : "";
    });
}

eval::Measurements measurements_of(const Findings& findings) {
    eval::Measurements out;
    for (const Group& all : overall(findings)) {
        add_recall("selective.", all, out);
        add_quiet(all, out);
    }
    for (const Group& group : by_condition(findings)) {
        const std::string prefix = "selective.condition." + group.name + ".";
        if (group.events > 0) {
            add_recall(prefix, group, out);
        }
        out.add(prefix + "false_wakes_per_camera_hour", group.false_wakes_per_hour());
        out.add(prefix + "quiet_time_followed_ratio", share(group.quiet.followed, group.quiet.all));
    }
    for (const Group& group : by_visibility(findings)) {
        out.add(
            "selective.visibility." + group.name + ".events", static_cast<double>(group.events)
        );
        out.add("selective.visibility." + group.name + ".recall", group.recall().share);
    }
    for (const Group& group : by_kind(findings)) {
        out.add("selective.kind." + group.name + ".recall", group.recall().share);
    }
    for (const Group& group : by_clip(findings)) {
        out.add("selective.clip." + group.name + ".recall", group.recall().share);
    }
    if (!findings.films.empty()) {
        add_ledger(findings.films, out);
        add_detector(findings, out);
    }
    const std::vector<TierWindow> windows = windows_of(findings, "");
    for (std::size_t tier = 0; tier < kTiers && !windows.empty(); ++tier) {
        const std::string prefix = "selective.t" + std::to_string(tier) + ".";
        const eval::RocPoint works = working_point(windows, tier);
        out.add(prefix + "auc", eval::area_below(eval::roc_curve(cases_of(windows, tier))));
        out.add(prefix + "hit_rate", works.hit_rate);
        out.add(prefix + "false_rate", works.false_rate);
    }
    return out;
}

}  // namespace bongsu::bench
