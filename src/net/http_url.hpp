#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::net {

/// The parts of an address that a client needs.
struct HttpUrl {
    bool is_tls = false;
    std::string host;  ///< name or address, without the brackets of IPv6
    std::uint16_t port = 80;
    std::string target = "/";  ///< path and query as they go on the wire

    /// The value of Host: the port only when it is not the scheme's own.
    std::string authority() const;
};

/// Reads http, https, ws and wss addresses. InvalidArgument for everything else and for addresses
/// that hold a user's name or password: those belong into a header.
Result<HttpUrl> parse_http_url(std::string_view text);

}  // namespace bongsu::net
