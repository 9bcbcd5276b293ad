#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"

#include <cstdint>

namespace bongsu::media {

/// The fixed header of RTP (RFC 3550 5.1). `payload` points into the caller's bytes, without CSRC
/// list, header extension and padding.
struct RtpPacket {
    bool has_marker = false;
    std::uint8_t payload_type = 0;
    std::uint16_t sequence = 0;
    std::uint32_t timestamp = 0;
    std::uint32_t ssrc = 0;
    Bytes payload;
};

Result<RtpPacket> parse_rtp(Bytes bytes);

}  // namespace bongsu::media
