#pragma once

#include "core/metrics.hpp"
#include "triage/scheduler.hpp"

#include <array>

namespace bongsu::pipeline {

/// The metrics of the pipeline, taken once. Thread-safe like the metrics themselves.
struct Instruments {
    explicit Instruments(Metrics& metrics);

    std::array<Counter*, triage::kStages> cpu_seconds{};
    Histogram& gate_age;
    Histogram& scene_age;
    Counter& units_dropped;
    Counter& keys_skipped;
    Counter& frames_dropped;
    Counter& decode_errors;
    Counter& gate_looks;
    Counter& region_looks;
    Counter& whole_looks;
    Counter& thinned;
    Counter& wakes;
    Counter& wakes_refused;
    Counter& recalled;
    Gauge& quiet_cameras;
    Gauge& followed_cameras;
    Gauge& budget;
    Gauge& used;
    Gauge& wanted;
    std::array<Gauge*, triage::kGravities> share{};  ///< gravity 1 first
    Gauge& longest_unwatched;
};

}  // namespace bongsu::pipeline
