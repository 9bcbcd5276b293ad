#include "media/nal/decoder_config.hpp"

#include "media/nal/bit_reader.hpp"
#include "media/nal/h264_sps.hpp"
#include "media/nal/h265_sps.hpp"
#include "media/nal/nal_unit.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace bongsu::media {
namespace {

using Sets = std::vector<std::vector<std::uint8_t>>;

constexpr std::size_t kMaxSets = 16;
constexpr std::size_t kMaxSetSize = std::numeric_limits<std::uint16_t>::max();

void put_u16(std::vector<std::uint8_t>& out, std::size_t value) {
    out.push_back(static_cast<std::uint8_t>(value >> 8U));
    out.push_back(static_cast<std::uint8_t>(value));
}

void put_sets(std::vector<std::uint8_t>& out, const Sets& sets) {
    for (const auto& nal : sets) {
        put_u16(out, nal.size());
        out.insert(out.end(), nal.begin(), nal.end());
    }
}

/// The id by which a later set replaces an earlier one.
std::uint32_t id_of(Codec codec, NalKind kind, Bytes nal) {
    const auto payload =
        remove_emulation_prevention(nal.first(std::min<std::size_t>(nal.size(), 128)));
    BitReader reader(payload);
    if (codec == Codec::H264) {
        reader.skip(kind == NalKind::Sps ? 32 : 8);
        return reader.unsigned_golomb();
    }
    reader.skip(16);
    if (kind == NalKind::Vps) {
        return reader.bits(4);
    }
    if (kind == NalKind::Sps) {
        reader.skip(4);
        const unsigned sub_layers = reader.bits(3);
        reader.skip(1 + 96);
        std::size_t sub_layer_bits = 0;
        for (unsigned i = 0; i < sub_layers; ++i) {
            sub_layer_bits += reader.flag() ? 88U : 0U;
            sub_layer_bits += reader.flag() ? 8U : 0U;
        }
        reader.skip(sub_layer_bits + (sub_layers > 0 ? std::size_t{2} * (8 - sub_layers) : 0));
    }
    return reader.unsigned_golomb();
}

Sets* sets_of(ParameterSets& sets, NalKind kind) {
    switch (kind) {
        case NalKind::Vps:
            return &sets.vps;
        case NalKind::Sps:
            return &sets.sps;
        case NalKind::Pps:
            return &sets.pps;
        default:
            return nullptr;
    }
}

std::vector<std::uint8_t> make_avcc(const H264Sps& sps, const ParameterSets& sets) {
    std::vector<std::uint8_t> out = {1, sps.profile, sps.constraints, sps.level, 0xFF};
    out.push_back(static_cast<std::uint8_t>(0xE0U | sets.sps.size()));
    put_sets(out, sets.sps);
    out.push_back(static_cast<std::uint8_t>(sets.pps.size()));
    put_sets(out, sets.pps);
    if (sps.profile == 100 || sps.profile == 110 || sps.profile == 122 || sps.profile == 144) {
        out.push_back(static_cast<std::uint8_t>(0xFCU | sps.chroma_format));
        out.push_back(static_cast<std::uint8_t>(0xF8U | (sps.bit_depth_luma - 8)));
        out.push_back(static_cast<std::uint8_t>(0xF8U | (sps.bit_depth_chroma - 8)));
        out.push_back(0);
    }
    return out;
}

std::vector<std::uint8_t> make_hvcc(const H265Sps& sps, const ParameterSets& sets) {
    std::vector<std::uint8_t> out = {1, sps.profile.space_tier_profile};
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        out.push_back(static_cast<std::uint8_t>(sps.profile.compatibility >> shift));
    }
    out.insert(out.end(), sps.profile.constraints.begin(), sps.profile.constraints.end());
    out.push_back(sps.profile.level);
    put_u16(out, 0xF000);  // min_spatial_segmentation_idc: not stated
    out.push_back(0xFC);   // parallelismType: not stated
    out.push_back(static_cast<std::uint8_t>(0xFCU | sps.chroma_format));
    out.push_back(static_cast<std::uint8_t>(0xF8U | (sps.bit_depth_luma - 8)));
    out.push_back(static_cast<std::uint8_t>(0xF8U | (sps.bit_depth_chroma - 8)));
    put_u16(out, 0);  // avgFrameRate: not stated
    const unsigned nested = sps.is_temporal_id_nested ? 1 : 0;
    out.push_back(static_cast<std::uint8_t>((sps.temporal_layers << 3U) | (nested << 2U) | 3U));
    out.push_back(3);
    for (const auto& [type, list] :
         {std::pair{H265Nal::Vps, &sets.vps},
          std::pair{H265Nal::Sps, &sets.sps},
          std::pair{H265Nal::Pps, &sets.pps}}) {
        out.push_back(static_cast<std::uint8_t>(0x80U | static_cast<unsigned>(type)));
        put_u16(out, list->size());
        put_sets(out, *list);
    }
    return out;
}

std::unexpected<Error> broken_record() {
    return fail(ErrorKind::Corrupt, "the decoder configuration record (avcC or hvcC) is broken");
}

/// `count` units, each after a 16-bit length.
bool read_sets(ByteReader& reader, unsigned count, Sets& out) {
    for (unsigned i = 0; i < count; ++i) {
        const auto size = reader.u16();
        const auto nal = size ? reader.take(*size) : std::nullopt;
        if (!nal) {
            return false;
        }
        out.emplace_back(nal->begin(), nal->end());
    }
    return true;
}

Result<ParameterSets> read_avcc(Bytes record) {
    ByteReader reader(record);
    ParameterSets sets;
    if (reader.u8() != 1 || !reader.skip(4)) {
        return broken_record();
    }
    const auto sps_count = reader.u8();
    if (!sps_count || !read_sets(reader, *sps_count & 0x1FU, sets.sps)) {
        return broken_record();
    }
    const auto pps_count = reader.u8();
    if (!pps_count || !read_sets(reader, *pps_count, sets.pps)) {
        return broken_record();
    }
    return sets;
}

Result<ParameterSets> read_hvcc(Bytes record) {
    ByteReader reader(record);
    ParameterSets sets;
    if (reader.u8() != 1 || !reader.skip(21)) {
        return broken_record();
    }
    const auto arrays = reader.u8();
    if (!arrays) {
        return broken_record();
    }
    for (unsigned i = 0; i < *arrays; ++i) {
        const auto type = reader.u8();
        const auto count = reader.u16();
        if (!type || !count) {
            return broken_record();
        }
        Sets others;  // SEI and the like, which decoding does not need
        Sets* target = &others;
        switch (static_cast<H265Nal>(*type & 0x3FU)) {
            case H265Nal::Vps:
                target = &sets.vps;
                break;
            case H265Nal::Sps:
                target = &sets.sps;
                break;
            case H265Nal::Pps:
                target = &sets.pps;
                break;
            default:
                break;
        }
        if (!read_sets(reader, *count, *target)) {
            return broken_record();
        }
    }
    return sets;
}

}  // namespace

bool ParameterSets::is_complete(Codec codec) const {
    return !sps.empty() && !pps.empty() && (codec == Codec::H264 || !vps.empty());
}

bool add_parameter_set(ParameterSets& sets, Codec codec, Bytes nal) {
    const auto kind = kind_of(codec, nal);
    Sets* list = sets_of(sets, kind);
    if (list == nullptr || nal.size() > kMaxSetSize) {
        return false;
    }
    const auto id = id_of(codec, kind, nal);
    for (auto& known : *list) {
        if (id_of(codec, kind, known) == id) {
            if (std::ranges::equal(known, nal)) {
                return false;
            }
            known.assign(nal.begin(), nal.end());
            return true;
        }
    }
    if (list->size() == kMaxSets) {
        return false;
    }
    list->emplace_back(nal.begin(), nal.end());
    return true;
}

Result<CodecParameters> make_codec_parameters(Codec codec, const ParameterSets& sets) {
    if (!sets.is_complete(codec)) {
        return fail(
            ErrorKind::Corrupt,
            "the stream has not sent all parameter sets that a decoder needs to start"
        );
    }
    CodecParameters parameters;
    parameters.codec = codec;
    if (codec == Codec::H264) {
        BONGSU_ASSIGN(const H264Sps sps, parse_h264_sps(sets.sps.front()));
        parameters.width = sps.width;
        parameters.height = sps.height;
        parameters.decoder_config = make_avcc(sps, sets);
    } else {
        BONGSU_ASSIGN(const H265Sps sps, parse_h265_sps(sets.sps.front()));
        parameters.width = sps.width;
        parameters.height = sps.height;
        parameters.decoder_config = make_hvcc(sps, sets);
    }
    return parameters;
}

Result<ParameterSets> read_decoder_config(Codec codec, Bytes record) {
    return codec == Codec::H264 ? read_avcc(record) : read_hvcc(record);
}

Result<unsigned> nal_length_size(Codec codec, Bytes record) {
    const std::size_t at = codec == Codec::H264 ? 4 : 21;
    if (record.size() <= at || (record[at] & 3U) == 2) {
        return broken_record();
    }
    return (record[at] & 3U) + 1;
}

}  // namespace bongsu::media
