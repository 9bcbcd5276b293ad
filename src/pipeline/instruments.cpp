#include "pipeline/instruments.hpp"

#include "pipeline/metrics.hpp"

#include <string>

namespace bongsu::pipeline {

Instruments::Instruments(Metrics& metrics)
    : gate_age(metrics.histogram(kFrameAge, {{"stage", "gate"}})),
      scene_age(metrics.histogram(kFrameAge, {{"stage", "scene"}})),
      units_dropped(metrics.counter(kUnitsDropped)),
      keys_skipped(metrics.counter(kKeysSkipped)),
      frames_dropped(metrics.counter(kFramesDropped)),
      decode_errors(metrics.counter(kDecodeErrors)),
      gate_looks(metrics.counter(kLooks, {{"by", "gate"}})),
      region_looks(metrics.counter(kLooks, {{"by", "regions"}})),
      whole_looks(metrics.counter(kLooks, {{"by", "whole"}})),
      thinned(metrics.counter(kThinned)),
      wakes(metrics.counter(kWakes)),
      wakes_refused(metrics.counter(kWakesRefused)),
      recalled(metrics.counter(kRecalled)),
      quiet_cameras(metrics.gauge(kCameras, {{"level", "T1"}})),
      followed_cameras(metrics.gauge(kCameras, {{"level", "T3"}})),
      budget(metrics.gauge(kBudget)),
      used(metrics.gauge(kUsed)),
      wanted(metrics.gauge(kWanted)),
      longest_unwatched(metrics.gauge(kLongestUnwatched)) {
    for (std::size_t i = 0; i < triage::kGravities; ++i) {
        share[i] = &metrics.gauge(kShare, {{"gravity", std::to_string(i + 1)}});
    }
    for (std::size_t i = 0; i < triage::kStages; ++i) {
        const auto stage = static_cast<triage::Stage>(i);
        cpu_seconds[i] = &metrics.counter(kCpuSeconds, {{"stage", std::string(to_string(stage))}});
    }
}

}  // namespace bongsu::pipeline
