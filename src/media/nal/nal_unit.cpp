#include "media/nal/nal_unit.hpp"

#include <algorithm>

namespace bongsu::media {
namespace {

NalKind h264_kind(std::uint8_t type) {
    switch (static_cast<H264Nal>(type)) {
        case H264Nal::Idr:
            return NalKind::KeySlice;
        case H264Nal::Slice:
            return NalKind::Slice;
        case H264Nal::Sps:
            return NalKind::Sps;
        case H264Nal::Pps:
            return NalKind::Pps;
        case H264Nal::Sei:
            return NalKind::Sei;
        case H264Nal::Delimiter:
            return NalKind::Delimiter;
        case H264Nal::Filler:
            return NalKind::Filler;
        default:
            return NalKind::Other;
    }
}

NalKind h265_kind(std::uint8_t type) {
    if (type >= static_cast<std::uint8_t>(H265Nal::BlaWLp) &&
        type <= static_cast<std::uint8_t>(H265Nal::LastIrap)) {
        return NalKind::KeySlice;
    }
    if (type <= static_cast<std::uint8_t>(H265Nal::LastVcl)) {
        return NalKind::Slice;
    }
    switch (static_cast<H265Nal>(type)) {
        case H265Nal::Vps:
            return NalKind::Vps;
        case H265Nal::Sps:
            return NalKind::Sps;
        case H265Nal::Pps:
            return NalKind::Pps;
        case H265Nal::PrefixSei:
        case H265Nal::SuffixSei:
            return NalKind::Sei;
        case H265Nal::Delimiter:
            return NalKind::Delimiter;
        case H265Nal::Filler:
            return NalKind::Filler;
        default:
            return NalKind::Other;
    }
}

std::size_t header_size(Codec codec) {
    return codec == Codec::H264 ? 1 : 2;
}

/// The offset of the next 00 00 01 at or after `from`, or the size.
std::size_t find_start_code(Bytes bytes, std::size_t from) {
    for (std::size_t i = from; i + 3 <= bytes.size();) {
        if (bytes[i + 2] > 1) {
            i += 3;
        } else if (bytes[i] == 0 && bytes[i + 1] == 0 && bytes[i + 2] == 1) {
            return i;
        } else {
            ++i;
        }
    }
    return bytes.size();
}

}  // namespace

std::uint8_t nal_type(Codec codec, Bytes nal) {
    if (nal.empty()) {
        return 0;
    }
    return static_cast<std::uint8_t>(
        codec == Codec::H264 ? nal[0] & 0x1FU : (nal[0] >> 1U) & 0x3FU
    );
}

NalKind kind_of(Codec codec, Bytes nal) {
    if (nal.size() < header_size(codec)) {
        return NalKind::Other;
    }
    return codec == Codec::H264 ? h264_kind(nal_type(codec, nal)) : h265_kind(nal_type(codec, nal));
}

bool is_first_slice(Codec codec, Bytes nal) {
    // Exp-Golomb zero is a single 1 bit, so both codecs set the top bit after the header.
    const auto header = header_size(codec);
    return nal.size() > header && (nal[header] & 0x80U) != 0;
}

AnnexBReader::AnnexBReader(Bytes bytes) {
    const auto start = find_start_code(bytes, 0);
    rest_ = bytes.subspan(std::min(start + 3, bytes.size()));
}

std::optional<Bytes> AnnexBReader::next() {
    while (!rest_.empty()) {
        const auto end = find_start_code(rest_, 0);
        Bytes nal = rest_.first(end);
        rest_ = rest_.subspan(std::min(end + 3, rest_.size()));
        while (!nal.empty() && nal.back() == 0) {
            nal = nal.first(nal.size() - 1);
        }
        if (!nal.empty()) {
            return nal;
        }
    }
    return std::nullopt;
}

std::optional<Bytes> LengthPrefixedReader::next() {
    while (!rest_.empty()) {
        if (rest_.size() < length_size_) {
            is_broken_ = true;
            return std::nullopt;
        }
        std::size_t length = 0;
        for (const std::uint8_t byte : rest_.first(length_size_)) {
            length = (length << 8U) | byte;
        }
        rest_ = rest_.subspan(length_size_);
        if (length > rest_.size()) {
            is_broken_ = true;
            rest_ = {};
            return std::nullopt;
        }
        const Bytes nal = rest_.first(length);
        rest_ = rest_.subspan(length);
        if (!nal.empty()) {
            return nal;
        }
    }
    return std::nullopt;
}

void append_length_prefixed(std::vector<std::uint8_t>& out, Bytes nal) {
    const auto size = static_cast<std::uint32_t>(nal.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        out.push_back(static_cast<std::uint8_t>(size >> shift));
    }
    out.insert(out.end(), nal.begin(), nal.end());
}

std::vector<std::uint8_t> to_annex_b(Bytes length_prefixed) {
    std::vector<std::uint8_t> out;
    out.reserve(length_prefixed.size());
    LengthPrefixedReader reader(length_prefixed);
    while (const auto nal = reader.next()) {
        out.insert(out.end(), {0, 0, 0, 1});
        out.insert(out.end(), nal->begin(), nal->end());
    }
    return out;
}

std::vector<std::uint8_t> remove_emulation_prevention(Bytes nal) {
    std::vector<std::uint8_t> out;
    out.reserve(nal.size());
    unsigned zeros = 0;
    for (const std::uint8_t byte : nal) {
        if (zeros >= 2 && byte == 3) {
            zeros = 0;
            continue;
        }
        zeros = byte == 0 ? zeros + 1 : 0;
        out.push_back(byte);
    }
    return out;
}

bool is_key(Codec codec, Bytes length_prefixed) {
    LengthPrefixedReader reader(length_prefixed);
    while (const auto nal = reader.next()) {
        const auto kind = kind_of(codec, *nal);
        if (is_slice(kind)) {
            return kind == NalKind::KeySlice;
        }
    }
    return false;
}

}  // namespace bongsu::media
