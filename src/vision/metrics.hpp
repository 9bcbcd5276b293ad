#pragma once

#include "core/metrics.hpp"

namespace bongsu::vision {

inline const MetricDesc kInferences{
    MetricKind::Counter,
    "bongsu_vision_inferences_total",
    "1",
    "Runs of the detection network.",
    {},
};
inline const MetricDesc kInferenceSeconds{
    MetricKind::Histogram,
    "bongsu_vision_inference_seconds",
    "seconds",
    "Time of one run of the detection network, drawing the input included.",
    {0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1},
};
inline const MetricDesc kViews{
    MetricKind::Counter,
    "bongsu_vision_views_total",
    "1",
    "Regions, tiles and whole pictures that were looked at.",
    {},
};
inline const MetricDesc kSecondLooks{
    MetricKind::Counter,
    "bongsu_vision_second_looks_total",
    "1",
    "Questions of behaviours to a stronger model; label look is pose or the verifier, outcome is "
    "answered, cannot_tell or failed.",
    {},
};

}  // namespace bongsu::vision
