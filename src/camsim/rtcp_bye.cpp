#include "camsim/rtcp_bye.hpp"

namespace bongsu::camsim {

namespace {

constexpr std::uint8_t kReceiverReport = 201;
constexpr std::uint8_t kBye = 203;

void put_packet(
    std::vector<std::uint8_t>& out, unsigned count, std::uint8_t type, std::uint32_t ssrc
) {
    constexpr std::uint8_t kVersion = 0x80;
    constexpr std::uint8_t kWordsAfterHeader = 1;
    out.insert(
        out.end(), {static_cast<std::uint8_t>(kVersion | count), type, 0, kWordsAfterHeader}
    );
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        out.push_back(static_cast<std::uint8_t>(ssrc >> shift));
    }
}

}  // namespace

std::vector<std::uint8_t> write_bye(std::uint32_t ssrc) {
    std::vector<std::uint8_t> out;
    put_packet(out, 0, kReceiverReport, ssrc);
    put_packet(out, 1, kBye, ssrc);
    return out;
}

}  // namespace bongsu::camsim
