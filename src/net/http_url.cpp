#include "net/http_url.hpp"

#include "net/http_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace bongsu::net {
namespace {

struct Scheme {
    std::string_view prefix;
    bool is_tls;
};

constexpr std::array kSchemes{
    Scheme{"http://", false},
    Scheme{"https://", true},
    Scheme{"ws://", false},
    Scheme{"wss://", true},
};

constexpr std::uint16_t kPort = 80;
constexpr std::uint16_t kTlsPort = 443;

std::unexpected<Error> bad(std::string what) {
    return fail(ErrorKind::InvalidArgument, "the address " + std::move(what));
}

bool is_plain(char c) {
    return c > 0x20 && c < 0x7F;
}

Result<std::uint16_t> read_port(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port == 0) {
        return bad("has a port that is no number from 1 to 65535");
    }
    return port;
}

/// "host", "host:port", "[v6]" or "[v6]:port".
Status read_authority(std::string_view text, HttpUrl& url) {
    if (text.contains('@')) {
        return bad("must not hold a name or password");
    }
    std::string_view port;
    if (text.starts_with('[')) {
        port = text.substr(1);
        url.host = cut_at(port, ']');
    } else {
        port = text;
        url.host = cut_at(port, ':');
        port = text.substr(url.host.size());
    }
    if (url.host.empty()) {
        return bad("names no host");
    }
    if (!port.empty()) {
        BONGSU_ASSIGN(url.port, read_port(port.substr(port.starts_with(':') ? 1 : 0)));
    }
    return {};
}

}  // namespace

std::string HttpUrl::authority() const {
    const std::string name = host.contains(':') ? "[" + host + "]" : host;
    return port == (is_tls ? kTlsPort : kPort) ? name : name + ":" + std::to_string(port);
}

Result<HttpUrl> parse_http_url(std::string_view text) {
    if (!std::ranges::all_of(text, is_plain)) {
        return bad("holds spaces, control characters or bytes outside ASCII");
    }
    const auto* const scheme = std::ranges::find_if(kSchemes, [&](const Scheme& known) {
        return equal_ignoring_case(text.substr(0, known.prefix.size()), known.prefix);
    });
    if (scheme == kSchemes.end()) {
        return bad("must begin with http://, https://, ws:// or wss://");
    }
    HttpUrl url;
    url.is_tls = scheme->is_tls;
    url.port = scheme->is_tls ? kTlsPort : kPort;
    text.remove_prefix(scheme->prefix.size());
    const std::size_t end = std::min(text.find_first_of("/?#"), text.size());
    BONGSU_TRY(read_authority(text.substr(0, end), url));
    const std::string_view target = text.substr(end, text.find('#') - end);
    url.target = target.starts_with('/') ? std::string(target) : "/" + std::string(target);
    return url;
}

}  // namespace bongsu::net
