#pragma once

#include "core/byte_reader.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace bongsu::media::mp4 {

/// Appends big-endian numbers and nested boxes (ISO/IEC 14496-12 4.2) to a growing buffer.
class BoxWriter {
public:
    void u8(std::uint8_t v) { bytes_.push_back(v); }

    void u16(std::uint16_t v) { number(v, 2); }

    void u32(std::uint32_t v) { number(v, 4); }

    void u64(std::uint64_t v) { number(v, 8); }

    void i32(std::int32_t v) { u32(static_cast<std::uint32_t>(v)); }

    void bytes(Bytes view) { bytes_.insert(bytes_.end(), view.begin(), view.end()); }

    void text(std::string_view v) { bytes_.insert(bytes_.end(), v.begin(), v.end()); }

    void zeros(std::size_t count) { bytes_.insert(bytes_.end(), count, 0); }

    std::size_t size() const { return bytes_.size(); }

    std::vector<std::uint8_t> take() { return std::move(bytes_); }

    /// Overwrites four bytes written earlier.
    void patch_u32(std::size_t at, std::uint32_t v) {
        for (std::size_t i = 0; i < 4; ++i) {
            bytes_.at(at + i) = static_cast<std::uint8_t>(v >> (24U - 8U * i));
        }
    }

    /// Writes one box whose content `fill` appends.
    template <class F>
    void box(std::string_view type, F&& fill) {
        const std::size_t start = size();
        u32(0);
        text(type);
        fill();
        patch_u32(start, static_cast<std::uint32_t>(size() - start));
    }

    /// Writes one box with version and flags (4.2.2 FullBox).
    template <class F>
    void full_box(std::string_view type, std::uint8_t version, std::uint32_t flags, F&& fill) {
        box(type, [&] {
            u32((static_cast<std::uint32_t>(version) << 24U) | flags);
            fill();
        });
    }

private:
    void number(std::uint64_t v, unsigned width) {
        for (unsigned i = width; i > 0; --i) {
            bytes_.push_back(static_cast<std::uint8_t>(v >> (8U * (i - 1))));
        }
    }

    std::vector<std::uint8_t> bytes_;
};

}  // namespace bongsu::media::mp4
