#pragma once

#include "eval/recognition/film.hpp"
#include "eval/recognition/watched_film.hpp"

#include <optional>

namespace bongsu::eval {

/// What the rules about things said in one film in which somebody puts a thing down and leaves it,
/// or takes it along again.
struct ThingScore {
    bool is_left = false;         ///< whether a thing stays behind
    std::optional<double> delay;  ///< seconds from the owner's leaving to the alarm, when in time
    int early_alarms = 0;         ///< for the thing while its owner was there
    int false_alarms = 0;         ///< for anything else, or for a thing that was taken along
    double seconds_without = 0;   ///< of the film, of which nothing was to be said
};

/// Judges the alarms of abandoned_object and removed_object by when they were told and where. In
/// time is until `event_end_s`; an alarm for the thing after that is neither right nor false, nor
/// is a further one.
ThingScore score_things(const RecognitionFilm& film, const WatchedFilm& watched);

}  // namespace bongsu::eval
