#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::eval {

/// A box of the truth.
struct TimedBox {
    double time = 0;  ///< seconds of the clip
    Box box;          ///< shares of the picture, 0..1
};

/// A labelled clip, and the film that was made of it for a camera to play: still for some seconds,
/// the clip, still again.
struct RecognitionFilm {
    std::string name;  ///< also the camera's
    std::string set;   ///< fight, fall, fire, abandoned, vehicles, street, composed, composed_more
    std::string source;  ///< what is reported on a line of its own, such as upfall-cam1
    std::string group;   ///< clips that look alike or show the same people
    std::string label;
    std::string condition = "none";  ///< what the clip is degraded by
    std::filesystem::path file;
    bool is_trainable = false;            ///< a model may have been trained on it
    double rate = 0;                      ///< pictures a second of the film
    double begin = 0;                     ///< seconds of the film at which the clip begins to move
    double zero = 0;                      ///< seconds of the film at which the clip's clock is 0
    double seconds = 0;                   ///< of the clip in the film, without the stills
    double length = 0;                    ///< of the whole film
    std::map<std::string, double> marks;  ///< event_start_s ... as labelled, seconds of the clip
    std::vector<TimedBox> boxes;          ///< by time

    /// Nothing when the clip has no such mark.
    const double* mark(std::string_view key) const {
        const auto found = marks.find(std::string(key));
        return found == marks.end() ? nullptr : &found->second;
    }
};

/// What the film tool lists. Errors: Corrupt, naming the film and what is wrong with it.
Result<std::vector<RecognitionFilm>> parse_films(std::string_view json);

struct FilmWish {
    std::filesystem::path tool;  ///< tools/eval/make_films
    std::filesystem::path data;  ///< folder of labelled footage
    std::vector<std::string> only;
    std::string condition = "none";
    bool is_sample = false;  ///< fewer of the short clips, for comparisons
};

/// Makes the films that are not there yet and lists them. Errors: Unavailable when the tool fails;
/// it says why on the error output.
Result<std::vector<RecognitionFilm>> make_films(const FilmWish& wish);

}  // namespace bongsu::eval
