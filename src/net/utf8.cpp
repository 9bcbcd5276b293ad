#include "net/utf8.hpp"

#include <cstring>

namespace bongsu::net {

bool Utf8Validator::begin(std::uint8_t byte) {
    low_ = 0x80;
    high_ = 0xBF;
    if (byte < 0x80) {
        return true;
    }
    if (byte >= 0xC2 && byte <= 0xDF) {
        missing_ = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
        missing_ = 2;
        low_ = byte == 0xE0 ? 0xA0 : low_;    // shorter forms exist below
        high_ = byte == 0xED ? 0x9F : high_;  // surrogates above
    } else if (byte >= 0xF0 && byte <= 0xF4) {
        missing_ = 3;
        low_ = byte == 0xF0 ? 0x90 : low_;
        high_ = byte == 0xF4 ? 0x8F : high_;
    } else {
        return false;
    }
    return true;
}

bool Utf8Validator::feed(std::span<const std::uint8_t> bytes) {
    constexpr std::uint64_t kHighBits = 0x8080808080808080U;
    std::size_t at = 0;
    while (at < bytes.size()) {
        std::uint64_t eight = 0;
        if (missing_ == 0 && bytes.size() - at >= sizeof eight) {
            std::memcpy(&eight, bytes.data() + at, sizeof eight);
            if ((eight & kHighBits) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        const std::uint8_t byte = bytes[at++];
        if (missing_ == 0) {
            if (!begin(byte)) {
                return false;
            }
            continue;
        }
        if (byte < low_ || byte > high_) {
            return false;
        }
        low_ = 0x80;
        high_ = 0xBF;
        --missing_;
    }
    return true;
}

bool is_utf8(std::string_view text) {
    Utf8Validator validator;
    return validator.feed({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}) &&
           validator.is_complete();
}

}  // namespace bongsu::net
