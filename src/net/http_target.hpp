#pragma once

#include "core/result.hpp"
#include "net/http.hpp"

#include <string>
#include <string_view>

namespace bongsu::net {

/// The parts of a request's target (RFC 9112 3.2), decoded.
struct HttpTarget {
    std::string path;  ///< begins with '/'
    HttpFields query;
    std::string authority;  ///< of the absolute form "http://host/path", else empty
};

/// Accepts the origin form and the absolute form. InvalidArgument for everything else: fragments,
/// bytes that a URI cannot hold, broken or ambiguous percent-encoding (an encoded '/', '\' or
/// NUL), control characters, text that is not UTF-8, and the segments "", "." and ".." (RFC 3986
/// 3.3), which a handler that serves files could be tricked with.
Result<HttpTarget> parse_target(std::string_view target);

/// "a=1&b=x%20y" as fields; '+' is a space. At most 256 fields.
Result<HttpFields> parse_query(std::string_view query);

/// A Cookie header's pairs (RFC 6265 4.2), in order; parts that are no pair are left out.
void append_cookies(std::string_view header, HttpFields& cookies);

}  // namespace bongsu::net
