#pragma once

#include "camsim/film.hpp"
#include "core/byte_reader.hpp"

#include <cstdint>
#include <optional>
#include <vector>

#include <sys/uio.h>

namespace bongsu::camsim {

/// Where one session stands in its RTP stream.
struct RtpCursor {
    std::uint32_t ssrc = 0;
    std::uint16_t sequence = 0;  ///< of the next packet
    std::uint32_t packets = 0;   ///< sent so far, for sender reports
    std::uint32_t octets = 0;
};

/// A picture ready for the wire: per packet one piece of header from `headers` and one piece of
/// payload that stays where the film keeps it.
struct WireUnit {
    std::vector<std::uint8_t> headers;
    std::vector<iovec> parts;  ///< two per packet
    std::size_t total = 0;     ///< bytes
};

/// Fills `out` (whose memory is reused) with the packets of `unit` and moves the cursor on. With
/// `channel` each packet follows the `$` header of RTSP interleaving (RFC 2326 10.12).
void write_unit(
    const FilmUnit& unit,
    std::uint32_t rtp_time,
    std::optional<std::uint8_t> channel,
    RtpCursor& cursor,
    WireUnit& out
);

/// `packet` after the `$` header of RTSP interleaving.
std::vector<std::uint8_t> interleave(std::uint8_t channel, Bytes packet);

}  // namespace bongsu::camsim
