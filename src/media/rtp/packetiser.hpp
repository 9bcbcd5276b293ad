#pragma once

#include "core/byte_reader.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace bongsu::media {

/// The payload of one RTP packet as a recipe: up to three bytes that replace the NAL header
/// (fragmentation units only), then a range of the access unit's own bytes. Nothing is copied.
struct RtpPayload {
    std::array<std::uint8_t, 3> prefix{};
    std::uint8_t prefix_size = 0;  ///< 0: a whole NAL unit; 2: FU-A; 3: H.265 FU
    bool is_last = false;          ///< last packet of the access unit: carries the marker bit
    std::uint32_t offset = 0;      ///< into the access unit
    std::uint32_t size = 0;        ///< bytes from there on

    std::size_t total() const { return prefix_size + std::size_t{size}; }
};

/// Cuts an access unit (NAL units, each after a 4-byte length) into RTP payloads of at most
/// `max_payload` bytes: single NAL units and FU-A for H.264 (RFC 6184 5.6, 5.8; packetization-mode
/// 1), single NAL units and FU for H.265 (RFC 7798 4.4.1, 4.4.3; no DONL). Empty NAL units are
/// left out. `max_payload` must be at least 16.
/// Errors (Corrupt): a length that runs past the end, a NAL unit without a header, nothing to send.
Result<std::vector<RtpPayload>> packetise(Codec codec, Bytes access_unit, std::size_t max_payload);

}  // namespace bongsu::media
