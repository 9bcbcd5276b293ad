#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace bongsu::media {

/// An rtsp:// URL in its parts (RFC 2326 3.2). User and password are percent-decoded.
struct RtspUrl {
    std::string host;  ///< IPv6 without brackets
    std::uint16_t port = 554;
    std::string user;
    std::string password;
    std::string path;  ///< from the first '/', with the query; may be empty

    /// What goes on the request line: no user, no password, no default port.
    std::string request_url() const;
};

/// A password may hold '@' unescaped (the last '@' of the authority counts), as people paste it.
Result<RtspUrl> parse_rtsp_url(std::string_view text);

}  // namespace bongsu::media
