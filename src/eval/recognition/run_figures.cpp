#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

std::string number(double value) {
    return fmt::format("{:.2f}", value);
}

std::vector<std::string> row_of(
    const RecognitionFilm& film, const Alarm& alarm, const std::string& verdict
) {
    return {
        film.name,
        film.label,
        alarm.kind,
        verdict,
        number(alarm.started),
        number(alarm.time),
        number(alarm.told),
        number(alarm.confidence),
        alarm.detail
    };
}

std::vector<std::string> row_of(
    const RecognitionFilm& film, const std::string& kind, const TrueEvent& event
) {
    return {film.name, film.label, kind, "missed", number(event.start), "", "", "", ""};
}

void list_film(
    const RecognitionFilm& film,
    const WatchedFilm& seen,
    const std::string& kind,
    ReportTable& table
) {
    const auto truth = truth_of(film, kind);
    const auto alarms = alarms_of(seen, kind);
    for (const Alarm& alarm : alarms) {
        const bool is_right = judge(truth, {alarm}, kWholeEvent).hits > 0;
        const char* verdict = !is_judged(film, kind) ? "unlabelled" : is_right ? "right" : "false";
        table.rows.push_back(row_of(film, alarm, verdict));
    }
    for (const TrueEvent& event : truth) {
        if (judge({event}, alarms, kWholeEvent).hits == 0) {
            table.rows.push_back(row_of(film, kind, event));
        }
    }
}

constexpr double kLongEnough = 4;  // seconds of a clip that shows what an active camera costs

/// CPU time per second while the clips played, of those in which it was measured. Composed films
/// are left out: hardly anybody is to be seen in them.
void add_cost(const Watched& watched, Measurements& out) {
    std::vector<double> shares;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const double seconds = watched.films[i].seconds;
        const bool is_busy =
            !watched.films[i].set.starts_with("composed") && seconds >= kLongEnough;
        if (is_busy && watched.of(i).cpu_seconds > 0) {
            shares.push_back(watched.of(i).cpu_seconds / seconds);
        }
    }
    if (!shares.empty()) {
        const std::string name = watched.prefix() + "recognition.active_film_core_share_";
        out.add(name + "p50", percentile(shares, 0.5));
        out.add(name + "p95", percentile(shares, 0.95));
    }
}

}  // namespace

void add_run_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    double seconds = 0;
    double thinned = 0;
    double dropped = 0;
    int hurried = 0;
    int incomplete = 0;
    int trainable = 0;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const pipeline::CameraStats& stats = watched.of(i).stats;
        seconds += watched.films[i].length;
        thinned += static_cast<double>(stats.thinned);
        dropped += static_cast<double>(stats.units_dropped);
        hurried += stats.thinned + stats.units_dropped > 0 ? 1 : 0;
        incomplete += watched.of(i).is_complete ? 0 : 1;
        trainable += watched.films[i].is_trainable ? 1 : 0;
    }
    const auto films = static_cast<double>(watched.films.size());
    const std::string prefix = watched.prefix() + "recognition.";
    out.add(prefix + "films", films);
    out.add(prefix + "films_cut_short", incomplete);
    out.add(prefix + "thinned_looks", thinned);
    out.add(prefix + "dropped_units", dropped);
    out.add(prefix + "cpu_s_per_film_s", seconds > 0 ? watched.screening.cpu_seconds / seconds : 0);
    add_cost(watched, out);
    section.notes.push_back(fmt::format(
        "{} films, {:.0f} s with their stills; {:.3f} CPU seconds of analysis per second of film. "
        "{} of the clips may have been trained on: their figures flatter, those of the models' "
        "cards come from folds by group.",
        watched.films.size(),
        seconds,
        watched.screening.cpu_seconds / std::max(1.0, seconds),
        trainable
    ));
    section.notes.push_back(
        hurried == 0 && incomplete == 0
            ? std::string("Nothing was left out for want of time.")
            : fmt::format(
                  "THE MACHINE WAS TOO BUSY: in {} films looks were left out ({:.0f}) or pictures "
                  "given up ({:.0f}), {} films did not come to their end. Measure again with fewer "
                  "cameras at once.",
                  hurried,
                  thinned,
                  dropped,
                  incomplete
              )
    );
}

void add_alarm_list(const Watched& watched, ReportSection& section) {
    ReportTable table{
        .head =
            {"film",
             "label",
             "kind",
             "",
             "began, s",
             "certain, s",
             "told, s",
             "confidence",
             "detail"},
        .rows = {}
    };
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        for (const auto& [kind, totals] : watched.screening.kinds) {
            list_film(watched.films[i], watched.of(i), kind, table);
        }
    }
    section.tables.push_back(std::move(table));
}

}  // namespace bongsu::eval
