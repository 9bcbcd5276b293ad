#pragma once

#include "core/metrics.hpp"

namespace bongsu::audit {

inline const MetricDesc kRecords{
    .kind = MetricKind::Counter,
    .name = "bongsu_audit_records_total",
    .unit = "1",
    .help = "Records written to the audit log",
};
inline const MetricDesc kRefused{
    .kind = MetricKind::Counter,
    .name = "bongsu_audit_refused_total",
    .unit = "1",
    .help = "Acts refused because they could not be written to the audit log",
};
inline const MetricDesc kWaiting{
    .kind = MetricKind::Gauge,
    .name = "bongsu_audit_waiting_records",
    .unit = "1",
    .help = "Records that wait to be written",
};
inline const MetricDesc kAppendSeconds{
    .kind = MetricKind::Histogram,
    .name = "bongsu_audit_append_seconds",
    .unit = "seconds",
    .help = "Time from the beginning of a batch until it is on disk",
    .buckets = {0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 2},
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {kRecords, kRefused, kWaiting, kAppendSeconds};
}

}  // namespace bongsu::audit
