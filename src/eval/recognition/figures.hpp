#pragma once

#include "core/result.hpp"
#include "eval/recognition/film.hpp"
#include "eval/recognition/screening.hpp"
#include "eval/suite.hpp"

#include <string>
#include <vector>

namespace bongsu::eval {

/// All films of one condition and what was said about them. Lives during one run.
struct Watched {
    const std::vector<RecognitionFilm>& films;
    const Screening& screening;
    std::string condition = "none";
    bool is_sample = false;  ///< of several conditions, with fewer clips
    double kisa_before = 2;
    double kisa_after = 10;

    const WatchedFilm& of(std::size_t film) const { return screening.films[film]; }

    /// The whole footage as it was filmed: only this is stated without a condition.
    bool is_plain() const { return condition == "none" && !is_sample; }

    /// In front of the names of measurements.
    std::string prefix() const { return is_plain() ? "" : "condition." + condition + "."; }

    bool is_at_work(const std::string& kind) const { return screening.kinds.contains(kind); }
};

// The figures of one item each: measurements, and a table for people. Nothing when its films or its
// rule are not there.
void add_fight_figures(const Watched& watched, Measurements& out, ReportSection& section);
void add_fall_figures(const Watched& watched, Measurements& out, ReportSection& section);
void add_fire_figures(const Watched& watched, Measurements& out, ReportSection& section);
void add_abandonment_figures(const Watched& watched, Measurements& out, ReportSection& section);

/// What every kind did over all films: false alarms per camera-hour where it had nothing to find,
/// and the figures that certification and benchmarks use.
void add_kind_figures(const Watched& watched, Measurements& out, ReportSection& section);

/// How the run itself went: what could not be looked at in time.
void add_run_figures(const Watched& watched, Measurements& out, ReportSection& section);

/// Every alarm, and every event without one.
void add_alarm_list(const Watched& watched, ReportSection& section);

/// The falsest alarms and missed events as rows of pictures, written into the report's folder. Does
/// nothing when no report is wanted.
Status add_strips(const Watched& watched, const SuiteContext& context, ReportSection& section);

/// One table of what was measured under each condition.
void add_condition_table(const std::vector<std::string>& conditions, EvalReport& report);

/// Pictures of fires and of what looks like them, shown to the verifier. Returns why it was left
/// out, or nothing.
SuiteResult add_fire_pictures(const SuiteContext& context, ReportSection& section);

}  // namespace bongsu::eval
