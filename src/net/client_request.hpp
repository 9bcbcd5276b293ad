#pragma once

#include "core/result.hpp"
#include "net/http.hpp"
#include "net/http_url.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bongsu::net {

/// A client's request up to the empty line. Fields that frame the message are the client's own and
/// left out of `headers`. InvalidArgument when a name or value cannot be sent.
Result<std::string> write_request_head(
    std::string_view method,
    const HttpUrl& url,
    const HttpFields& headers,
    const HttpFields& own_headers
);

}  // namespace bongsu::net
