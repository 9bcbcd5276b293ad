#pragma once

#include "core/metrics.hpp"

#include <array>

namespace bongsu::pipeline {

inline const MetricDesc kCpuSeconds{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_cpu_seconds_total",
    .unit = "seconds",
    .help = "CPU time of the analysis; label stage is gate, decode, detect or follow."
};
inline const MetricDesc kFrameAge{
    .kind = MetricKind::Histogram,
    .name = "bongsu_pipeline_frame_age_seconds",
    .unit = "seconds",
    .help =
        "Time from the arrival of a picture until a stage was done with it; label stage is gate or "
        "scene. "
        "Pictures from before a camera was woken do not count.",
    .buckets = {0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10}
};
inline const MetricDesc kUnitsDropped{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_units_dropped_total",
    .unit = "1",
    .help =
        "Coded pictures of followed cameras given up because the analysis was late "
        "(drop_to_keyframe)."
};
inline const MetricDesc kKeysSkipped{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_keys_skipped_total",
    .unit = "1",
    .help = "Key frames of quiet cameras replaced by a later one before the gate looked (coalesce)."
};
inline const MetricDesc kFramesDropped{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_frames_dropped_total",
    .unit = "1",
    .help =
        "Decoded pictures of frame sources given up because the analysis was late (drop_oldest)."
};
inline const MetricDesc kDecodeErrors{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_decode_errors_total",
    .unit = "1",
    .help = "Coded pictures that could not be decoded."
};
inline const MetricDesc kLooks{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_looks_total",
    .unit = "1",
    .help =
        "Pictures looked at; label by is gate, regions (detector, where something moved), whole "
        "(detector, all)."
};
inline const MetricDesc kThinned{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_thinned_total",
    .unit = "1",
    .help = "Detector runs left out to keep the CPU budget."
};
inline const MetricDesc kWakes{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_wakes_total",
    .unit = "1",
    .help = "Times a quiet camera began to be followed."
};
inline const MetricDesc kWakesRefused{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_wakes_refused_total",
    .unit = "1",
    .help =
        "Times a camera stayed on key frames because max_active cameras were followed already, "
        "none of less gravity."
};
inline const MetricDesc kRecalled{
    .kind = MetricKind::Counter,
    .name = "bongsu_pipeline_recalled_total",
    .unit = "1",
    .help = "Times a camera went back to key frames because one of higher gravity woke."
};
inline const MetricDesc kCameras{
    .kind = MetricKind::Gauge,
    .name = "bongsu_pipeline_cameras",
    .unit = "1",
    .help = "Cameras by triage level; label level is T1 or T3."
};
inline const MetricDesc kBudget{
    .kind = MetricKind::Gauge,
    .name = "bongsu_pipeline_budget_cpu",
    .unit = "1",
    .help = "CPU seconds per second that the analysis may use at present."
};
inline const MetricDesc kUsed{
    .kind = MetricKind::Gauge,
    .name = "bongsu_pipeline_used_cpu",
    .unit = "1",
    .help = "CPU seconds per second that the analysis uses, smoothed."
};
inline const MetricDesc kWanted{
    .kind = MetricKind::Gauge,
    .name = "bongsu_pipeline_wanted_cpu",
    .unit = "1",
    .help =
        "CPU seconds per second that the analysis would use if nothing were left out, smoothed; "
        "above the budget it is behind."
};
inline const MetricDesc kShare{
    .kind = MetricKind::Gauge,
    .name = "bongsu_pipeline_share",
    .unit = "1",
    .help =
        "Share of the detector looks that they want which cameras get, in the mean; label gravity "
        "is 1 to 5, the highest of the camera's rules."
};
inline const MetricDesc kLongestUnwatched{
    .kind = MetricKind::Gauge,
    .name = "bongsu_pipeline_longest_unwatched_seconds",
    .unit = "seconds",
    .help = "Longest span in which the detector did not see the whole picture of some camera."
};

inline const std::array kAllMetrics{
    &kCpuSeconds,
    &kFrameAge,
    &kUnitsDropped,
    &kKeysSkipped,
    &kFramesDropped,
    &kDecodeErrors,
    &kLooks,
    &kThinned,
    &kWakes,
    &kWakesRefused,
    &kRecalled,
    &kCameras,
    &kBudget,
    &kUsed,
    &kWanted,
    &kShare,
    &kLongestUnwatched
};

}  // namespace bongsu::pipeline
