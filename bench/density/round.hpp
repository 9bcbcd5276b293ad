#pragma once

#include "core/result.hpp"
#include "node/programs.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::bench {

/// One arrangement of cameras. Chosen so small that neither program is ever short of CPU time.
struct Round {
    std::string name;  ///< "360p.quiet"
    int height = 360;  ///< of the only stream that the cameras have
    int quiet = 0;     ///< cameras that show the empty scene
    int busy = 0;      ///< cameras on which people walk all the time
    /// Of these, cameras that motion watches too: of the busy ones if there are any.
    int motions = 0;
    std::optional<double> goal;  ///< cameras per core
    std::string encoding{};      ///< of its films, "-gop10"; empty: a key frame in two seconds
};

std::vector<Round> all_rounds();

struct RoundOptions : NodeRun {
    std::filesystem::path films;
    bool is_alone = false;  ///< motion is left out
};

/// What the node says about its own work in the window, per camera and second.
struct NodeWork {
    std::array<double, 4> stages{};  ///< CPU-s per camera-hour: gate, decode, detect, follow
    double gate_looks = 0;
    double whole_looks = 0;
    double region_looks = 0;
    double inferences = 0;
    double followed = 0;  ///< share of the cameras that were followed at the end of the window
    double wakes = 0;     ///< in all
    double thinned = 0;
    double dropped = 0;  ///< coded or decoded pictures given up
    double tracks = 0;   ///< looks at scenes
};

/// CPU seconds (user and system) per camera and hour.
struct RoundFigures {
    Round round;
    double node = 0;
    double resident_mb = 0;  ///< per camera, everything included
    std::optional<double> motion;
    NodeWork work;
};

/// Starts the simulated cameras, the node and motion, waits, measures, and ends them all.
Result<RoundFigures> run_round(const Round& round, const RoundOptions& options);

}  // namespace bongsu::bench
