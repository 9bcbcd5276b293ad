#pragma once

#include "core/metrics.hpp"

#include <vector>

namespace bongsu::scenelog {

inline const MetricDesc kScenesTotal{
    .kind = MetricKind::Counter,
    .name = "bongsu_scenelog_scenes_total",
    .unit = "1",
    .help = "Scenes written to the scene log",
};
inline const MetricDesc kScenesThinned{
    .kind = MetricKind::Counter,
    .name = "bongsu_scenelog_thinned_scenes_total",
    .unit = "1",
    .help = "Scenes of quiet cameras that were left out on purpose",
};
inline const MetricDesc kScenesLost{
    .kind = MetricKind::Counter,
    .name = "bongsu_scenelog_lost_scenes_total",
    .unit = "1",
    .help = "Scenes not written, by reason: queue_full, disk",
};
inline const MetricDesc kBytesWritten{
    .kind = MetricKind::Counter,
    .name = "bongsu_scenelog_written_bytes_total",
    .unit = "bytes",
    .help = "Bytes written to the scene log",
};
inline const MetricDesc kBytesKept{
    .kind = MetricKind::Gauge,
    .name = "bongsu_scenelog_kept_bytes",
    .unit = "bytes",
    .help = "Bytes of the scene log on disk",
};
inline const MetricDesc kQueueBlocks{
    .kind = MetricKind::Gauge,
    .name = "bongsu_scenelog_queue_blocks",
    .unit = "1",
    .help = "Blocks of scenes that wait for the disk",
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {kScenesTotal, kScenesThinned, kScenesLost, kBytesWritten, kBytesKept, kQueueBlocks};
}

}  // namespace bongsu::scenelog
