#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <cstdint>

namespace bongsu::pipeline {

/// How much is looked at, how often, and with what. Typed form of analysis_schema().
struct AnalysisConfig {
    unsigned threads = 0;  ///< 0: one per processor
    double budget = 0;     ///< CPU seconds per second for all cameras; 0: 0.8 per thread
    Duration max_unwatched = std::chrono::seconds{60};
    double analysis_rate = 5;     ///< pictures per second of a camera in use
    double detection_rate = 1.8;  ///< of those, how many the detector sees, before the budget
    /// Of those, how many it sees as a whole; in the others only around known objects and wherever
    /// something moves.
    double whole_rate = 0.0625;
    Duration hold = std::chrono::seconds{10};  ///< in use for so long after the last moving object
    Duration quiet_interval =
        std::chrono::milliseconds{900};  ///< shortest time between two looks of the gate
    bool thins_keyframes = false;  ///< gate only every second key frame while bytes are as usual
    double early_wake =
        6;  ///< deviations of unit sizes that wake the gate between key frames; 0: never
    int max_active = 64;                ///< cameras decoded continuously at once
    std::int64_t held_bytes = 8 << 20;  ///< coded pictures held per camera
    int held_units = 600;
    bool skips_loop_filter = true;
    double gate_threshold = 12;       ///< in use, and where the weather moves
    double gate_threshold_least = 7;  ///< quiet, where nothing else moves
    double wake_score = 0.4;          ///< detections from here on make a camera be followed
};

/// The rows of `analysis:` in the configuration.
const SettingsSchema& analysis_schema();
AnalysisConfig analysis_config(const Settings& settings);

}  // namespace bongsu::pipeline
