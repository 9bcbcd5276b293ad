#pragma once

#include "core/metrics.hpp"

#include <vector>

namespace bongsu::ingest::metrics {

// All carry the labels camera and role.
inline const MetricDesc kBytes{
    MetricKind::Counter,
    "bongsu_ingest_bytes_total",
    "bytes",
    "Coded video taken in, without transport headers",
    {}
};
inline const MetricDesc kAccessUnits{
    MetricKind::Counter, "bongsu_ingest_access_units_total", "1", "Coded pictures taken in", {}
};
inline const MetricDesc kLostPackets{
    MetricKind::Counter,
    "bongsu_ingest_lost_packets_total",
    "1",
    "RTP packets known lost by gaps in the sequence numbers",
    {}
};
inline const MetricDesc kDroppedUnits{
    MetricKind::Counter,
    "bongsu_ingest_dropped_access_units_total",
    "1",
    "Pictures dropped because they were incomplete or could not be decoded before the next key "
    "picture",
    {}
};
inline const MetricDesc kResyncs{
    MetricKind::Counter,
    "bongsu_ingest_resyncs_total",
    "1",
    "Times that broken interleaved framing was found again",
    {}
};
inline const MetricDesc kConnects{
    MetricKind::Counter,
    "bongsu_ingest_connects_total",
    "1",
    "Times that a stream began to play",
    {}
};
inline const MetricDesc kFailures{
    MetricKind::Counter,
    "bongsu_ingest_failures_total",
    "1",
    "Attempts that failed and streams that were lost",
    {}
};
inline const MetricDesc kIsPlaying{
    MetricKind::Gauge, "bongsu_ingest_playing", "1", "1 while pictures come in, otherwise 0", {}
};
inline const MetricDesc kClockOffset{
    MetricKind::Gauge,
    "bongsu_ingest_clock_offset_seconds",
    "seconds",
    "The camera's clock minus ours by its last RTCP sender report",
    {}
};

/// For the generated reference.
inline std::vector<MetricDesc> all() {
    return {
        kBytes,
        kAccessUnits,
        kLostPackets,
        kDroppedUnits,
        kResyncs,
        kConnects,
        kFailures,
        kIsPlaying,
        kClockOffset,
    };
}

}  // namespace bongsu::ingest::metrics
