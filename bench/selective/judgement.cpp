#include "selective/judgement.hpp"

#include <algorithm>

namespace bongsu::bench {
namespace {

using eval::TimeSpan;

constexpr double kNoticeWithin = 3;
constexpr double kStartUp = 10;  // seconds: every camera is new to the node
constexpr double kEarly = 0.3;   // somebody's first edge shows before he counts as visible
constexpr double kKeyInterval = 2;
constexpr double kAfterwards = 0.5;
constexpr TimeSpan kCalm{3, 12};  // before and after
constexpr float kRoom = 0.25F;    // around the true place, as a share of its height
constexpr float kInside = 0.3F;   // of what was seen must lie there

bool is_seen(const WatchedCamera& watched, const TrueEvent& event, double from, double to) {
    return std::ranges::any_of(watched.sightings, [&](const Sighting& sight) {
        const Box& truth = event.box_at(sight.time);
        return sight.time >= from && sight.time <= to &&
               intersection(sight.box, padded(truth, kRoom * truth.h)).area() >=
                   kInside * sight.box.area();
    });
}

/// When a camera that was asleep was woken by it.
std::optional<double> woken_at(const WatchedCamera& watched, const TrueEvent& event) {
    const double last = event.span.end + kNoticeWithin;
    for (const Wake& wake : watched.wakes) {
        const bool is_meant = wake.picture >= event.span.begin - kEarly && wake.told <= last;
        if (is_meant && is_seen(watched, event, event.span.begin - kEarly, last)) {
            return std::max(0.0, wake.told - event.span.begin);
        }
    }
    return std::nullopt;
}

/// When somebody was seen at the right place by a camera that was followed already.
std::optional<double> seen_at(const WatchedCamera& watched, const TrueEvent& event) {
    for (const Sighting& sight : watched.sightings) {
        const bool is_followed = std::ranges::any_of(watched.followed, [&](const TimeSpan& span) {
            return span.holds(sight.time);
        });
        if (is_followed && sight.time >= event.span.begin && sight.time <= event.span.end &&
            is_seen(watched, event, sight.time, sight.time)) {
            return sight.time - event.span.begin;
        }
    }
    return std::nullopt;
}

EventVerdict judge_event(const TrueEvent& event, const WatchedCamera& watched) {
    const bool is_followed = std::ranges::any_of(watched.followed, [&](const TimeSpan& span) {
        return span.holds(event.span.begin);
    });
    const std::optional<double> woken = woken_at(watched, event);
    std::optional<double> seen = is_followed ? seen_at(watched, event) : std::nullopt;
    if (woken && (!seen || *woken < *seen)) {
        seen = woken;
    }
    return {.event = &event, .delay = seen};
}

std::vector<double> find_false_wakes(const LabelledFilm& film, const WatchedCamera& watched) {
    std::vector<double> out;
    for (const Wake& wake : watched.wakes) {
        const bool has_cause = std::ranges::any_of(film.events, [&](const TrueEvent& event) {
            return wake.picture >= event.span.begin - kEarly &&
                   wake.picture <= event.span.end + kKeyInterval + kAfterwards;
        });
        if (!has_cause && wake.picture >= kStartUp && wake.picture < watched.until) {
            out.push_back(wake.picture);
        }
    }
    return out;
}

/// The events' times with room before and after them.
std::vector<TimeSpan> times_of(const LabelledFilm& film, double before, double after) {
    std::vector<TimeSpan> out;
    for (const TrueEvent& event : film.events) {
        out.push_back({event.span.begin - before, event.span.end + after});
    }
    return out;
}

QuietTime judge_quiet(const LabelledFilm& film, const WatchedCamera& watched) {
    const TimeSpan whole{kStartUp, watched.until};
    const std::vector<TimeSpan> quiet = eval::rest_of(whole, times_of(film, 0, 0));
    const std::vector<TimeSpan> calm = eval::rest_of(whole, times_of(film, kCalm.begin, kCalm.end));
    const std::vector<TimeSpan> followed = eval::merged(watched.followed);
    return {
        .all = eval::length_of(quiet),
        .followed = eval::common_length(quiet, followed),
        .called = eval::common_length(quiet, watched.called),
        .in_turn = eval::common_length(quiet, watched.in_turn),
        .calm = eval::length_of(calm),
        .calm_followed = eval::common_length(calm, followed)
    };
}

LedgerVerdict judge_ledger(const WatchedCamera& watched, const std::vector<EventVerdict>& events) {
    std::vector<double> looks = watched.whole_looks;
    LedgerVerdict verdict{
        .claimed = watched.claimed_unwatched,
        .found = eval::longest_gap({0, watched.until}, looks).length(),
        .looks_claimed = static_cast<std::size_t>(watched.claimed_looks),
        .looks_found = looks.size()
    };
    for (const EventVerdict& one : events) {
        const bool was_looked_at =
            std::ranges::any_of(looks, [&](double look) { return one.event->span.holds(look); });
        verdict.missed_in_gaps += !one.delay && !was_looked_at ? 1U : 0U;
    }
    return verdict;
}

}  // namespace

bool EventVerdict::is_noticed_in_time() const {
    return delay && *delay <= kNoticeWithin;
}

void QuietTime::add(const QuietTime& other) {
    all += other.all;
    followed += other.followed;
    called += other.called;
    in_turn += other.in_turn;
    calm += other.calm;
    calm_followed += other.calm_followed;
}

FilmVerdict judge(const LabelledFilm& film, const WatchedCamera& watched) {
    FilmVerdict verdict{.film = &film, .watched = &watched};
    for (const TrueEvent& event : film.events) {
        if (event.span.end <= watched.until) {
            verdict.events.push_back(judge_event(event, watched));
        }
    }
    if (film.is_empty_between) {
        verdict.false_wakes = find_false_wakes(film, watched);
        verdict.quiet = judge_quiet(film, watched);
    }
    verdict.ledger = judge_ledger(watched, verdict.events);
    return verdict;
}

eval::Proportion Group::recall() const {
    return eval::proportion_of(static_cast<double>(noticed), static_cast<double>(events));
}

double Group::false_wakes_per_hour() const {
    return quiet.all > 0 ? 3600 * static_cast<double>(false_wakes) / quiet.all : 0;
}

bool is_promised(const TrueEvent& event) {
    return event.height >= kSmallest && event.contrast >= kFaintest;
}

std::vector<Group> grouped(const std::vector<FilmVerdict>& films, const GroupName& name) {
    std::vector<Group> groups;
    const auto group_of = [&](const std::string& wanted) -> Group* {
        if (wanted.empty()) {
            return nullptr;
        }
        const auto found = std::ranges::find(groups, wanted, &Group::name);
        return found != groups.end() ? &*found : &groups.emplace_back(Group{.name = wanted});
    };
    for (const FilmVerdict& film : films) {
        if (Group* group = group_of(name(film, nullptr)); group != nullptr) {
            group->false_wakes += film.false_wakes.size();
            group->quiet.add(film.quiet);
        }
        for (const EventVerdict& one : film.events) {
            Group* group = group_of(name(film, one.event));
            if (group == nullptr) {
                continue;
            }
            ++group->events;
            group->noticed += one.is_noticed_in_time() ? 1U : 0U;
            group->noticed_later += one.delay && !one.is_noticed_in_time() ? 1U : 0U;
            if (one.delay) {
                group->delays.push_back(*one.delay);
            }
        }
    }
    return groups;
}

}  // namespace bongsu::bench
