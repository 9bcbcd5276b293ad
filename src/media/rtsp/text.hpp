#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

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

/// The whole text as a number, or nothing. `base` is for whole numbers.
template <class N>
std::optional<N> parse_number(std::string_view text, [[maybe_unused]] int base = 10) {
    N value{};
    const char* last = text.data() + text.size();
    std::from_chars_result parsed{};
    if constexpr (std::is_floating_point_v<N>) {
        parsed = std::from_chars(text.data(), last, value);
    } else {
        parsed = std::from_chars(text.data(), last, value, base);
    }
    if (parsed.ec != std::errc{} || parsed.ptr != last) {
        return std::nullopt;
    }
    return value;
}

}  // namespace bongsu::media
