// links: media core
// Any bytes as an access unit: every payload must be a range of it.
#include "media/rtp/packetiser.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    const auto codec = data[0] % 2 == 0 ? bongsu::Codec::H264 : bongsu::Codec::H265;
    const std::size_t max_payload = 16 + std::size_t{data[1]};
    const bongsu::Bytes unit(data + 2, size - 2);
    const auto payloads = bongsu::media::packetise(codec, unit, max_payload);
    if (!payloads) {
        return 0;
    }
    for (const auto& payload : *payloads) {
        if (payload.total() > max_payload || payload.offset + payload.size > unit.size()) {
            std::abort();
        }
    }
    return 0;
}
