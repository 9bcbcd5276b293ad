#include "media/nal/h264_sps.hpp"

#include "media/nal/bit_reader.hpp"
#include "media/nal/nal_unit.hpp"

#include <algorithm>
#include <array>

namespace bongsu::media {
namespace {

constexpr std::uint32_t kMaxMacroblocks = 1024;  // 16384 pixels a side
constexpr std::uint32_t kExtendedSampleAspect = 255;

/// Profiles whose parameter set states chroma format and bit depth.
bool is_high_profile(std::uint8_t profile) {
    static constexpr std::array<std::uint8_t, 13> kHigh = {
        100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135
    };
    return std::ranges::find(kHigh, profile) != kHigh.end();
}

void skip_scaling_list(BitReader& reader, unsigned size) {
    std::int32_t last = 8;
    std::int32_t next = 8;
    for (unsigned i = 0; i < size && !reader.is_overrun(); ++i) {
        if (next != 0) {
            next = (last + reader.signed_golomb()) & 0xFF;
        }
        last = next == 0 ? last : next;
    }
}

void read_high_profile_part(BitReader& reader, H264Sps& sps) {
    sps.chroma_format = reader.unsigned_golomb();
    if (sps.chroma_format == 3) {
        reader.skip(1);
    }
    sps.bit_depth_luma = 8 + reader.unsigned_golomb();
    sps.bit_depth_chroma = 8 + reader.unsigned_golomb();
    reader.skip(1);
    if (!reader.flag()) {
        return;
    }
    const unsigned lists = sps.chroma_format == 3 ? 12 : 8;
    for (unsigned i = 0; i < lists; ++i) {
        if (reader.flag()) {
            skip_scaling_list(reader, i < 6 ? 16 : 64);
        }
    }
}

void skip_picture_order(BitReader& reader) {
    const auto type = reader.unsigned_golomb();
    if (type == 0) {
        reader.unsigned_golomb();
    } else if (type == 1) {
        reader.skip(1);
        reader.signed_golomb();
        reader.signed_golomb();
        const auto count = reader.unsigned_golomb();
        for (std::uint32_t i = 0; i < count && !reader.is_overrun(); ++i) {
            reader.signed_golomb();
        }
    }
}

/// H.264 E.1.1 up to the timing.
double read_vui_frame_rate(BitReader& reader) {
    if (reader.flag() && reader.bits(8) == kExtendedSampleAspect) {
        reader.skip(32);
    }
    if (reader.flag()) {
        reader.skip(1);  // overscan_appropriate_flag
    }
    if (reader.flag()) {
        reader.skip(4);
        if (reader.flag()) {
            reader.skip(24);
        }
    }
    if (reader.flag()) {
        reader.unsigned_golomb();
        reader.unsigned_golomb();
    }
    if (!reader.flag()) {
        return 0;
    }
    const double units = reader.bits(32);
    const double scale = reader.bits(32);
    // A tick is a field, two make a frame.
    return reader.is_overrun() || units == 0 ? 0 : scale / (2 * units);
}

}  // namespace

Result<H264Sps> parse_h264_sps(Bytes nal) {
    if (kind_of(Codec::H264, nal) != NalKind::Sps || nal.size() < 4) {
        return fail(ErrorKind::Corrupt, "this is not an H.264 sequence parameter set");
    }
    const auto payload = remove_emulation_prevention(nal.subspan(1));
    BitReader reader(payload);
    H264Sps sps;
    sps.profile = static_cast<std::uint8_t>(reader.bits(8));
    sps.constraints = static_cast<std::uint8_t>(reader.bits(8));
    sps.level = static_cast<std::uint8_t>(reader.bits(8));
    reader.unsigned_golomb();  // seq_parameter_set_id
    if (is_high_profile(sps.profile)) {
        read_high_profile_part(reader, sps);
    }
    reader.unsigned_golomb();  // log2_max_frame_num_minus4
    skip_picture_order(reader);
    reader.unsigned_golomb();  // max_num_ref_frames
    reader.skip(1);
    const std::uint32_t columns = reader.unsigned_golomb() + 1;
    const std::uint32_t rows = reader.unsigned_golomb() + 1;
    const bool is_progressive = reader.flag();
    if (!is_progressive) {
        reader.skip(1);
    }
    reader.skip(1);
    std::array<std::uint32_t, 4> crop{};  // left, right, top, bottom
    if (reader.flag()) {
        std::ranges::generate(crop, [&] { return reader.unsigned_golomb(); });
    }
    if (reader.is_overrun() || columns > kMaxMacroblocks || rows > kMaxMacroblocks ||
        sps.chroma_format > 3 || sps.bit_depth_luma > 14 || sps.bit_depth_chroma > 14) {
        return fail(ErrorKind::Corrupt, "the H.264 sequence parameter set is broken");
    }
    const std::uint32_t fields = is_progressive ? 1 : 2;
    const std::uint64_t unit_x = sps.chroma_format == 1 || sps.chroma_format == 2 ? 2 : 1;
    const std::uint64_t unit_y = (sps.chroma_format == 1 ? 2U : 1U) * fields;
    const std::uint64_t crop_x = unit_x * (std::uint64_t{crop[0]} + crop[1]);
    const std::uint64_t crop_y = unit_y * (std::uint64_t{crop[2]} + crop[3]);
    const std::uint64_t full_width = std::uint64_t{columns} * 16;
    const std::uint64_t full_height = std::uint64_t{rows} * 16 * fields;
    if (crop_x >= full_width || crop_y >= full_height) {
        return fail(ErrorKind::Corrupt, "the H.264 sequence parameter set crops the whole picture");
    }
    sps.width = static_cast<std::uint32_t>(full_width - crop_x);
    sps.height = static_cast<std::uint32_t>(full_height - crop_y);
    if (reader.flag()) {
        sps.frame_rate = read_vui_frame_rate(reader);
    }
    return sps;
}

}  // namespace bongsu::media
