#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::media {

/// nal_unit_type of H.264 (ITU-T H.264 table 7-1), as far as we tell them apart.
enum class H264Nal : std::uint8_t {
    Slice = 1,
    Idr = 5,
    Sei = 6,
    Sps = 7,
    Pps = 8,
    Delimiter = 9,
    EndOfSequence = 10,
    EndOfStream = 11,
    Filler = 12,
};

/// nal_unit_type of H.265 (ITU-T H.265 table 7-1).
enum class H265Nal : std::uint8_t {
    BlaWLp = 16,  ///< first of the IRAP types
    CraNut = 21,
    LastIrap = 23,
    LastVcl = 31,  ///< 0..31 carry slices
    Vps = 32,
    Sps = 33,
    Pps = 34,
    Delimiter = 35,
    EndOfSequence = 36,
    EndOfStream = 37,
    Filler = 38,
    PrefixSei = 39,
    SuffixSei = 40,
};

/// What matters about a NAL unit to whoever carries it.
enum class NalKind { KeySlice, Slice, Vps, Sps, Pps, Sei, Delimiter, Filler, Other };

/// `nal` without start code or length. Empty and truncated units are Other.
NalKind kind_of(Codec codec, Bytes nal);
std::uint8_t nal_type(Codec codec, Bytes nal);

inline bool is_slice(NalKind kind) {
    return kind == NalKind::KeySlice || kind == NalKind::Slice;
}

inline bool is_parameter_set(NalKind kind) {
    return kind == NalKind::Vps || kind == NalKind::Sps || kind == NalKind::Pps;
}

/// True when the slice is the first of its picture: first_mb_in_slice is 0 (H.264 7.3.3) or
/// first_slice_segment_in_pic_flag is set (H.265 7.3.6.1).
bool is_first_slice(Codec codec, Bytes nal);

/// Walks NAL units separated by 00 00 01 or 00 00 00 01 (H.264 annex B, H.265 annex B).
class AnnexBReader {
public:
    explicit AnnexBReader(Bytes bytes);

    /// The next unit without its start code and without trailing zeros, or nothing at the end.
    std::optional<Bytes> next();

private:
    Bytes rest_;  ///< starts right after a start code
};

/// Walks NAL units that each follow a big-endian length (ISO 14496-15). Views into the caller's
/// bytes.
class LengthPrefixedReader {
public:
    explicit LengthPrefixedReader(Bytes bytes, unsigned length_size = 4)
        : rest_(bytes), length_size_(length_size) {}

    /// The next unit; nothing at the end and where a length points beyond it.
    std::optional<Bytes> next();

    /// True when the last `next` stopped at a length that points beyond the end.
    bool is_broken() const { return is_broken_; }

private:
    Bytes rest_;
    unsigned length_size_;
    bool is_broken_ = false;
};

/// Appends a NAL unit after its 4-byte length.
void append_length_prefixed(std::vector<std::uint8_t>& out, Bytes nal);

/// 00 00 00 01 before every unit of length-prefixed bytes: what hardware and test tools read.
std::vector<std::uint8_t> to_annex_b(Bytes length_prefixed);

/// The payload without emulation prevention: 00 00 03 becomes 00 00 (H.264 7.4.1.1).
std::vector<std::uint8_t> remove_emulation_prevention(Bytes nal);

/// Whether length-prefixed bytes hold a picture that decoding can start with.
bool is_key(Codec codec, Bytes length_prefixed);

}  // namespace bongsu::media
