#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"

#include <cstdint>

namespace bongsu::media {

/// The parts of an H.264 sequence parameter set (ITU-T H.264 7.3.2.1.1) that others need.
struct H264Sps {
    std::uint8_t profile = 0;         ///< profile_idc
    std::uint8_t constraints = 0;     ///< constraint_set flags, the byte after profile_idc
    std::uint8_t level = 0;           ///< level_idc
    std::uint32_t chroma_format = 1;  ///< chroma_format_idc
    std::uint32_t bit_depth_luma = 8;
    std::uint32_t bit_depth_chroma = 8;
    std::uint32_t width = 0;  ///< after cropping, in pixels
    std::uint32_t height = 0;
    double frame_rate = 0;  ///< from the VUI timing; 0: not stated
};

/// `nal` with its header byte, without start code. Corrupt when it ends early or a size is
/// impossible.
Result<H264Sps> parse_h264_sps(Bytes nal);

}  // namespace bongsu::media
