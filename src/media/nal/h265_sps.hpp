#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"

#include <array>
#include <cstdint>

namespace bongsu::media {

/// profile_tier_level of H.265 (ITU-T H.265 7.3.3) without sub-layers, as hvcC repeats it.
struct H265ProfileTierLevel {
    std::uint8_t space_tier_profile = 0;  ///< general_profile_space(2), tier(1), profile_idc(5)
    std::uint32_t compatibility = 0;
    std::array<std::uint8_t, 6> constraints{};  ///< the 48 constraint and reserved bits
    std::uint8_t level = 0;                     ///< general_level_idc
};

/// The parts of an H.265 sequence parameter set (7.3.2.2.1) that others need.
struct H265Sps {
    H265ProfileTierLevel profile;
    std::uint8_t temporal_layers = 1;
    bool is_temporal_id_nested = false;
    std::uint32_t chroma_format = 1;
    std::uint32_t bit_depth_luma = 8;
    std::uint32_t bit_depth_chroma = 8;
    std::uint32_t width = 0;  ///< after cropping, in pixels
    std::uint32_t height = 0;
};

/// The parts of an H.265 video parameter set (7.3.2.1) that others need.
struct H265Vps {
    std::uint8_t temporal_layers = 1;
    bool is_temporal_id_nested = false;
    double frame_rate = 0;  ///< from vps_timing_info; 0: not stated
};

/// `nal` with its two header bytes, without start code. Corrupt when it ends early or a size is
/// impossible.
Result<H265Sps> parse_h265_sps(Bytes nal);
Result<H265Vps> parse_h265_vps(Bytes nal);

}  // namespace bongsu::media
