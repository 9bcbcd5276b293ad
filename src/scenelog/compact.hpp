#pragma once

#include "core/byte_reader.hpp"

#include <bit>
#include <cstdint>
#include <optional>
#include <vector>

/// The numbers of the scene log's format (block.hpp).
namespace bongsu::scenelog {

inline std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63U);
}

inline std::int64_t unzigzag(std::uint64_t value) {
    return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

inline void put_varint(std::vector<std::uint8_t>& out, std::uint64_t value) {
    while (value >= 0x80U) {
        out.push_back(static_cast<std::uint8_t>(value | 0x80U));
        value >>= 7U;
    }
    out.push_back(static_cast<std::uint8_t>(value));
}

/// Nothing at the end of the bytes or beyond ten of them.
inline std::optional<std::uint64_t> take_varint(ByteReader& in) {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = in.u8();
        if (!byte) {
            return std::nullopt;
        }
        value |= static_cast<std::uint64_t>(*byte & 0x7FU) << shift;
        if ((*byte & 0x80U) == 0) {
            return value;
        }
    }
    return std::nullopt;
}

/// How many low bytes a float takes: two bits that stand for 0, 2, 3 or 4.
using FloatSize = unsigned;
inline constexpr unsigned kFloatBytes[4] = {0, 2, 3, 4};

inline FloatSize float_size(float value, float before) {
    const auto changed = std::bit_cast<std::uint32_t>(value) ^ std::bit_cast<std::uint32_t>(before);
    return changed == 0 ? 0 : changed < (1U << 16U) ? 1 : changed < (1U << 24U) ? 2 : 3;
}

inline void put_float(std::vector<std::uint8_t>& out, float value, float before, FloatSize size) {
    auto changed = std::bit_cast<std::uint32_t>(value) ^ std::bit_cast<std::uint32_t>(before);
    for (unsigned i = 0; i < kFloatBytes[size]; ++i, changed >>= 8U) {
        out.push_back(static_cast<std::uint8_t>(changed));
    }
}

inline std::optional<float> take_float(ByteReader& in, float before, FloatSize size) {
    const auto bytes = in.take(kFloatBytes[size & 3U]);
    if (!bytes) {
        return std::nullopt;
    }
    std::uint32_t changed = 0;
    for (std::size_t i = bytes->size(); i > 0; --i) {
        changed = (changed << 8U) | (*bytes)[i - 1];
    }
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(before) ^ changed);
}

}  // namespace bongsu::scenelog
