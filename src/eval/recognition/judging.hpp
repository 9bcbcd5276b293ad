#pragma once

#include "eval/recognition/film.hpp"
#include "eval/recognition/watched_film.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// What should raise one alarm. Seconds of the clip.
struct TrueEvent {
    double start = 0;
    double end = 0;
    double due = 0;  ///< from when on delay is counted
};

/// When an alarm counts for an event.
struct AlarmWindow {
    double before = 0;               ///< seconds before the start
    double after = 0;                ///< seconds after the start, or after the end
    bool is_after_end = false;       ///< which of the two
    bool repeats_are_false = false;  ///< further alarms for the same event
};

/// As the sets of footage ask: until three seconds after the event's end.
inline constexpr AlarmWindow kWholeEvent{.before = 0, .after = 3, .is_after_end = true};
/// i-LIDS: within ten seconds of the start; further alarms do not count.
inline constexpr AlarmWindow kIlidsWindow{.before = 0, .after = 10};
/// Recall bias of the role "operational alert" as published for the sterile zone scenario.
inline constexpr double kIlidsBias = 0.65;

struct Tally {
    int events = 0;
    int hits = 0;
    int false_alarms = 0;
    std::vector<double> delays;  ///< of the hits, seconds from when due

    int misses() const { return events - hits; }

    /// 1 when nothing was raised.
    double precision() const;
    /// 1 when there was nothing to raise.
    double recall() const;
    double f1() const;
    /// F1 = (a + 1) R P / (R + a P): i-LIDS' figure of merit with its recall bias a.
    double biased_f1(double bias) const;

    Tally& operator+=(const Tally& other);
};

/// Pairs alarms with true events in the order in which they were told: each alarm with the first
/// event without one whose window holds it. Any other alarm is false, unless it repeats one.
Tally judge(
    const std::vector<TrueEvent>& truth, const std::vector<Alarm>& alarms, AlarmWindow window
);

/// What a kind of rule should have raised in a film. Nothing for a film of another set.
std::vector<TrueEvent> truth_of(const RecognitionFilm& film, std::string_view kind);

/// What may truly happen in films of a set without being labelled there. A film is a negative for
/// every kind but its own and these.
struct Unlabelled {
    std::string_view set;        ///< empty: any
    std::string_view label;      ///< of the clip; empty: any
    std::string_view condition;  ///< of the film; empty: any
    std::string_view kind;
    std::string_view why;
};

/// All of them, as docs/design/eval.md lists them.
std::span<const Unlabelled> unlabelled_kinds();

/// False where the labels do not say whether an alarm of this kind is right: it is counted apart,
/// neither for nor against the rule, and the film's time is none without such an event.
bool is_judged(const RecognitionFilm& film, std::string_view kind);

/// The alarms of one kind.
std::vector<Alarm> alarms_of(const WatchedFilm& watched, std::string_view kind);

/// Alarms by their confidence.
struct ScoredAlarms {
    std::vector<double> hits;    ///< confidences of the alarms that hit
    std::vector<double> errors;  ///< and of the false ones
    int events = 0;
    double minutes = 0;
};

/// The least share of missed events over all thresholds on confidence at which there are at most
/// `rate` false alarms a minute (ActEV: Pmiss at RFA). 0 without events.
double miss_rate_at(const ScoredAlarms& scored, double rate);

}  // namespace bongsu::eval
