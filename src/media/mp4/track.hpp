#pragma once

#include "domain/access_unit.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace bongsu::media::mp4 {

/// All our files and fragments count in 90 kHz ticks, the RTP clock of video: no rounding anywhere.
inline constexpr std::uint32_t kTimescale = 90'000;
inline constexpr std::uint32_t kTrackId = 1;

/// How one picture lies in a track. Times in 90 kHz ticks.
struct Sample {
    std::uint32_t size = 0;      ///< bytes
    std::uint32_t duration = 0;  ///< until the next sample is decoded
    std::int32_t composition_offset =
        0;  ///< shown that much after (negative: before) it is decoded
    bool is_key = false;
};

using Uuid = std::array<std::uint8_t, 16>;

}  // namespace bongsu::media::mp4
