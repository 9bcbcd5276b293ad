#include "media/rtp/access_unit_assembler.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace bongsu::media {
namespace {

constexpr unsigned kFragmentStart = 0x80;
constexpr int kForeignUnits = 3;
constexpr unsigned kFragmentEnd = 0x40;

// RFC 6184 5.2 table 1.
constexpr std::uint8_t kH264LastSingle = 23;
constexpr std::uint8_t kH264StapA = 24;
constexpr std::uint8_t kH264FuA = 28;

// RFC 7798 4.4.
constexpr std::uint8_t kH265LastSingle = 47;
constexpr std::uint8_t kH265Aggregation = 48;
constexpr std::uint8_t kH265Fragmentation = 49;

}  // namespace

AccessUnitAssembler::AccessUnitAssembler(Codec codec, ParameterSets from_sdp)
    : codec_(codec), sets_(std::move(from_sdp)) {}

void AccessUnitAssembler::push(
    const RtpPacket& packet, std::uint32_t lost_before, std::vector<AssembledUnit>& out
) {
    if (lost_before > 0) {
        lost_since_delivery_ += lost_before;
        needs_key_ = true;
        abandon_nal();
        is_broken_ = is_broken_ || timestamp_.has_value();
    }
    if (timestamp_ && *timestamp_ != packet.timestamp) {
        finish_unit(out);
    }
    timestamp_ = packet.timestamp;
    take_payload(packet.payload);
    if (packet.has_marker && !ignores_markers_ && has_slice_) {
        finish_unit(out);
    }
}

void AccessUnitAssembler::take_payload(Bytes payload) {
    const auto type = nal_type(codec_, payload);
    if (codec_ == Codec::H264) {
        if (payload.empty()) {
            return;  // keep-alive packets without payload are common
        }
        if (type <= kH264LastSingle) {
            take_nal(payload);
        } else if (type == kH264StapA) {
            take_aggregate(payload.subspan(1));
        } else if (type == kH264FuA && payload.size() > 2) {
            const std::array<std::uint8_t, 1> header = {
                static_cast<std::uint8_t>((payload[0] & 0xE0U) | (payload[1] & 0x1FU))
            };
            take_fragment(payload[1], header, payload.subspan(2));
        } else {
            malformed();
        }
        return;
    }
    if (payload.size() < 3) {
        return;
    }
    if (type <= kH265LastSingle) {
        take_nal(payload);
    } else if (type == kH265Aggregation) {
        take_aggregate(payload.subspan(2));
    } else if (type == kH265Fragmentation && payload.size() > 3) {
        const std::array<std::uint8_t, 2> header = {
            static_cast<std::uint8_t>((payload[0] & 0x81U) | ((payload[2] & 0x3FU) << 1U)),
            payload[1],
        };
        take_fragment(payload[2], header, payload.subspan(3));
    } else {
        malformed();
    }
}

void AccessUnitAssembler::take_aggregate(Bytes units) {
    ByteReader reader(units);
    while (reader.remaining() > 0) {
        const auto size = reader.u16();
        const auto nal = size ? reader.take(*size) : std::nullopt;
        if (!nal) {
            malformed();
            return;
        }
        if (!nal->empty()) {
            take_nal(*nal);
        }
    }
}

void AccessUnitAssembler::take_fragment(std::uint8_t flags, Bytes header, Bytes fragment) {
    if ((flags & kFragmentStart) != 0) {
        abandon_nal();
        open_nal();
        append(header);
    } else if (!nal_start_) {
        malformed();
        return;
    }
    append(fragment);
    if ((flags & kFragmentEnd) != 0) {
        close_nal();
    }
}

void AccessUnitAssembler::take_nal(Bytes nal) {
    abandon_nal();
    open_nal();
    append(nal);
    close_nal();
}

void AccessUnitAssembler::open_nal() {
    if (bytes_.capacity() == 0) {
        bytes_.reserve(last_size_ + last_size_ / 4 + 4096);
    }
    nal_start_ = bytes_.size();
    bytes_.insert(bytes_.end(), 4, 0);
}

void AccessUnitAssembler::append(Bytes bytes) {
    if (bytes_.size() + bytes.size() > kMaxUnit) {
        if (!is_broken_) {
            ++counters_.oversized_units;
        }
        is_broken_ = true;
        return;
    }
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
}

void AccessUnitAssembler::close_nal() {
    const std::size_t start = *std::exchange(nal_start_, std::nullopt);
    const Bytes nal = Bytes(bytes_).subspan(start + 4);
    const auto kind = kind_of(codec_, nal);
    if (is_parameter_set(kind)) {
        if (add_parameter_set(sets_, codec_, nal)) {
            ++parameter_version_;
        }
    }
    if (is_parameter_set(kind) || kind == NalKind::Delimiter || kind == NalKind::Filler) {
        bytes_.resize(start);
        return;
    }
    if (is_slice(kind)) {
        if (!has_slice_) {
            starts_with_first_slice_ = is_first_slice(codec_, nal);
        }
        has_slice_ = true;
        is_key_ = is_key_ || kind == NalKind::KeySlice;
    }
    const auto size = static_cast<std::uint32_t>(nal.size());
    for (unsigned i = 0; i < 4; ++i) {
        bytes_[start + i] = static_cast<std::uint8_t>(size >> (24 - 8 * i));
    }
}

/// A fragmented NAL unit whose end never came.
void AccessUnitAssembler::abandon_nal() {
    if (nal_start_) {
        bytes_.resize(*nal_start_);
        nal_start_.reset();
        is_broken_ = true;
    }
}

void AccessUnitAssembler::malformed() {
    ++counters_.malformed_packets;
    is_broken_ = true;
}

bool AccessUnitAssembler::is_deliverable() {
    const bool continues_last =
        has_slice_ && !starts_with_first_slice_ && last_timestamp_ == timestamp_;
    if (continues_last) {
        ignores_markers_ = true;
        needs_key_ = true;
        return false;
    }
    if (is_broken_ || !starts_with_first_slice_) {
        needs_key_ = true;
        return false;
    }
    if (needs_key_ && !(is_key_ && sets_.is_complete(codec_))) {
        return false;
    }
    needs_key_ = false;
    return true;
}

/// One timestamp of parameter sets alone is common. Several in a row are pictures of another codec:
/// the camera changed it without a word, and what follows does not continue what came before.
void AccessUnitAssembler::watch_for_another_codec() {
    units_without_slice_ = has_slice_ ? 0 : units_without_slice_ + 1;
    if (units_without_slice_ >= kForeignUnits) {
        needs_key_ = true;
        lost_since_delivery_ = std::max(lost_since_delivery_, 1U);
    }
}

void AccessUnitAssembler::finish_unit(std::vector<AssembledUnit>& out) {
    abandon_nal();
    watch_for_another_codec();
    if (has_slice_ || is_broken_) {
        if (is_deliverable()) {
            last_size_ = bytes_.size();
            out.push_back(AssembledUnit{
                .rtp_timestamp = *timestamp_,
                .is_key = is_key_,
                .lost_before = std::exchange(lost_since_delivery_, 0),
                .bytes = std::exchange(bytes_, {}),
            });
        } else {
            ++counters_.dropped_units;
        }
    }
    last_timestamp_ = timestamp_;
    reset_unit();
}

void AccessUnitAssembler::reset_unit() {
    bytes_.clear();
    nal_start_.reset();
    timestamp_.reset();
    has_slice_ = false;
    is_key_ = false;
    is_broken_ = false;
    starts_with_first_slice_ = false;
}

}  // namespace bongsu::media
