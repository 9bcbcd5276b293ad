#pragma once

#include "core/byte_reader.hpp"

#include <cstdint>

namespace bongsu::media {

/// Reads bits and Exp-Golomb codes (H.264 9.1) from an unescaped payload. Beyond the end it yields
/// zeros and remembers, so that a header is read in one go and checked once.
class BitReader {
public:
    explicit BitReader(Bytes bytes) : bytes_(bytes) {}

    std::uint32_t bits(unsigned count) {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i) {
            value = (value << 1U) | bit();
        }
        return value;
    }

    bool flag() { return bit() != 0; }

    /// ue(v)
    std::uint32_t unsigned_golomb() {
        unsigned zeros = 0;
        while (zeros < 32 && !is_overrun_ && bit() == 0) {
            ++zeros;
        }
        if (zeros >= 32) {
            is_overrun_ = true;
            return 0;
        }
        return ((1U << zeros) - 1) + bits(zeros);
    }

    /// se(v)
    std::int32_t signed_golomb() {
        const std::uint32_t code = unsigned_golomb();
        const auto magnitude = static_cast<std::int32_t>((code >> 1U) + (code & 1U));
        return (code & 1U) != 0 ? magnitude : -magnitude;
    }

    void skip(std::size_t count) {
        at_ += count;
        is_overrun_ = is_overrun_ || at_ > bytes_.size() * 8;
    }

    /// True when something was read beyond the end, or a code was longer than 32 bits.
    bool is_overrun() const { return is_overrun_; }

private:
    std::uint32_t bit() {
        if (at_ >= bytes_.size() * 8) {
            is_overrun_ = true;
            return 0;
        }
        const std::uint32_t value = (bytes_[at_ / 8] >> (7U - at_ % 8)) & 1U;
        ++at_;
        return value;
    }

    Bytes bytes_;
    std::size_t at_ = 0;
    bool is_overrun_ = false;
};

}  // namespace bongsu::media
