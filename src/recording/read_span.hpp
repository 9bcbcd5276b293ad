#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "domain/geometry.hpp"
#include "store/segment_index.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::recording {

struct SpanQuery {
    CameraId camera;
    StreamRole role = StreamRole::Main;
    WallTime from;
    WallTime to;
    std::string output;  ///< file to write; replaced when it exists
    /// Areas that must not be in it: then every picture is decoded, painted and encoded as H.264.
    std::vector<Polygon> black{};
};

/// A pause in a written span.
struct SpanGap {
    WallTime from;
    WallTime to;
};

struct SpanOutcome {
    WallTime first_picture;    ///< in the file: a key frame at or before `from` when there is one
    WallTime shown_from;       ///< where players begin: `from`, or first_picture when that is later
    WallTime end;              ///< of the last picture; up to one GOP after `to`
    Duration lead_in{};        ///< decoded, but hidden by the edit list
    std::size_t pictures = 0;  ///< in the file, lead-in included
    std::int64_t bytes = 0;    ///< of the file
    std::vector<SpanGap> gaps;  ///< pauses of more than two seconds: the last picture stands still
    std::vector<std::string> skipped;  ///< segments that could not be read, with the reason
};

/// Writes one plain MP4 of what was recorded between two times, as it was stored unless areas are
/// to be black; also of segments that are being written. The file appears whole or not at all.
/// NotFound when nothing was recorded then, FailedPrecondition when the camera changed its video
/// parameters within the span (the message names the times at which to split it). A segment that is
/// gone or damaged is skipped and told; Corrupt when nothing else is left. Runs on: the calling
/// thread.
Result<SpanOutcome> read_span(
    const std::string& root, store::SegmentIndex& index, const SpanQuery& query
);

}  // namespace bongsu::recording
