// links: media core domain
#include "media/rtp/access_unit_assembler.hpp"
#include "media/rtp/reorder_buffer.hpp"
#include "media/rtp/rtcp.hpp"
#include "media/rtp/rtp_clock.hpp"
#include "media/rtp/rtp_packet.hpp"
#include "media/rtp/rtp_sequence.hpp"

#include <algorithm>

using namespace bongsu;

/// The first byte chooses the codec; then packets follow, each after a byte of length.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    ByteReader reader(Bytes(data, size));
    const auto choice = reader.u8();
    const Codec codec = choice && (*choice & 1U) != 0 ? Codec::H265 : Codec::H264;
    media::AccessUnitAssembler assembler(codec, {});
    media::RtpSequence sequence;
    media::RtpClock clock;
    media::ReorderBuffer buffer(4);
    std::vector<media::AssembledUnit> units;
    const WallTime now{};
    while (const auto length = reader.u8()) {
        const auto bytes = reader.take(std::min<std::size_t>(*length, reader.remaining()));
        (void)media::parse_rtcp(*bytes);
        const auto packet = media::parse_rtp(*bytes);
        if (!packet) {
            continue;
        }
        (void)buffer.push(packet->sequence, *bytes, {});
        (void)buffer.pop({});
        if (const auto lost = sequence.advance(packet->sequence)) {
            assembler.push(*packet, *lost, units);
        }
        const auto media_time = clock.unwrap(packet->timestamp);
        clock.on_arrival(media_time, now);
        clock.on_sender_report(now, packet->ssrc, now);
        (void)clock.wall(media_time, now);
    }
    for (const auto& unit : units) {
        media::LengthPrefixedReader nals(unit.bytes);
        while (nals.next()) {
        }
        if (nals.is_broken()) {
            __builtin_trap();  // what we hand on must be whole
        }
    }
    return 0;
}
