#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/mp4/track.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::media::mp4 {

/// Reads what fragment_writer.hpp writes. The bytes come from disk and may be anything: nothing is
/// read past the end, at most kMaxSamples are accepted, and everything else is Corrupt or
/// Unsupported.
inline constexpr std::size_t kMaxSamples = 20'000;

/// The video track that a moov box describes. `content` is the payload of moov.
Result<CodecParameters> read_moov(Bytes content);

/// Bytes of all of them together.
std::uint64_t data_size(std::span<const Sample> samples);

/// Ticks from the first decode time to the end of the last.
std::uint64_t duration(std::span<const Sample> samples);

struct Fragment {
    std::uint32_t sequence = 0;
    std::uint64_t decode_time = 0;  ///< 90 kHz ticks
    std::uint64_t data_offset = 0;  ///< of the first sample, from the start of the moof box
    std::vector<Sample> samples;

    std::uint64_t data_size() const;
    std::uint64_t duration() const;
};

/// `content` is the payload of moof.
Result<Fragment> read_moof(Bytes content);

}  // namespace bongsu::media::mp4
