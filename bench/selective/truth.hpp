#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"
#include "eval/time_spans.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::bench {

/// Where something is at one moment of the film: seconds, pixels.
struct TrueBox {
    double time = 0;
    Box box;
};

/// Something that somebody should notice.
struct TrueEvent {
    eval::TimeSpan span;       ///< in which it can be seen
    std::string kind;          ///< "walk", "fall" ...
    double height = 0;         ///< as a share of the picture's
    double contrast = 0;       ///< mean difference from what is behind it, grey levels
    std::vector<TrueBox> way;  ///< in order of time, not empty

    /// Its place at the last known moment up to `time`.
    const Box& box_at(double time) const;
};

/// A change of light and the like, which nobody need notice.
struct Distraction {
    eval::TimeSpan span;
    std::string what;
};

/// One camera of the benchmark: a film and the truth about it, as tools/selective/make_films writes
/// them. Times are seconds of the film.
struct LabelledFilm {
    std::string camera;
    std::string condition;  ///< "day", "night", "rain" ...
    std::string scene;      ///< "clip-..." for somebody else's footage
    double seconds = 0;
    bool is_empty_between = true;  ///< nobody stands in view between the events
    std::filesystem::path film;
    std::vector<TrueEvent> events;
    std::vector<Distraction> distractions;

    bool is_clip() const { return camera.starts_with("clip-"); }
};

/// Reads films.list and the truth of each film in it. Errors name the file and the line.
Result<std::vector<LabelledFilm>> read_films(const std::filesystem::path& list);

}  // namespace bongsu::bench
