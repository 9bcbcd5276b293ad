#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace bongsu::net {

/// Checks UTF-8 that arrives in pieces (RFC 3629: no overlong forms, no surrogates, nothing above
/// U+10FFFF), so that a bad byte is found before a long message is complete.
class Utf8Validator {
public:
    /// False once any byte so far cannot belong to valid UTF-8.
    bool feed(std::span<const std::uint8_t> bytes);

    /// True when no character is cut off at the end.
    bool is_complete() const { return missing_ == 0; }

private:
    bool begin(std::uint8_t byte);

    int missing_ = 0;  ///< continuation bytes that must follow
    std::uint8_t low_ = 0x80;
    std::uint8_t high_ = 0xBF;  ///< bounds of the next continuation byte
};

bool is_utf8(std::string_view text);

}  // namespace bongsu::net
