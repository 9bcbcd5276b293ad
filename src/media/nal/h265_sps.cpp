#include "media/nal/h265_sps.hpp"

#include "media/nal/bit_reader.hpp"
#include "media/nal/nal_unit.hpp"

#include <algorithm>

namespace bongsu::media {
namespace {

constexpr std::uint32_t kMaxSide = 16384;

H265ProfileTierLevel read_profile(BitReader& reader, unsigned max_sub_layers_minus1) {
    H265ProfileTierLevel profile;
    profile.space_tier_profile = static_cast<std::uint8_t>(reader.bits(8));
    profile.compatibility = reader.bits(32);
    std::ranges::generate(profile.constraints, [&] {
        return static_cast<std::uint8_t>(reader.bits(8));
    });
    profile.level = static_cast<std::uint8_t>(reader.bits(8));
    std::array<bool, 8> has_profile{};
    std::array<bool, 8> has_level{};
    for (unsigned i = 0; i < max_sub_layers_minus1; ++i) {
        has_profile.at(i) = reader.flag();
        has_level.at(i) = reader.flag();
    }
    if (max_sub_layers_minus1 > 0) {
        reader.skip(std::size_t{2} * (8 - max_sub_layers_minus1));
    }
    for (unsigned i = 0; i < max_sub_layers_minus1; ++i) {
        reader.skip((has_profile.at(i) ? 88U : 0U) + (has_level.at(i) ? 8U : 0U));
    }
    return profile;
}

/// sub_layer_ordering_info: three codes for one or all sub-layers.
void skip_ordering(BitReader& reader, unsigned max_sub_layers_minus1) {
    const unsigned count = reader.flag() ? max_sub_layers_minus1 + 1 : 1;
    for (unsigned i = 0; i < 3 * count; ++i) {
        reader.unsigned_golomb();
    }
}

double frame_rate(BitReader& reader) {
    const double units = reader.bits(32);
    const double scale = reader.bits(32);
    return reader.is_overrun() || units == 0 ? 0 : scale / units;
}

}  // namespace

Result<H265Sps> parse_h265_sps(Bytes nal) {
    if (kind_of(Codec::H265, nal) != NalKind::Sps || nal.size() < 16) {
        return fail(ErrorKind::Corrupt, "this is not an H.265 sequence parameter set");
    }
    const auto payload = remove_emulation_prevention(nal.subspan(2));
    BitReader reader(payload);
    reader.skip(4);
    const unsigned sub_layers = reader.bits(3);
    H265Sps sps;
    sps.temporal_layers = static_cast<std::uint8_t>(sub_layers + 1);
    sps.is_temporal_id_nested = reader.flag();
    sps.profile = read_profile(reader, sub_layers);
    reader.unsigned_golomb();  // sps_seq_parameter_set_id
    sps.chroma_format = reader.unsigned_golomb();
    if (sps.chroma_format == 3) {
        reader.skip(1);
    }
    const std::uint32_t full_width = reader.unsigned_golomb();
    const std::uint32_t full_height = reader.unsigned_golomb();
    std::array<std::uint32_t, 4> crop{};  // left, right, top, bottom
    if (reader.flag()) {
        std::ranges::generate(crop, [&] { return reader.unsigned_golomb(); });
    }
    sps.bit_depth_luma = 8 + reader.unsigned_golomb();
    sps.bit_depth_chroma = 8 + reader.unsigned_golomb();
    if (reader.is_overrun() || full_width > kMaxSide || full_height > kMaxSide ||
        sps.chroma_format > 3 || sps.bit_depth_luma > 14 || sps.bit_depth_chroma > 14) {
        return fail(ErrorKind::Corrupt, "the H.265 sequence parameter set is broken");
    }
    const std::uint64_t unit_x = sps.chroma_format == 1 || sps.chroma_format == 2 ? 2 : 1;
    const std::uint64_t unit_y = sps.chroma_format == 1 ? 2 : 1;
    const std::uint64_t crop_x = unit_x * (std::uint64_t{crop[0]} + crop[1]);
    const std::uint64_t crop_y = unit_y * (std::uint64_t{crop[2]} + crop[3]);
    if (crop_x >= full_width || crop_y >= full_height) {
        return fail(ErrorKind::Corrupt, "the H.265 sequence parameter set leaves no picture");
    }
    sps.width = static_cast<std::uint32_t>(full_width - crop_x);
    sps.height = static_cast<std::uint32_t>(full_height - crop_y);
    return sps;
}

Result<H265Vps> parse_h265_vps(Bytes nal) {
    if (kind_of(Codec::H265, nal) != NalKind::Vps || nal.size() < 16) {
        return fail(ErrorKind::Corrupt, "this is not an H.265 video parameter set");
    }
    const auto payload = remove_emulation_prevention(nal.subspan(2));
    BitReader reader(payload);
    reader.skip(12);
    const unsigned sub_layers = reader.bits(3);
    H265Vps vps;
    vps.temporal_layers = static_cast<std::uint8_t>(sub_layers + 1);
    vps.is_temporal_id_nested = reader.flag();
    reader.skip(16);
    read_profile(reader, sub_layers);
    skip_ordering(reader, sub_layers);
    const std::size_t max_layer_id = reader.bits(6);
    const std::size_t layer_sets = reader.unsigned_golomb();
    if (reader.is_overrun() || layer_sets > 1023) {
        return fail(ErrorKind::Corrupt, "the H.265 video parameter set is broken");
    }
    reader.skip(layer_sets * (max_layer_id + 1));
    if (reader.flag()) {
        vps.frame_rate = frame_rate(reader);
    }
    return vps;
}

}  // namespace bongsu::media
