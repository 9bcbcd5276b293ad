#pragma once

#include "eval/recognition/figures.hpp"
#include "eval/recognition/judging.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bongsu::eval {

/// What one kind of rule raised in one film, or in several together.
struct FilmCount {
    int false_alarms = 0;  ///< in films without such an event
    int in_own_set = 0;    ///< of these, in the set that was made for this kind
    int in_stills = 0;     ///< of these, before the clip moved or after it had ended
    double hours = 0;      ///< of these films
    int unlabelled = 0;    ///< alarms that the labels say nothing about
    Tally whole;
    Tally kisa;
    Tally ilids;
    ScoredAlarms scored;
    std::vector<double>
        event_scores;  ///< highest confidence in each clip of its set, with an event
    std::vector<double> other_scores;  ///< and without

    FilmCount& operator+=(const FilmCount& other);
};

/// One kind over all films.
struct KindCount {
    std::vector<FilmCount> films;
    std::vector<std::string> groups;  ///< of each film

    FilmCount sum_of(std::span<const std::size_t> items) const;
    FilmCount sum() const;
};

KindCount count_kind(const Watched& watched, const std::string& kind);

/// A figure of a kind that has events of its own.
struct KindFigure {
    const char* name;  ///< of the measurement
    std::optional<double> (*of)(const FilmCount& count);
};

std::span<const KindFigure> kind_figures();

}  // namespace bongsu::eval
