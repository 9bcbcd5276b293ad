#pragma once

#include "behaviours/size_map.hpp"
#include "core/clock.hpp"
#include "domain/track.hpp"

#include <optional>
#include <span>

namespace bongsu::behaviours {

/// How somebody moves over the picture. Walking is about 0.8 body heights a second, running from
/// 1.6 on (1.4 and 2.7 m/s at 1.70 m); a camera that looks down steeply shortens heights and so
/// shows up to half as much again.
struct Pace {
    float speed = 0;     ///< body heights a second
    Point direction;     ///< of length 1, in the picture
    Duration spanned{};  ///< time between the two detections that it was measured on
};

/// The pace of the last `window` of a track's history before `now`, measured on detections only:
/// predicted boxes run away. Where looks are rare, the window grows to twice its length until it
/// holds three detections. The upper and the lower edge of the box must both have moved, so that a
/// box that grows or shrinks is no movement. Nothing when fewer than three detections, or less than
/// half of the window, are there to measure on.
std::optional<Pace> pace_of(
    const Track& track, WallTime now, Duration window, const SizeMap& sizes
);

/// How tall this person is when he stands, pixels: as learnt for his place, but not less than he is
/// seen to be; where nothing was learnt the tallest of his own detections; 0: unknown.
float standing_height(const Track& track, const SizeMap& sizes);

/// Whether the person sits on, or is mistaken for the rider of, a bicycle or motorcycle that is
/// followed too.
bool is_riding(const Track& person, std::span<const Track> tracks);

}  // namespace bongsu::behaviours
