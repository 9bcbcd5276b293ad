#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/detection.hpp"
#include "domain/geometry.hpp"
#include "node/programs.hpp"
#include "program/metrics_page.hpp"
#include "selective/truth.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bongsu::bench {

/// Somebody or something that the node had in view; seconds of the film.
struct Sighting {
    double time = 0;
    Box box;
};

/// A time at which the node began to follow a camera.
struct Wake {
    double picture = 0;  ///< of the waking picture
    double told = 0;     ///< when the node did so, which is later than the picture
};

/// What the node did with one camera; seconds of the film.
struct WatchedCamera {
    double until =
        0;  ///< end of the film, of the run or of the connection: films begin anew with each
    std::vector<Wake> wakes;
    std::vector<eval::TimeSpan> followed;
    std::vector<double> whole_looks;  ///< pictures that the detector saw as a whole
    std::vector<Sighting> sightings;
    std::vector<eval::TimeSpan> called;   ///< on the wall because of somebody
    std::vector<eval::TimeSpan> in_turn;  ///< on the wall because its turn came or there was room
    double claimed_unwatched = 0;  ///< longest time without a look, as the coverage ledger has it
    double claimed_looks = 0;
};

struct WatchedRun {
    std::map<std::string, WatchedCamera> cameras;
    MetricValues counters;  ///< at the end
};

struct WatchOptions : NodePrograms {
    std::filesystem::path scratch;  ///< emptied first
    double seconds = 300;           ///< at most the films' length
    int tiles = 9;                  ///< of the operator's wall
    bool is_again = false;  ///< only reads what the last run left, without its wall and counters
};

/// Plays the films as RTSP cameras, has `bongsu serve` watch them with a console and one operator
/// on shift, both as processes of their own, in real time; afterwards reads what the node did: its
/// log, its scene log, its coverage ledger, and the operator's wall, which was asked for once a
/// second.
Result<WatchedRun> watch(const std::vector<LabelledFilm>& films, const WatchOptions& options);

}  // namespace bongsu::bench
