#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/mp4/track.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::media::mp4 {

// Fragmented MP4 (ISO/IEC 14496-12 8.8) without files or copies: these functions make the bytes
// around the samples, the caller sends them together with the samples themselves (writev,
// WebSocket). Runs on: any thread.

/// ftyp and moov with mvex: what a player needs before the first fragment.
Result<std::vector<std::uint8_t>> init_segment(const CodecParameters& parameters);

struct FragmentPlan {
    std::uint32_t sequence = 1;  ///< counts the fragments of one file from 1
    std::uint64_t decode_time =
        0;  ///< of its first sample, 90 kHz ticks since the start of the file
    std::span<const Sample> samples;
};

/// moof and the header of mdat. The sample data follow directly: sum of Sample::size bytes.
/// InvalidArgument when there is no sample or more than 2 GiB of data.
Result<std::vector<std::uint8_t>> fragment_head(const FragmentPlan& plan);

/// A box of our own (11.1): uuid with `payload`.
std::vector<std::uint8_t> uuid_box(const Uuid& uuid, std::span<const std::uint8_t> payload);

}  // namespace bongsu::media::mp4
