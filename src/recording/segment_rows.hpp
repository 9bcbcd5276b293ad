#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "domain/access_unit.hpp"
#include "store/segment_index.hpp"

#include <vector>

namespace bongsu::recording {

/// The segments of a stream that may hold pictures of [from, to), by start, without those that
/// retention is deleting. The end of a segment that is being written is not in its row: all of
/// those that started before `to` are among them.
Result<std::vector<store::Segment>> rows_between(
    store::SegmentIndex& index, const CameraId& camera, StreamRole role, WallTime from, WallTime to
);

}  // namespace bongsu::recording
