#pragma once

#include "core/metrics.hpp"

namespace bongsu::recording {

inline const MetricDesc kUnitsWritten{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_access_units_total",
    .unit = "1",
    .help = "Access units written to segments",
};
inline const MetricDesc kBytesWritten{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_written_bytes_total",
    .unit = "bytes",
    .help = "Bytes written to segments",
};
inline const MetricDesc kUnitsLost{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_lost_access_units_total",
    .unit = "1",
    .help =
        "Access units not recorded, by reason: queue_full, disk, no_key (waiting for a key frame), "
        "unknown_camera",
};
inline const MetricDesc kQueueUnits{
    .kind = MetricKind::Gauge,
    .name = "bongsu_recording_queue_units",
    .unit = "1",
    .help = "Access units that wait for a writer",
};
inline const MetricDesc kQueueBytes{
    .kind = MetricKind::Gauge,
    .name = "bongsu_recording_queue_bytes",
    .unit = "bytes",
    .help = "Video that waits for a writer",
};
inline const MetricDesc kPaused{
    .kind = MetricKind::Gauge,
    .name = "bongsu_recording_paused",
    .unit = "1",
    .help = "1 while the recordings folder cannot be written and recording is paused",
};
inline const MetricDesc kDiskErrors{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_disk_errors_total",
    .unit = "1",
    .help = "Failed writes to the recordings folder",
};
inline const MetricDesc kSyncSeconds{
    .kind = MetricKind::Histogram,
    .name = "bongsu_recording_sync_seconds",
    .unit = "seconds",
    .help = "Time of one fdatasync of a segment",
    .buckets = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3},
};
inline const MetricDesc kSegmentsClosed{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_segments_total",
    .unit = "1",
    .help = "Segments finished",
};
inline const MetricDesc kIndexPending{
    .kind = MetricKind::Gauge,
    .name = "bongsu_recording_index_pending",
    .unit = "1",
    .help = "Segments whose latest state has not reached the index yet",
};
inline const MetricDesc kRetired{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_retired_segments_total",
    .unit = "1",
    .help =
        "Segments deleted by retention, by reason: age, camera_bytes, organisation_bytes, "
        "free_space",
};
inline const MetricDesc kRetiredBytes{
    .kind = MetricKind::Counter,
    .name = "bongsu_recording_retired_bytes_total",
    .unit = "bytes",
    .help = "Bytes deleted by retention",
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {
        kUnitsWritten,
        kBytesWritten,
        kUnitsLost,
        kQueueUnits,
        kQueueBytes,
        kPaused,
        kDiskErrors,
        kSyncSeconds,
        kSegmentsClosed,
        kIndexPending,
        kRetired,
        kRetiredBytes,
    };
}

}  // namespace bongsu::recording
