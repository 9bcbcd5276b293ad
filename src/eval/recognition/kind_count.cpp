#include "eval/recognition/kind_count.hpp"

#include "eval/roc.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace bongsu::eval {
namespace {

constexpr double kSecondsPerHour = 3600;
constexpr double kSecondsPerMinute = 60;
constexpr double kPercent = 100;

void append(std::vector<double>& to, const std::vector<double>& from) {
    to.insert(to.end(), from.begin(), from.end());
}

/// The confidences of alarms that hit and of those that did not, by the window of the sets.
ScoredAlarms score_alarms(
    const RecognitionFilm& film,
    const std::vector<TrueEvent>& truth,
    const std::vector<Alarm>& alarms
) {
    ScoredAlarms scored{
        .events = static_cast<int>(truth.size()), .minutes = film.seconds / kSecondsPerMinute
    };
    for (const Alarm& alarm : alarms) {
        const bool is_hit = judge(truth, {alarm}, kWholeEvent).hits > 0;
        (is_hit ? scored.hits : scored.errors).push_back(alarm.confidence);
    }
    return scored;
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

void count_false(const RecognitionFilm& film, const std::vector<Alarm>& alarms, FilmCount& count) {
    count.false_alarms = static_cast<int>(alarms.size());
    count.hours = film.seconds / kSecondsPerHour;
    const double first = film.begin - film.zero;
    count.in_stills = static_cast<int>(std::ranges::count_if(alarms, [&](const Alarm& alarm) {
        return alarm.time < first || alarm.time > first + film.seconds;
    }));
}

std::optional<double> f1_of(const FilmCount& count) {
    return count.whole.f1();
}

std::optional<double> recall_of(const FilmCount& count) {
    return count.whole.recall();
}

std::optional<double> precision_of(const FilmCount& count) {
    return count.whole.precision();
}

std::optional<double> kisa_of(const FilmCount& count) {
    return kPercent * count.kisa.f1();
}

std::optional<double> ilids_of(const FilmCount& count) {
    return count.ilids.biased_f1(kIlidsBias);
}

template <int per_ten_minutes>
std::optional<double> misses_of(const FilmCount& count) {
    return miss_rate_at(count.scored, per_ten_minutes / 10.0);
}

std::optional<double> median_delay_of(const FilmCount& count) {
    const auto& delays = count.whole.delays;
    return delays.empty() ? std::nullopt : std::optional(percentile(delays, 0.5));
}

std::optional<double> late_delay_of(const FilmCount& count) {
    const auto& delays = count.whole.delays;
    return delays.empty() ? std::nullopt : std::optional(percentile(delays, 0.95));
}

std::optional<double> clip_auc_of(const FilmCount& count) {
    std::vector<ScoredCase> cases;
    for (const double score : count.event_scores) {
        cases.push_back({score, true});
    }
    for (const double score : count.other_scores) {
        cases.push_back({score, false});
    }
    const auto curve = roc_curve(cases);
    return curve.empty() ? std::nullopt : std::optional(area_below(curve));
}

constexpr std::array kFigures{
    KindFigure{"f1", f1_of},
    KindFigure{"recall", recall_of},
    KindFigure{"precision", precision_of},
    KindFigure{"kisa_points", kisa_of},
    KindFigure{"ilids_f1", ilids_of},
    KindFigure{"pmiss_at_rfa_1", misses_of<10>},
    KindFigure{"pmiss_at_rfa_0_2", misses_of<2>},
    KindFigure{"pmiss_at_rfa_0_1", misses_of<1>},
    KindFigure{"latency_p50", median_delay_of},
    KindFigure{"latency_p95", late_delay_of},
    KindFigure{"clip_auc", clip_auc_of},
};

}  // namespace

FilmCount& FilmCount::operator+=(const FilmCount& other) {
    false_alarms += other.false_alarms;
    in_own_set += other.in_own_set;
    in_stills += other.in_stills;
    hours += other.hours;
    unlabelled += other.unlabelled;
    whole += other.whole;
    kisa += other.kisa;
    ilids += other.ilids;
    append(scored.hits, other.scored.hits);
    append(scored.errors, other.scored.errors);
    scored.events += other.scored.events;
    scored.minutes += other.scored.minutes;
    append(event_scores, other.event_scores);
    append(other_scores, other.other_scores);
    return *this;
}

FilmCount KindCount::sum_of(std::span<const std::size_t> items) const {
    FilmCount sum;
    for (const std::size_t item : items) {
        sum += films[item];
    }
    return sum;
}

FilmCount KindCount::sum() const {
    return std::accumulate(
        films.begin(),
        films.end(),
        FilmCount{},
        [](FilmCount sum, const auto& film) { return sum += film; }
    );
}

KindCount count_kind(const Watched& watched, const std::string& kind) {
    const AlarmWindow kisa{
        .before = watched.kisa_before,
        .after = watched.kisa_after,
        .is_after_end = false,
        .repeats_are_false = true
    };
    const std::string own = own_set_of(watched, kind);
    KindCount all;
    for (std::size_t i = 0; i < watched.films.size(); ++i) {
        const RecognitionFilm& film = watched.films[i];
        const auto alarms = alarms_of(watched.of(i), kind);
        all.groups.push_back(film.set + "/" + film.group);
        FilmCount& count = all.films.emplace_back();
        if (!is_judged(film, kind)) {
            count.unlabelled = static_cast<int>(alarms.size());
            continue;
        }
        const auto truth = truth_of(film, kind);
        if (truth.empty()) {
            count_false(film, alarms, count);
            count.in_own_set = film.set == own ? count.false_alarms : 0;
        }
        count.kisa = judge(truth, alarms, kisa);
        count.ilids = judge(truth, alarms, kIlidsWindow);
        count.whole = judge(truth, alarms, kWholeEvent);
        count.scored = score_alarms(film, truth, alarms);
        if (film.set == own) {
            const auto best = std::ranges::max_element(alarms, {}, &Alarm::confidence);
            (truth.empty() ? count.other_scores : count.event_scores)
                .push_back(best == alarms.end() ? 0 : best->confidence);
        }
    }
    return all;
}

std::span<const KindFigure> kind_figures() {
    return kFigures;
}

}  // namespace bongsu::eval
