#pragma once

#include "core/metrics.hpp"

namespace bongsu::store {

inline const MetricDesc kWriteQueue{
    .kind = MetricKind::Gauge,
    .name = "bongsu_store_write_queue_jobs",
    .unit = "1",
    .help = "Writes that wait for the database",
};
inline const MetricDesc kWritesRejected{
    .kind = MetricKind::Counter,
    .name = "bongsu_store_writes_rejected_total",
    .unit = "1",
    .help = "Writes turned away because the queue was full",
};
inline const MetricDesc kFailures{
    .kind = MetricKind::Counter,
    .name = "bongsu_store_failures_total",
    .unit = "1",
    .help = "Reads and writes that the database refused or lost",
};
inline const MetricDesc kWriteSeconds{
    .kind = MetricKind::Histogram,
    .name = "bongsu_store_write_seconds",
    .unit = "seconds",
    .help = "Time of one write transaction, waiting excluded",
    .buckets = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2},
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {kWriteQueue, kWritesRejected, kFailures, kWriteSeconds};
}

}  // namespace bongsu::store
