#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace bongsu::net {

/// What the server adds to a handler's fields.
struct ResponseFraming {
    std::optional<std::uint64_t> content_length;  ///< none for 204 and 304
    bool keeps_alive = false;
    WallTime now;
};

/// Status line and header fields up to the empty line. The handler's own Content-Length,
/// Transfer-Encoding, Connection and Date are left out. InvalidArgument when a name is no token or
/// a value holds control characters: a line break would let a value forge another field.
Result<std::string> write_response_head(
    int status, const HttpFields& headers, const ResponseFraming& framing
);

/// Such as "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 5.6.7).
std::string http_date(WallTime time);

}  // namespace bongsu::net
