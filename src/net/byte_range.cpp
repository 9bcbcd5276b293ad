#include "net/byte_range.hpp"

#include "net/http_text.hpp"

#include <algorithm>
#include <charconv>

namespace bongsu::net {
namespace {

std::optional<std::uint64_t> number(std::string_view text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace

std::optional<std::variant<ByteRange, UnsatisfiableRange>> parse_byte_range(
    std::string_view header, std::uint64_t size
) {
    std::string_view last_text = header;
    const std::string_view unit = cut_at(last_text, '=');
    if (!equal_ignoring_case(trimmed(unit), "bytes") || !last_text.contains('-')) {
        return std::nullopt;
    }
    const std::string_view first_text = trimmed(cut_at(last_text, '-'));
    last_text = trimmed(last_text);
    const auto first = number(first_text);
    const auto last = number(last_text);
    if (first_text.empty()) {  // the last bytes
        if (!last) {
            return std::nullopt;
        }
        const std::uint64_t wanted = std::min(*last, size);
        if (wanted == 0) {
            return UnsatisfiableRange{};
        }
        return ByteRange{.first = size - wanted, .size = wanted};
    }
    if (!first || (!last && !last_text.empty()) || (last && *last < *first)) {
        return std::nullopt;
    }
    if (*first >= size) {
        return UnsatisfiableRange{};
    }
    const std::uint64_t end = last ? std::min(*last, size - 1) : size - 1;
    return ByteRange{.first = *first, .size = end - *first + 1};
}

}  // namespace bongsu::net
