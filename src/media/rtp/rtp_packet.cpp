#include "media/rtp/rtp_packet.hpp"

namespace bongsu::media {
namespace {

std::unexpected<Error> broken() {
    return fail(ErrorKind::Corrupt, "an RTP packet is broken");
}

}  // namespace

Result<RtpPacket> parse_rtp(Bytes bytes) {
    ByteReader reader(bytes);
    const auto flags = reader.u8();
    const auto type = reader.u8();
    const auto sequence = reader.u16();
    const auto timestamp = reader.u32();
    const auto ssrc = reader.u32();
    if (!ssrc || (*flags >> 6U) != 2) {
        return broken();
    }
    if (!reader.skip(std::size_t{*flags & 0x0FU} * 4)) {
        return broken();
    }
    if ((*flags & 0x10U) != 0) {
        const auto words = reader.skip(2) ? reader.u16() : std::nullopt;
        if (!words || !reader.skip(std::size_t{*words} * 4)) {
            return broken();
        }
    }
    std::size_t padding = 0;
    if ((*flags & 0x20U) != 0) {
        padding = bytes.back();
        if (padding == 0 || padding > reader.remaining()) {
            return broken();
        }
    }
    return RtpPacket{
        .has_marker = (*type & 0x80U) != 0,
        .payload_type = static_cast<std::uint8_t>(*type & 0x7FU),
        .sequence = *sequence,
        .timestamp = *timestamp,
        .ssrc = *ssrc,
        .payload = *reader.take(reader.remaining() - padding),
    };
}

}  // namespace bongsu::media
