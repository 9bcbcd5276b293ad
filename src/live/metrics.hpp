#pragma once

#include "core/metrics.hpp"

#include <vector>

namespace bongsu::live {

inline const MetricDesc kViewers{
    .kind = MetricKind::Gauge,
    .name = "bongsu_live_viewers",
    .unit = "1",
    .help = "Open live pictures",
};
inline const MetricDesc kHeldBytes{
    .kind = MetricKind::Gauge,
    .name = "bongsu_live_held_bytes",
    .unit = "bytes",
    .help = "Video held so that a viewer's first picture needs no wait",
};
inline const MetricDesc kHoldGivenUp{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_holds_given_up_total",
    .unit = "1",
    .help = "GOPs not held to their end because a limit was reached; only their key picture is",
};
inline const MetricDesc kUnitsDropped{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_dropped_access_units_total",
    .unit = "1",
    .help = "Access units that did not reach viewers, by reason: queue_full, unknown_camera",
};
inline const MetricDesc kFragments{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_fragments_total",
    .unit = "1",
    .help = "Fragments made, each once for all viewers of a stream",
};
inline const MetricDesc kSentBytes{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_sent_bytes_total",
    .unit = "bytes",
    .help = "Bytes handed to viewers' connections",
};
inline const MetricDesc kViewerCuts{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_viewer_cuts_total",
    .unit = "1",
    .help = "Times a slow viewer was made to wait for the next key picture",
};
inline const MetricDesc kPictures{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_pictures_total",
    .unit = "1",
    .help = "JPEG pictures made, by use: viewer (no H.265 in the page), still",
};
inline const MetricDesc kPictureFailures{
    .kind = MetricKind::Counter,
    .name = "bongsu_live_picture_failures_total",
    .unit = "1",
    .help = "Pictures that could not be decoded or encoded, by use: viewer, still",
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {
        kViewers,
        kHeldBytes,
        kHoldGivenUp,
        kUnitsDropped,
        kFragments,
        kSentBytes,
        kViewerCuts,
        kPictures,
        kPictureFailures,
    };
}

}  // namespace bongsu::live
