#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::media::mp4 {

/// When the pictures of one fragment are decoded, derived from when they are shown. 90 kHz ticks.
struct SampleTimes {
    std::int64_t decode_start = 0;
    std::vector<std::uint32_t> durations;
    std::vector<std::int32_t> composition_offsets;
};

/// `shown` holds presentation times in decoding order, as RTP sends them. A picture's decode time
/// is the presentation time of the same rank: without reordering both are equal, with B pictures
/// the offset may be negative (trun version 1). `next_shown` is the presentation time of the
/// picture that follows, when known; it ends the last picture, unless pictures are reordered: then
/// the usual distance does. Equal or close to equal times are spread so that every duration is at
/// least one tick, and nothing is decoded before `not_before` (end of the fragment before).
SampleTimes sample_times(
    std::span<const std::int64_t> shown,
    std::optional<std::int64_t> next_shown,
    std::optional<std::int64_t> not_before = std::nullopt
);

}  // namespace bongsu::media::mp4
