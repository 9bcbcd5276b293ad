#pragma once

#include "behaviours/fall/fall_judge.hpp"
#include "core/clock.hpp"
#include "domain/geometry.hpp"
#include "domain/track.hpp"

#include <optional>

namespace bongsu::behaviours::fall {

/// When somebody was last upright whose box has turned over since and stays so: the little that
/// can be said where poses cannot be read. Judged on detections only. His box must have lost height
/// and won width, so that neither a crate before his legs nor a squat is a fall, and must keep
/// clear of the edge of the picture, which cuts boxes.
std::optional<WallTime> turned_over(
    const Track& track, const Box& picture, const FallSettings& settings
);

}  // namespace bongsu::behaviours::fall
