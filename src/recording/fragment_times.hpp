#pragma once

#include "core/clock.hpp"
#include "recording/segment_reader.hpp"

#include <cstdint>
#include <vector>

namespace bongsu::recording {

/// 90 kHz ticks since 1970, rounded down.
constexpr std::int64_t to_wall_ticks(WallTime time) {
    return time.time_since_epoch().count() * 9 / 100;
}

constexpr WallTime from_wall_ticks(std::int64_t ticks) {
    return WallTime{Duration{(ticks * 100 + 8) / 9}};
}

/// When each fragment of a segment begins on the wall clock, in 90 kHz ticks since 1970. Within a
/// segment the camera's own clock counts, so that neighbours fit to the tick; where its marks say
/// that it is off by more than 50 ms (the first sender report has come) a key picture starts anew.
/// A function of the file alone.
std::vector<std::int64_t> fragment_times(const SegmentContent& content);

}  // namespace bongsu::recording
