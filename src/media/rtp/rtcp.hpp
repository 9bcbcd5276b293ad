#pragma once

#include "core/byte_reader.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bongsu::media {

/// The sender information of an RTCP sender report (RFC 3550 6.4.1).
struct SenderReport {
    std::uint32_t ssrc = 0;
    WallTime wall;                 ///< from the 64-bit NTP time
    std::uint32_t ntp_middle = 0;  ///< the middle 32 bits of it, which a receiver report sends back
    std::uint32_t rtp_timestamp = 0;  ///< the same instant on the RTP clock
    std::uint32_t packets = 0;
    std::uint32_t octets = 0;
};

/// What a compound packet says that a receiver of one stream acts upon.
struct RtcpNews {
    std::optional<SenderReport> report;
    bool is_bye = false;
};

/// Corrupt when a length leads out of the packet or the version is not 2.
Result<RtcpNews> parse_rtcp(Bytes bytes);

/// One report block (RFC 3550 6.4.1).
struct ReceptionReport {
    std::uint32_t receiver_ssrc = 0;
    std::uint32_t sender_ssrc = 0;
    std::uint8_t fraction_lost = 0;  ///< of 256, since the previous report
    std::int32_t total_lost = 0;
    std::uint32_t highest_sequence = 0;  ///< extended by the count of wraps
    std::uint32_t jitter = 0;            ///< RTP ticks
    std::uint32_t last_report = 0;       ///< ntp_middle of the last sender report; 0: none yet
    Duration since_last_report{};
};

/// A receiver report followed by an SDES with the canonical name, as RFC 3550 6.1 demands.
std::vector<std::uint8_t> write_receiver_report(
    const ReceptionReport& report, std::string_view cname
);

/// A sender report without report blocks, followed by an SDES. `ntp_middle` is derived from `wall`.
std::vector<std::uint8_t> write_sender_report(const SenderReport& report, std::string_view cname);

/// NTP short and long form of a time (RFC 3550 4): seconds since 1900 and fractions of 2^-32 s.
std::uint64_t to_ntp(WallTime time);
WallTime from_ntp(std::uint64_t ntp);

}  // namespace bongsu::media
