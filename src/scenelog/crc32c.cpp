#include "scenelog/block.hpp"

#include <array>

namespace bongsu::scenelog {
namespace {

constexpr std::uint32_t kReversedPolynomial = 0x82F63B78U;

constexpr std::array<std::uint32_t, 256> make_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t value = i;
        for (int bit = 0; bit < 8; ++bit) {
            value = (value >> 1U) ^ ((value & 1U) != 0 ? kReversedPolynomial : 0U);
        }
        table[i] = value;
    }
    return table;
}

constexpr auto kTable = make_table();

}  // namespace

std::uint32_t crc32c(Bytes bytes, std::uint32_t seed) {
    std::uint32_t value = ~seed;
    for (const std::uint8_t byte : bytes) {
        value = (value >> 8U) ^ kTable[(value ^ byte) & 0xFFU];
    }
    return ~value;
}

}  // namespace bongsu::scenelog
