#pragma once

#include "core/metrics.hpp"

#include <array>

namespace bongsu::behaviours {

inline const MetricDesc kEventsTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_behaviours_events_total",
    .unit = "1",
    .help = "Events begun by rules; label kind is the behaviour.",
    .buckets = {}
};

inline const MetricDesc kProposalsTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_behaviours_proposals_total",
    .unit = "1",
    .help =
        "Suspicions of the cheap first check that a second look had to confirm; label kind is "
        "the behaviour.",
    .buckets = {}
};

inline const MetricDesc kOpenEvents{
    .kind = MetricKind::Gauge,
    .name = "bongsu_behaviours_open_events",
    .unit = "1",
    .help = "Events that have begun and not ended.",
    .buckets = {}
};

inline const MetricDesc kScenesTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_behaviours_scenes_total",
    .unit = "1",
    .help = "Scenes that rules looked at.",
    .buckets = {}
};

inline const MetricDesc kScenesSkippedTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_behaviours_scenes_skipped_total",
    .unit = "1",
    .help =
        "Scenes older than one already looked at, by less than the tolerated step back of the "
        "clock.",
    .buckets = {}
};

inline const MetricDesc kClockResetsTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_behaviours_clock_resets_total",
    .unit = "1",
    .help = "Times that a camera's clock stepped back so far that its rules began anew.",
    .buckets = {}
};

inline const std::array kMetrics{
    &kEventsTotal,
    &kProposalsTotal,
    &kOpenEvents,
    &kScenesTotal,
    &kScenesSkippedTotal,
    &kClockResetsTotal
};

}  // namespace bongsu::behaviours
