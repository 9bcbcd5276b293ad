#include "net/http_text.hpp"

#include "net/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace bongsu::net {
namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_token_char(char c) {
    const bool is_letter = lower(c) >= 'a' && lower(c) <= 'z';
    const bool is_digit = c >= '0' && c <= '9';
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return is_letter || is_digit || kOthers.contains(c);
}

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

}  // namespace

bool is_token(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_field_value(std::string_view text) {
    return std::ranges::none_of(text, [](char c) { return is_control(c) && c != '\t'; }) &&
           is_utf8(text);
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lower_case(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool list_holds(std::string_view list, std::string_view word) {
    while (!list.empty()) {
        if (equal_ignoring_case(trimmed(cut_at(list, ',')), word)) {
            return true;
        }
    }
    return false;
}

std::string_view cut_at(std::string_view& rest, char separator) {
    const auto at = rest.find(separator);
    const std::string_view first = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return first;
}

std::string json_escaped(std::string_view text) {
    std::string result;
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (is_control(c)) {
            std::array<char, 8> code{};
            std::snprintf(code.data(), code.size(), "\\u%04x", static_cast<unsigned>(c));
            result += code.data();
        } else {
            result += c;
        }
    }
    return result;
}

}  // namespace bongsu::net
