#pragma once

#include "core/result.hpp"

#include <filesystem>

namespace bongsu::bench {

/// Whether what is visible for two seconds is noticed within three.
struct RecallFigures {
    int events = 0;
    int noticed = 0;         ///< within three seconds of becoming visible
    double delay_p50 = 0;    ///< seconds, of those noticed
    double delay_p95 = 0;    ///< the same
    double quiet_hours = 0;  ///< in which nothing was to be seen
    int false_wakes = 0;     ///< in those hours
};

/// Shows made events to a quiet camera's whole ladder: people of the busy film, each for two to
/// five seconds, walk through the empty scene, by day and by night, mirrored and not. Who is
/// visible where is known from the detector and tracker at full rate on the busy film itself. Only
/// key frames are made, two seconds apart, as a quiet camera's ladder looks at nothing else.
Result<RecallFigures> measure_recall(const std::filesystem::path& films, int events);

}  // namespace bongsu::bench
