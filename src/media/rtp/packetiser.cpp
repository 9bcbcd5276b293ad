#include "media/rtp/packetiser.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace bongsu::media {

namespace {

constexpr std::uint8_t kFuA = 28;     // RFC 6184 table 1
constexpr std::uint8_t kFuH265 = 49;  // RFC 7798 4.4.3
constexpr std::uint8_t kStartBit = 0x80;
constexpr std::uint8_t kEndBit = 0x40;

std::size_t header_size(Codec codec) {
    return codec == Codec::H264 ? 1 : 2;
}

/// The bytes that stand in for the NAL header in every fragment of it.
RtpPayload fragment_of(Codec codec, Bytes header, bool is_first, bool is_end) {
    const auto flags =
        static_cast<std::uint8_t>((is_first ? kStartBit : 0) | (is_end ? kEndBit : 0));
    RtpPayload payload;
    if (codec == Codec::H264) {
        payload.prefix[0] = static_cast<std::uint8_t>((header[0] & 0xE0U) | kFuA);
        payload.prefix[1] = static_cast<std::uint8_t>(flags | (header[0] & 0x1FU));
        payload.prefix_size = 2;
    } else {
        const auto type = static_cast<std::uint8_t>((header[0] >> 1U) & 0x3FU);
        payload.prefix[0] = static_cast<std::uint8_t>((header[0] & 0x81U) | (kFuH265 << 1U));
        payload.prefix[1] = header[1];
        payload.prefix[2] = static_cast<std::uint8_t>(flags | type);
        payload.prefix_size = 3;
    }
    return payload;
}

void append_nal(
    Codec codec,
    Bytes unit,
    std::size_t offset,
    std::size_t max_payload,
    std::vector<RtpPayload>& payloads
) {
    if (unit.size() <= max_payload) {
        RtpPayload whole;
        whole.offset = static_cast<std::uint32_t>(offset);
        whole.size = static_cast<std::uint32_t>(unit.size());
        payloads.push_back(whole);
        return;
    }
    const std::size_t header = header_size(codec);
    std::size_t at = header;
    while (at < unit.size()) {
        const std::size_t room = max_payload - header - 1;
        const std::size_t take = std::min(room, unit.size() - at);
        RtpPayload part =
            fragment_of(codec, unit.first(header), at == header, at + take == unit.size());
        part.offset = static_cast<std::uint32_t>(offset + at);
        part.size = static_cast<std::uint32_t>(take);
        payloads.push_back(part);
        at += take;
    }
}

}  // namespace

Result<std::vector<RtpPayload>> packetise(Codec codec, Bytes access_unit, std::size_t max_payload) {
    std::vector<RtpPayload> payloads;
    payloads.reserve(access_unit.size() / max_payload + 4);
    ByteReader reader(access_unit);
    while (reader.remaining() > 0) {
        const auto length = reader.u32();
        const std::size_t offset = reader.position();
        const auto unit = length ? reader.take(*length) : std::nullopt;
        if (!unit) {
            return fail(
                ErrorKind::Corrupt,
                "an access unit of " + std::to_string(access_unit.size()) +
                    " bytes holds a NAL unit that runs past its end"
            );
        }
        if (unit->empty()) {
            continue;
        }
        if (unit->size() < header_size(codec)) {
            return fail(
                ErrorKind::Corrupt, "an access unit holds a NAL unit cut inside its header"
            );
        }
        append_nal(codec, *unit, offset, max_payload, payloads);
    }
    if (payloads.empty()) {
        return fail(ErrorKind::Corrupt, "an access unit holds no NAL unit");
    }
    payloads.back().is_last = true;
    return payloads;
}

}  // namespace bongsu::media
