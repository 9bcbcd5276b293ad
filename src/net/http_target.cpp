#include "net/http_target.hpp"

#include "net/http_text.hpp"
#include "net/utf8.hpp"

#include <algorithm>
#include <optional>

namespace bongsu::net {
namespace {

constexpr std::size_t kMaxQueryFields = 256;
constexpr std::size_t kMaxCookies = 128;

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorKind::InvalidArgument, "the request's target " + std::move(what));
}

std::optional<int> hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower >= 'a' && lower <= 'f') {
        return lower - 'a' + 10;
    }
    return std::nullopt;
}

std::optional<char> decoded_byte(std::string_view two) {
    const auto high = two.size() == 2 ? hex_digit(two[0]) : std::nullopt;
    const auto low = high ? hex_digit(two[1]) : std::nullopt;
    if (!low) {
        return std::nullopt;
    }
    return static_cast<char>((*high << 4) | *low);
}

/// `forbidden` must not appear in encoded form.
Result<std::string> decode(std::string_view text, bool is_plus_space, std::string_view forbidden) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        char c = text[at];
        if (c == '%') {
            const auto byte = decoded_byte(text.substr(at + 1, 2));
            if (!byte) {
                return bad("has a '%' without two hexadecimal digits");
            }
            c = *byte;
            at += 2;
            if (forbidden.contains(c)) {
                return bad("holds an encoded separator");
            }
        } else if (c == '+' && is_plus_space) {
            c = ' ';
        }
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            return bad("holds a control character");
        }
        result += c;
    }
    if (!is_utf8(result)) {
        return bad("is not UTF-8 after decoding");
    }
    return result;
}

Result<std::string> decode_path(std::string_view text) {
    if (text.contains('\\')) {
        return bad("holds a backslash");
    }
    BONGSU_ASSIGN(std::string path, decode(text, false, "/\\"));
    std::string_view rest = std::string_view(path).substr(1);
    while (!rest.empty()) {
        const bool is_last = !rest.contains('/');
        const std::string_view segment = cut_at(rest, '/');
        if (segment == "." || segment == ".." || (segment.empty() && !is_last)) {
            return bad("holds an empty, '.' or '..' segment");
        }
    }
    return path;
}

/// Cuts "http://host" off the absolute form and returns the host; nothing for other forms.
std::optional<std::string_view> cut_authority(std::string_view& target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (equal_ignoring_case(target.substr(0, scheme.size()), scheme)) {
            target.remove_prefix(scheme.size());
            const auto end = std::min(target.find_first_of("/?"), target.size());
            const std::string_view authority = target.substr(0, end);
            target.remove_prefix(end);
            return authority;
        }
    }
    return std::nullopt;
}

bool is_target_char(char c) {
    return c > 0x20 && c < 0x7F && c != '#' && c != '"' && c != '<' && c != '>';
}

}  // namespace

Result<HttpFields> parse_query(std::string_view query) {
    HttpFields fields;
    while (!query.empty()) {
        std::string_view value = cut_at(query, '&');
        if (value.empty()) {
            continue;
        }
        if (fields.size() == kMaxQueryFields) {
            return bad("has more than 256 query fields");
        }
        const std::string_view name = cut_at(value, '=');
        BONGSU_ASSIGN(std::string decoded_name, decode(name, true, {}));
        BONGSU_ASSIGN(std::string decoded_value, decode(value, true, {}));
        fields.emplace_back(std::move(decoded_name), std::move(decoded_value));
    }
    return fields;
}

Result<HttpTarget> parse_target(std::string_view target) {
    if (!std::ranges::all_of(target, is_target_char)) {
        return bad("holds bytes that must be percent-encoded");
    }
    HttpTarget result;
    const auto authority = cut_authority(target);
    if (authority && authority->empty()) {
        return bad("names no host");
    }
    result.authority = authority.value_or("");
    std::string_view query = target;
    const std::string_view path = cut_at(query, '?');
    if (path.empty() && !result.authority.empty()) {
        result.path = "/";
    } else if (path.empty() || path.front() != '/') {
        return bad("must begin with '/'");
    } else {
        BONGSU_ASSIGN(result.path, decode_path(path));
    }
    BONGSU_ASSIGN(result.query, parse_query(query));
    return result;
}

void append_cookies(std::string_view header, HttpFields& cookies) {
    while (!header.empty() && cookies.size() < kMaxCookies) {
        std::string_view value = trimmed(cut_at(header, ';'));
        const bool is_pair = value.contains('=');
        const std::string_view name = trimmed(cut_at(value, '='));
        if (is_pair && is_token(name)) {
            cookies.emplace_back(name, trimmed(value));
        }
    }
}

}  // namespace bongsu::net
