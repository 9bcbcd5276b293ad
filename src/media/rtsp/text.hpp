#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bongsu::media {

/// Without spaces, tabs and line ends at both sides.
std::string_view trim(std::string_view text);

/// ASCII comparison without case.
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool starts_with_ignoring_case(std::string_view text, std::string_view prefix);
std::string to_lower(std::string_view text);

/// Takes the part before `separator` off the front of `rest`; the whole rest when there is no
/// separator.
std::string_view take_until(std::string_view& rest, char separator);

/// What to show of a peer's words in an error: printable, at most `limit` characters.
std::string printable(std::string_view text, std::size_t limit = 60);

/// The whole text as a number, or nothing.
template <class N>
std::optional<N> parse_number(std::string_view text, int base = 10) {
    N value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) {
        return std::nullopt;
    }
    return value;
}

}  // namespace bongsu::media
