#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace bongsu {

using Bytes = std::span<const std::uint8_t>;

/// Reads big-endian numbers from bytes that came from outside; never reads past the end.
class ByteReader {
public:
    explicit ByteReader(Bytes bytes) : bytes_(bytes) {}

    std::size_t remaining() const { return bytes_.size() - at_; }

    std::size_t position() const { return at_; }

    std::optional<std::uint8_t> u8() {
        const auto v = number(1);
        return v ? std::optional{static_cast<std::uint8_t>(*v)} : std::nullopt;
    }

    std::optional<std::uint16_t> u16() {
        const auto v = number(2);
        return v ? std::optional{static_cast<std::uint16_t>(*v)} : std::nullopt;
    }

    std::optional<std::uint32_t> u32() {
        const auto v = number(4);
        return v ? std::optional{static_cast<std::uint32_t>(*v)} : std::nullopt;
    }

    std::optional<std::uint64_t> u64() { return number(8); }

    /// The next `count` bytes as a view, or nothing when fewer remain.
    std::optional<Bytes> take(std::size_t count) {
        if (remaining() < count) {
            return std::nullopt;
        }
        const Bytes view = bytes_.subspan(at_, count);
        at_ += count;
        return view;
    }

    bool skip(std::size_t count) { return take(count).has_value(); }

private:
    std::optional<std::uint64_t> number(std::size_t width) {
        const auto view = take(width);
        if (!view) {
            return std::nullopt;
        }
        std::uint64_t value = 0;
        for (const std::uint8_t byte : *view) {
            value = (value << 8U) | byte;
        }
        return value;
    }

    Bytes bytes_;
    std::size_t at_ = 0;
};

}  // namespace bongsu
