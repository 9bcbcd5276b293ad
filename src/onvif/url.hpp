#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::onvif {

/// The parts of an http, https or rtsp URL (RFC 3986 3) that matter here. User and password in it
/// are dropped when it is read.
struct Url {
    std::string scheme;      ///< lower case
    std::string host;        ///< without brackets
    std::uint16_t port = 0;  ///< the scheme's own when none is written
    std::string target;      ///< path and query; begins with '/'

    std::string text() const;
};

/// InvalidArgument names what is wrong.
Result<Url> parse_url(std::string_view text);

/// The device service of an address as people write it: "10.1.2.3", "10.1.2.3:8080", "[fe80::1]" or
/// a whole URL. The path that is assumed is that of the core specification, 5.10.
Result<Url> device_service(std::string_view address);

/// What a camera behind address translation calls itself is not how it is reached. Puts the host of
/// `asked` in the place of the one in `answered` when they differ; for HTTP the port too, since one
/// forwarded port then serves everything. RTSP keeps its own port.
Url reachable(const Url& answered, const Url& asked);

/// The URL with user and password, percent-encoded (RFC 3986 3.2.1).
std::string with_credentials(const Url& url, std::string_view user, std::string_view password);

}  // namespace bongsu::onvif
