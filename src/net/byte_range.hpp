#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace bongsu::net {

/// A part of a file: never empty.
struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t size = 0;
};

struct UnsatisfiableRange {};

/// Reads a Range header (RFC 9110 14.1.2) for a file of that size. Nothing when it must be ignored:
/// malformed, another unit, or more than one range.
std::optional<std::variant<ByteRange, UnsatisfiableRange>> parse_byte_range(
    std::string_view header, std::uint64_t size
);

}  // namespace bongsu::net
