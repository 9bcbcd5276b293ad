#include "eval/recognition/judging.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace bongsu::eval {
namespace {

constexpr double kTail = 4;  // seconds of the still after a clip

constexpr auto kUnlabelled = std::to_array<Unlabelled>({
    {"fight", "fight", "", "fall", "who is struck or thrown down falls"},
    {"fight", "fight", "", "running", "people run at each other and away"},
    {"fight", "fight", "", "panic", "those around them run away"},
    {"fight", "fight", "", "crowd_surge", "onlookers gather"},
    {"fire", "fire", "", "smoke", "what burns smokes; only flames are labelled"},
    {"composed", "rain", "", "heavy_rain", "rain is drawn over these films"},
    {"", "", "rain", "heavy_rain", "rain is drawn over films of this condition"},
});

double value_or(const double* value, double fallback) {
    return value == nullptr ? fallback : *value;
}

bool holds(const AlarmWindow& window, const TrueEvent& event, double time) {
    const double from = window.is_after_end ? event.end : event.start;
    return time >= event.start - window.before && time <= from + window.after;
}

/// A clip of a fight shows nothing but the fight, and its alarm may come when it is over.
TrueEvent fight_of(const RecognitionFilm& film) {
    const double start = value_or(film.mark("event_start_s"), 0);
    return {.start = start, .end = film.seconds + kTail, .due = start};
}

TrueEvent fall_of(const RecognitionFilm& film) {
    const double start = value_or(film.mark("event_start_s"), 0);
    return {
        .start = start,
        .end = value_or(film.mark("event_end_s"), film.seconds),
        .due = value_or(film.mark("down_from_s"), start)
    };
}

TrueEvent fire_of(const RecognitionFilm& film) {
    const double first = film.boxes.empty() ? 0 : film.boxes.front().time;
    return {.start = first, .end = film.seconds, .due = first};
}

TrueEvent abandonment_of(const RecognitionFilm& film) {
    const double gone = value_or(film.mark("owner_gone_s"), 0);
    return {.start = gone, .end = value_or(film.mark("event_end_s"), film.seconds), .due = gone};
}

bool is_repeat(const AlarmWindow& window, const TrueEvent& event, double time) {
    return holds(window, event, time) || (time >= event.start && time <= event.end);
}

}  // namespace

double Tally::precision() const {
    const int raised = hits + false_alarms;
    return raised > 0 ? static_cast<double>(hits) / raised : 1;
}

double Tally::recall() const {
    return events > 0 ? static_cast<double>(hits) / events : 1;
}

double Tally::f1() const {
    const int all = 2 * hits + false_alarms + misses();
    return all > 0 ? 2.0 * hits / all : 1;
}

double Tally::biased_f1(double bias) const {
    const double below = recall() + bias * precision();
    return below > 0 ? (bias + 1) * recall() * precision() / below : 0;
}

Tally& Tally::operator+=(const Tally& other) {
    events += other.events;
    hits += other.hits;
    false_alarms += other.false_alarms;
    delays.insert(delays.end(), other.delays.begin(), other.delays.end());
    return *this;
}

Tally judge(
    const std::vector<TrueEvent>& truth, const std::vector<Alarm>& alarms, AlarmWindow window
) {
    std::vector<Alarm> in_order = alarms;
    std::ranges::sort(in_order, {}, &Alarm::told);
    std::vector<char> is_hit(truth.size(), 0);
    Tally tally{.events = static_cast<int>(truth.size())};
    for (const Alarm& alarm : in_order) {
        bool is_counted = false;
        for (std::size_t t = 0; t < truth.size() && !is_counted; ++t) {
            if (is_hit[t] == 0 && holds(window, truth[t], alarm.told)) {
                is_hit[t] = 1;
                ++tally.hits;
                tally.delays.push_back(alarm.told - truth[t].due);
                is_counted = true;
            } else if (is_hit[t] != 0 && !window.repeats_are_false) {
                is_counted = is_repeat(window, truth[t], alarm.told);
            }
        }
        tally.false_alarms += is_counted ? 0 : 1;
    }
    return tally;
}

std::vector<TrueEvent> truth_of(const RecognitionFilm& film, std::string_view kind) {
    if (kind == "fight" && film.set == "fight" && film.label == "fight") {
        return {fight_of(film)};
    }
    if (kind == "fall" && film.set == "fall" && film.label == "fall") {
        return {fall_of(film)};
    }
    if (kind == "fire" && film.set == "fire") {
        return {fire_of(film)};
    }
    const bool is_left_behind =
        film.set == "abandoned" || (film.set == "things" && film.label == "left");
    if (kind == "abandoned_object" && is_left_behind) {
        return {abandonment_of(film)};
    }
    return {};
}

std::span<const Unlabelled> unlabelled_kinds() {
    return kUnlabelled;
}

bool is_judged(const RecognitionFilm& film, std::string_view kind) {
    return std::ranges::none_of(kUnlabelled, [&](const Unlabelled& each) {
        return each.kind == kind && (each.set.empty() || each.set == film.set) &&
               (each.label.empty() || each.label == film.label) &&
               (each.condition.empty() || each.condition == film.condition);
    });
}

std::vector<Alarm> alarms_of(const WatchedFilm& watched, std::string_view kind) {
    std::vector<Alarm> alarms;
    std::ranges::copy_if(watched.alarms, std::back_inserter(alarms), [&](const Alarm& alarm) {
        return alarm.kind == kind;
    });
    return alarms;
}

double miss_rate_at(const ScoredAlarms& scored, double rate) {
    if (scored.events == 0) {
        return 0;
    }
    std::vector<double> errors = scored.errors;
    std::ranges::sort(errors, std::greater{});
    const auto allowed = static_cast<std::size_t>(rate * scored.minutes);
    const auto is_above = [&](double confidence) {
        return errors.size() <= allowed || confidence > errors[allowed];
    };
    const auto kept = std::ranges::count_if(scored.hits, is_above);
    return 1 - static_cast<double>(kept) / scored.events;
}

}  // namespace bongsu::eval
