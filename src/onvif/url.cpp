#include "onvif/url.hpp"

#include "onvif/xml.hpp"

#include <algorithm>
#include <charconv>

namespace bongsu::onvif {

namespace {

constexpr std::size_t kLongestUrl = 2048;
constexpr std::string_view kDevicePath = "/onvif/device_service";

std::uint16_t default_port(std::string_view scheme) {
    if (scheme == "http") {
        return 80;
    }
    if (scheme == "https") {
        return 443;
    }
    return scheme == "rtsps" ? 322 : 554;
}

bool is_known_scheme(std::string_view scheme) {
    return scheme == "http" || scheme == "https" || scheme == "rtsp" || scheme == "rtsps";
}

bool is_host_letter(char c) {
    const bool is_alnum =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_alnum || c == '.' || c == '-' || c == '_' || c == ':' || c == '%';
}

std::unexpected<Error> wrong(std::string_view text, std::string_view why) {
    // What stands before '@' may be a password.
    const std::size_t at = text.substr(0, text.find_first_of("?#")).rfind('@');
    const std::string_view shown = at == std::string_view::npos ? text : text.substr(at + 1);
    return fail(
        ErrorKind::InvalidArgument,
        "the address '" + std::string(shown.substr(0, 120)) + "' " + std::string(why)
    );
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return out;
}

/// Splits "host:port", "[v6]:port" or either without a port.
Status read_authority(std::string_view authority, std::string_view whole, Url& url) {
    std::string_view port;
    if (authority.starts_with('[')) {
        const std::size_t close = authority.find(']');
        if (close == std::string_view::npos) {
            return wrong(whole, "has no ']' after its IPv6 address");
        }
        url.host = authority.substr(1, close - 1);
        port = authority.substr(close + 1);
    } else {
        const std::size_t colon = authority.find(':');
        url.host = authority.substr(0, colon);
        port = colon == std::string_view::npos ? std::string_view{} : authority.substr(colon);
    }
    if (url.host.empty() || !std::ranges::all_of(url.host, is_host_letter)) {
        return wrong(whole, "has no valid host");
    }
    if (port.empty() || port == ":") {
        return {};
    }
    port.remove_prefix(1);
    const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
    if (error != std::errc{} || end != port.data() + port.size() || url.port == 0) {
        return wrong(whole, "has a port that is not a number from 1 to 65535");
    }
    return {};
}

void append_percent_encoded(std::string& out, std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c != ':' && c != '%' && is_host_letter(c)) {
            out += c;
        } else {
            out += '%';
            out += kHex[byte >> 4];
            out += kHex[byte & 0xF];
        }
    }
}

std::string authority_of(const Url& url) {
    const bool is_v6 = url.host.contains(':');
    std::string out = is_v6 ? "[" + url.host + "]" : url.host;
    if (url.port != default_port(url.scheme)) {
        out += ":" + std::to_string(url.port);
    }
    return out;
}

}  // namespace

std::string Url::text() const {
    return scheme + "://" + authority_of(*this) + target;
}

Result<Url> parse_url(std::string_view text) {
    text = trimmed(text);
    const bool has_strange = std::ranges::any_of(text, [](char c) {
        return static_cast<unsigned char>(c) <= 0x20 || c == 0x7F;
    });
    if (text.size() > kLongestUrl || has_strange) {
        return wrong(text, "is too long or holds blanks or control characters");
    }
    const std::size_t colon = text.find("://");
    if (colon == std::string_view::npos) {
        return wrong(text, "is not a URL");
    }
    Url url;
    url.scheme = lower(text.substr(0, colon));
    if (!is_known_scheme(url.scheme)) {
        return wrong(text, "is neither http, https, rtsp nor rtsps");
    }
    url.port = default_port(url.scheme);
    const std::string_view rest = text.substr(colon + 3);
    const std::size_t path = std::min(rest.find_first_of("/?#"), rest.size());
    std::string_view authority = rest.substr(0, path);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        authority.remove_prefix(at + 1);
    }
    BONGSU_TRY(read_authority(authority, text, url));
    const std::string_view target = rest.substr(path, rest.find('#') - path);
    url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return url;
}

Result<Url> device_service(std::string_view address) {
    address = trimmed(address);
    const bool is_url = address.contains("://");
    const bool is_bare_v6 =
        !is_url && !address.starts_with('[') && std::ranges::count(address, ':') > 1;
    std::string text(address);
    if (is_bare_v6) {
        text = "[" + text + "]";
    }
    BONGSU_ASSIGN(Url url, parse_url(is_url ? text : "http://" + text));
    if (url.scheme != "http" && url.scheme != "https") {
        return wrong(address, "is not the address of an ONVIF service: http or https is needed");
    }
    if (url.target == "/") {
        url.target = kDevicePath;
    }
    return url;
}

Url reachable(const Url& answered, const Url& asked) {
    if (answered.host == asked.host) {
        return answered;
    }
    Url url = answered;
    url.host = asked.host;
    if (url.scheme == "http" || url.scheme == "https") {
        url.scheme = asked.scheme;
        url.port = asked.port;
    }
    return url;
}

std::string with_credentials(const Url& url, std::string_view user, std::string_view password) {
    if (user.empty()) {
        return url.text();
    }
    std::string out = url.scheme + "://";
    append_percent_encoded(out, user);
    out += ':';
    append_percent_encoded(out, password);
    return out + "@" + authority_of(url) + url.target;
}

}  // namespace bongsu::onvif
