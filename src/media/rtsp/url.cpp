#include "media/rtsp/url.hpp"

#include "media/rtsp/text.hpp"

#include <fmt/format.h>

namespace bongsu::media {
namespace {

constexpr std::string_view kScheme = "rtsp://";
constexpr std::uint16_t kDefaultPort = 554;

std::string percent_decode(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            if (const auto byte = parse_number<std::uint8_t>(text.substr(i + 1, 2), 16)) {
                out += static_cast<char>(*byte);
                i += 2;
                continue;
            }
        }
        out += text[i];
    }
    return out;
}

Status read_host_and_port(RtspUrl& url, std::string_view text) {
    std::string_view port;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) {
            return fail(
                ErrorKind::InvalidArgument, "the RTSP URL lacks the ']' of its IPv6 address"
            );
        }
        url.host = std::string(text.substr(1, end - 1));
        port = text.substr(end + 1);
        if (port.starts_with(':')) {
            port.remove_prefix(1);
        }
    } else {
        port = text;
        url.host = std::string(take_until(port, ':'));
    }
    if (url.host.empty()) {
        return fail(ErrorKind::InvalidArgument, "the RTSP URL names no host");
    }
    if (!port.empty()) {
        const auto number = parse_number<std::uint16_t>(port);
        if (!number || *number == 0) {
            return fail(
                ErrorKind::InvalidArgument,
                fmt::format("the port '{}' of the RTSP URL is not 1 to 65535", printable(port, 10))
            );
        }
        url.port = *number;
    }
    return {};
}

}  // namespace

std::string RtspUrl::request_url() const {
    std::string out(kScheme);
    out += host.contains(':') ? "[" + host + "]" : host;
    if (port != kDefaultPort) {
        out += fmt::format(":{}", port);
    }
    return out + path;
}

Result<RtspUrl> parse_rtsp_url(std::string_view text) {
    text = trim(text);
    if (!starts_with_ignoring_case(text, kScheme)) {
        return fail(
            ErrorKind::InvalidArgument, "the URL of an RTSP source must start with rtsp://"
        );
    }
    if (text.find_first_of("\r\n \t") != std::string_view::npos) {
        return fail(ErrorKind::InvalidArgument, "the RTSP URL holds a space or a line end");
    }
    text.remove_prefix(kScheme.size());
    RtspUrl url;
    const auto authority_end = text.find_first_of("/?");
    auto authority = text.substr(0, authority_end);
    if (authority_end != std::string_view::npos) {
        url.path = std::string(text.substr(authority_end));
    }
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        std::string_view password = authority.substr(0, at);
        url.user = percent_decode(take_until(password, ':'));
        url.password = percent_decode(password);
        authority.remove_prefix(at + 1);
    }
    BONGSU_TRY(read_host_and_port(url, authority));
    return url;
}

}  // namespace bongsu::media
