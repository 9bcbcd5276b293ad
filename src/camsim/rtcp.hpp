#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace bongsu::camsim {

/// What a sender report says (RFC 3550 6.4.1).
struct SenderReport {
    std::uint32_t ssrc = 0;
    WallTime wall;               ///< the same instant ...
    std::uint32_t rtp_time = 0;  ///< ... on both clocks
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;  ///< RTP payload only
};

/// A compound packet of the report and the SDES CNAME that must follow it (RFC 3550 6.1, 6.5.1).
std::vector<std::uint8_t> write_sender_report(const SenderReport& report, std::string_view cname);

/// A BYE for one source (RFC 3550 6.6), after an empty receiver report as 6.1 asks.
std::vector<std::uint8_t> write_bye(std::uint32_t ssrc);

/// Seconds since 1900 in 32.32 fixed point (RFC 5905 6).
std::uint64_t to_ntp(WallTime time);

}  // namespace bongsu::camsim
