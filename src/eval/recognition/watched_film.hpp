#pragma once

#include "domain/geometry.hpp"
#include "pipeline/camera_stats.hpp"

#include <string>
#include <vector>

namespace bongsu::eval {

/// An event that a rule began. Times are seconds of the clip; before it began to move they are
/// below the clip's first.
struct Alarm {
    std::string kind;
    double time = 0;     ///< of the picture that made it certain
    double told = 0;     ///< of the newest picture that had arrived when it was raised
    double started = 0;  ///< when it began, as the rule says
    double confidence = 0;
    Box box;  ///< shares of the picture, 0..1; empty: the whole picture
    std::string detail;
};

/// What a verifier said about a picture.
struct Answer {
    std::string verifier;
    double time = 0;
    double score = 0;
};

/// What the pipeline said about one film.
struct WatchedFilm {
    std::vector<Alarm> alarms;  ///< in the order in which they were raised
    std::vector<Answer> answers;
    pipeline::CameraStats stats;
    double cpu_seconds = 0;    ///< of the analysis, while the clip itself played
    double until = 0;          ///< the last picture that arrived, seconds of the clip
    bool is_complete = false;  ///< it came to the film's end

    /// The highest answer of one verifier; 0 when it was never asked.
    double highest_answer(std::string_view verifier) const {
        double highest = 0;
        for (const Answer& answer : answers) {
            if (answer.verifier == verifier && answer.score > highest) {
                highest = answer.score;
            }
        }
        return highest;
    }
};

}  // namespace bongsu::eval
