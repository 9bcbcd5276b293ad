#pragma once

#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "media/mp4/track.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::media::mp4 {

/// A plain MP4 file of one video track: moov first, then one mdat with all samples in decoding
/// order.
struct PlainPlan {
    const CodecParameters& parameters;
    std::span<const Sample> samples;
    std::uint64_t lead_in = 0;  ///< ticks at the start that are decoded but not shown (edit list)
};

struct PlainHead {
    std::vector<std::uint8_t>
        bytes;  ///< ftyp, moov and the header of mdat; the sample data follow directly
    std::uint64_t data_size = 0;  ///< how many bytes must follow
};

/// InvalidArgument when there is no sample, the first one is no key frame, or lead_in covers
/// everything.
Result<PlainHead> plain_head(const PlainPlan& plan);

}  // namespace bongsu::media::mp4
