#include "camsim/rtp_sender.hpp"

#include "camsim/sdp.hpp"

#include <algorithm>

namespace bongsu::camsim {

namespace {

constexpr std::size_t kInterleavedHeader = 4;
constexpr std::size_t kRtpHeader = 12;
constexpr std::size_t kMaxPrefix = 3;
constexpr std::uint8_t kMarker = 0x80;

std::uint8_t* put(std::uint8_t* at, std::uint32_t value, unsigned bytes) {
    for (unsigned i = 0; i < bytes; ++i) {
        at[i] = static_cast<std::uint8_t>(value >> (8 * (bytes - 1 - i)));
    }
    return at + bytes;
}

std::uint8_t* put_interleaved(std::uint8_t* at, std::uint8_t channel, std::size_t size) {
    at = put(at, '$', 1);
    at = put(at, channel, 1);
    return put(at, static_cast<std::uint32_t>(size), 2);
}

/// RFC 3550 5.1, without extension, padding and contributing sources.
std::uint8_t* put_rtp(
    std::uint8_t* at, bool is_last, std::uint32_t rtp_time, const RtpCursor& cursor
) {
    at = put(at, 0x80, 1);
    at = put(at, static_cast<std::uint32_t>(kPayloadType) | (is_last ? kMarker : 0U), 1);
    at = put(at, cursor.sequence, 2);
    at = put(at, rtp_time, 4);
    return put(at, cursor.ssrc, 4);
}

}  // namespace

void write_unit(
    const FilmUnit& unit,
    std::uint32_t rtp_time,
    std::optional<std::uint8_t> channel,
    RtpCursor& cursor,
    WireUnit& out
) {
    const std::size_t framing = channel ? kInterleavedHeader : 0;
    out.headers.resize(unit.payloads.size() * (framing + kRtpHeader + kMaxPrefix));
    out.parts.clear();
    out.total = 0;
    std::uint8_t* at = out.headers.data();
    // The kernel only reads what iovec points to, but its type cannot say so.
    auto* bytes = const_cast<std::uint8_t*>(unit.bytes->data());
    for (const media::RtpPayload& payload : unit.payloads) {
        std::uint8_t* const begin = at;
        if (channel) {
            at = put_interleaved(at, *channel, kRtpHeader + payload.total());
        }
        at = put_rtp(at, payload.is_last, rtp_time, cursor);
        at = std::copy_n(payload.prefix.begin(), payload.prefix_size, at);
        const auto header_size = static_cast<std::size_t>(at - begin);
        out.parts.push_back({begin, header_size});
        out.parts.push_back({bytes + payload.offset, payload.size});
        out.total += header_size + payload.size;
        ++cursor.sequence;
        ++cursor.packets;
        cursor.octets += static_cast<std::uint32_t>(payload.total());
    }
}

std::vector<std::uint8_t> interleave(std::uint8_t channel, Bytes packet) {
    std::vector<std::uint8_t> out(kInterleavedHeader + packet.size());
    std::uint8_t* at = put_interleaved(out.data(), channel, packet.size());
    std::ranges::copy(packet, at);
    return out;
}

}  // namespace bongsu::camsim
