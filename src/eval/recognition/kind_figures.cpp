#include "eval/recognition/figures.hpp"
#include "eval/recognition/intervals.hpp"
#include "eval/recognition/judging.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr double kSecondsPerHour = 3600;
constexpr double kSecondsPerMinute = 60;

/// What one kind raised where it had nothing to find, and where it had.
struct KindCount {
    int false_alarms = 0;  ///< in films without such an event
    int in_own_set = 0;    ///< of these, in the set that was made for this kind
    double hours = 0;      ///< of these films
    int unjudged = 0;      ///< alarms that the labels say nothing about
    Tally kisa;
    Tally ilids;
    Tally whole;
    ScoredAlarms scored;
};

/// The confidences of alarms that hit and of those that did not, by the window of the sets.
void score_alarms(
    const std::vector<TrueEvent>& truth, const std::vector<Alarm>& alarms, ScoredAlarms& scored
) {
    scored.events += static_cast<int>(truth.size());
    for (const Alarm& alarm : alarms) {
        const bool is_hit = judge(truth, {alarm}, kWholeEvent).hits > 0;
        (is_hit ? scored.hits : scored.errors).push_back(alarm.confidence);
    }
}

/// The set whose footage was made for this kind.
std::string own_set_of(const Watched& watched, const std::string& kind) {
    for (const RecognitionFilm& film : watched.films) {
        if (!truth_of(film, kind).empty()) {
            return film.set;
        }
    }
    return {};
}

KindCount count_kind(const Watched& watched, const std::string& kind) {
    const AlarmWindow kisa{
        .before = watched.kisa_before,
        .after = watched.kisa_after,
        .is_after_end = false,
        .repeats_are_false = true
    };
    const std::string own = own_set_of(watched, kind);
    KindCount count;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const RecognitionFilm& film = watched.films[i];
        const auto alarms = alarms_of(watched.of(i), kind);
        if (!is_judged(film, kind)) {
            count.unjudged += static_cast<int>(alarms.size());
            continue;
        }
        const auto truth = truth_of(film, kind);
        if (truth.empty()) {
            count.false_alarms += static_cast<int>(alarms.size());
            count.in_own_set += film.set == own ? static_cast<int>(alarms.size()) : 0;
            count.hours += film.seconds / kSecondsPerHour;
        }
        count.kisa += judge(truth, alarms, kisa);
        count.ilids += judge(truth, alarms, kIlidsWindow);
        count.whole += judge(truth, alarms, kWholeEvent);
        score_alarms(truth, alarms, count.scored);
        count.scored.minutes += film.seconds / kSecondsPerMinute;
    }
    return count;
}

void add_found(const KindCount& count, const std::string& prefix, Measurements& out) {
    if (count.whole.events == 0) {
        return;
    }
    constexpr double kPercent = 100;
    out.add(prefix + "recall", count.whole.recall());
    out.add(prefix + "precision", count.whole.precision());
    out.add(prefix + "f1", count.whole.f1());
    out.add(prefix + "kisa_points", kPercent * count.kisa.f1());
    out.add(prefix + "ilids_f1", count.ilids.biased_f1(kIlidsBias));
    const std::pair<const char*, double> rates[] = {
        {"pmiss_at_rfa_1", 1}, {"pmiss_at_rfa_0_2", 0.2}, {"pmiss_at_rfa_0_1", 0.1}
    };
    for (const auto& [name, rate] : rates) {
        out.add(prefix + name, miss_rate_at(count.scored, rate));
    }
    if (!count.whole.delays.empty()) {
        out.add(prefix + "latency_p50", percentile(count.whole.delays, 0.5));
        out.add(prefix + "latency_p95", percentile(count.whole.delays, 0.95));
    }
}

/// Of kinds with events of their own.
std::vector<std::string> found_row(const std::string& kind, const KindCount& count) {
    const auto number = [](double value) { return fmt::format("{:.3f}", value); };
    const auto& delays = count.whole.delays;
    return {
        kind,
        std::to_string(count.whole.events),
        number(count.whole.f1()),
        number(count.kisa.f1()),
        number(count.ilids.biased_f1(kIlidsBias)),
        number(miss_rate_at(count.scored, 1)),
        number(miss_rate_at(count.scored, 0.2)),
        number(miss_rate_at(count.scored, 0.1)),
        delays.empty() ? "" : fmt::format("{:.2f}", percentile(delays, 0.5)),
        delays.empty() ? "" : fmt::format("{:.2f}", percentile(delays, 0.95))
    };
}

std::vector<std::string> false_row(
    const std::string& kind, const KindTotals& totals, const KindCount& count
) {
    const Interval interval = poisson_interval(count.false_alarms);
    const auto by_hour = [&](double value) {
        return count.hours > 0 ? fmt::format("{:.2f}", value / count.hours) : std::string();
    };
    return {
        kind,
        fmt::format("{:.0f}", totals.proposals),
        fmt::format("{:.0f}", totals.events),
        std::to_string(count.false_alarms),
        std::to_string(count.in_own_set),
        std::to_string(count.unjudged),
        fmt::format("{:.3f}", count.hours),
        by_hour(count.false_alarms),
        by_hour(interval.low) + " to " + by_hour(interval.high)
    };
}

void add_total(const Watched& watched, int false_alarms, Measurements& out) {
    double hours = 0;
    for (const RecognitionFilm& film : watched.films) {
        hours += film.seconds / kSecondsPerHour;
    }
    if (hours <= 0) {
        return;
    }
    const Interval interval = poisson_interval(false_alarms);
    const std::string name = watched.prefix() + "false_alarms_per_camera_hour";
    out.add(name, false_alarms / hours);
    out.add(name + "_low", interval.low / hours);
    out.add(name + "_high", interval.high / hours);
    out.add(watched.prefix() + "false_alarms", false_alarms);
    out.add(watched.prefix() + "camera_hours", hours);
}

ReportTable table_of_found() {
    return {
        .head =
            {"kind",
             "events",
             "F1",
             "KISA F1",
             "i-LIDS F1",
             "Pmiss at 1/min",
             "at 0.2/min",
             "at 0.1/min",
             "latency p50, s",
             "p95, s"},
        .rows = {}
    };
}

ReportTable table_of_false() {
    return {
        .head =
            {"kind",
             "proposals",
             "raised",
             "false",
             "of these in its own set",
             "not judged",
             "camera-hours without it",
             "false per camera-hour",
             "95 % interval"},
        .rows = {}
    };
}

}  // namespace

void add_kind_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    ReportTable found = table_of_found();
    ReportTable wrong = table_of_false();
    int all_false = 0;
    for (const auto& [kind, totals] : watched.screening.kinds) {
        const KindCount count = count_kind(watched, kind);
        all_false += count.false_alarms;
        wrong.rows.push_back(false_row(kind, totals, count));
        if (count.whole.events > 0) {
            found.rows.push_back(found_row(kind, count));
        }
        if (watched.condition != "none") {
            continue;
        }
        const std::string prefix = "recognition." + as_name_part(kind) + ".";
        out.add(prefix + "proposals", totals.proposals);
        out.add(prefix + "raised", totals.events);
        out.add(prefix + "false_alarms", count.false_alarms);
        out.add(prefix + "camera_hours", count.hours);
        if (count.hours > 0) {
            out.add(prefix + "false_alarms_per_camera_hour", count.false_alarms / count.hours);
        }
        add_found(count, prefix, out);
    }
    add_total(watched, all_false, out);
    section.notes.push_back(fmt::format(
        "Every other set is a negative for each kind; stills before and after a clip are not "
        "counted "
        "as time. The hours are few: without a single false alarm the upper end of the interval is "
        "3.7 divided by them. KISA: from {:.0f} s before to {:.0f} s after the true start, repeats "
        "are false. i-LIDS: within 10 s of the start, recall bias 0.65. Pmiss: least share of "
        "missed "
        "events at so many false alarms a minute (ActEV), over thresholds on confidence.",
        watched.kisa_before,
        watched.kisa_after
    ));
    section.tables.push_back(std::move(found));
    section.tables.push_back(std::move(wrong));
}

}  // namespace bongsu::eval
