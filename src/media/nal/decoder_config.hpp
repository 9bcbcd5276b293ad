#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace bongsu::media {

/// Parameter set NAL units without start codes. `vps` stays empty for H.264.
struct ParameterSets {
    std::vector<std::vector<std::uint8_t>> vps;
    std::vector<std::vector<std::uint8_t>> sps;
    std::vector<std::vector<std::uint8_t>> pps;

    /// Whether a decoder can start: SPS and PPS, for H.265 VPS as well.
    bool is_complete(Codec codec) const;

    bool operator==(const ParameterSets&) const = default;
};

/// Sorts a NAL unit in by its type; a set with the same id is replaced. Returns whether anything
/// changed. Other NAL units, and more than 16 sets of a kind, are ignored.
bool add_parameter_set(ParameterSets& sets, Codec codec, Bytes nal);

/// Size and avcC or hvcC record with 4-byte lengths. Corrupt when the sets are incomplete or
/// broken.
Result<CodecParameters> make_codec_parameters(Codec codec, const ParameterSets& sets);

/// The parameter sets of an avcC (ISO 14496-15 5.3.3.1.2) or hvcC (8.3.3.1.2) record.
Result<ParameterSets> read_decoder_config(Codec codec, Bytes record);

/// The size of the lengths before NAL units that go with the record: 1, 2 or 4.
Result<unsigned> nal_length_size(Codec codec, Bytes record);

}  // namespace bongsu::media
