#pragma once

#include "core/metrics.hpp"

#include <array>

namespace bongsu::incidents {

inline const MetricDesc kOpenedTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_opened_total",
    .unit = "1",
    .help = "Incidents opened; label gravity.",
    .buckets = {}
};

inline const MetricDesc kJoinedTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_events_joined_total",
    .unit = "1",
    .help = "Events that joined an incident that was there already.",
    .buckets = {}
};

inline const MetricDesc kLive{
    .kind = MetricKind::Gauge,
    .name = "bongsu_incidents_live",
    .unit = "1",
    .help = "Incidents that go on or may still be joined.",
    .buckets = {}
};

inline const MetricDesc kUnsaved{
    .kind = MetricKind::Gauge,
    .name = "bongsu_incidents_unsaved",
    .unit = "1",
    .help = "Incidents that wait for the store and are not shown yet. Alarm when above 0.",
    .buckets = {}
};

inline const MetricDesc kSaveFailuresTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_save_failures_total",
    .unit = "1",
    .help = "Attempts to save an incident that failed; each is retried.",
    .buckets = {}
};

inline const MetricDesc kLostTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_lost_total",
    .unit = "1",
    .help = "Incidents given up because too many waited for the store. Alarm when it grows.",
    .buckets = {}
};

inline const MetricDesc kEvictedTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_evicted_total",
    .unit = "1",
    .help = "Incidents ended early because too many went on at once.",
    .buckets = {}
};

inline const MetricDesc kStaleEventsTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_stale_events_total",
    .unit = "1",
    .help = "Open events taken for ended because no news of them came.",
    .buckets = {}
};

inline const MetricDesc kUnknownEndsTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_unknown_ends_total",
    .unit = "1",
    .help = "Ends of events that belong to no live incident.",
    .buckets = {}
};

inline const MetricDesc kSnapshotFailuresTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_snapshot_failures_total",
    .unit = "1",
    .help = "Pictures of incidents that could not be written; the incident is kept without.",
    .buckets = {}
};

inline const MetricDesc kEscalatedTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_escalated_total",
    .unit = "1",
    .help = "Escalations because nobody acknowledged an incident in time.",
    .buckets = {}
};

inline const MetricDesc kUnwatchedTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_unwatched_total",
    .unit = "1",
    .help = "Unacknowledged incidents beyond those that are watched for escalation.",
    .buckets = {}
};

inline const MetricDesc kStoredDelay{
    .kind = MetricKind::Histogram,
    .name = "bongsu_incidents_stored_delay_seconds",
    .unit = "seconds",
    .help = "From the moment an event became certain to its incident being stored.",
    .buckets = {0.1, 0.25, 0.5, 1, 1.5, 2, 5, 10, 30, 60}
};

inline const MetricDesc kThresholdsLearnt{
    .kind = MetricKind::Counter,
    .name = "bongsu_incidents_thresholds_learnt_total",
    .unit = "1",
    .help = "Thresholds of rules changed because of verdicts.",
    .buckets = {}
};

inline const std::array kMetrics{
    &kOpenedTotal,
    &kJoinedTotal,
    &kLive,
    &kUnsaved,
    &kSaveFailuresTotal,
    &kLostTotal,
    &kEvictedTotal,
    &kStaleEventsTotal,
    &kUnknownEndsTotal,
    &kSnapshotFailuresTotal,
    &kEscalatedTotal,
    &kUnwatchedTotal,
    &kStoredDelay,
    &kThresholdsLearnt
};

}  // namespace bongsu::incidents
