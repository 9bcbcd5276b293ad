#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

#include <cstddef>
#include <string>

namespace bongsu::net {

/// One request to another machine: a camera, a recorder, a neighbouring system.
struct HttpCall {
    std::string method = "GET";
    std::string url;     ///< http:// or https://, without name and password
    HttpFields headers;  ///< Host, Content-Length and Connection are the client's own
    std::string body;
    Duration deadline = std::chrono::seconds{10};  ///< for everything together
    std::size_t max_body_bytes = 8 * 1024 * 1024;  ///< of the answer
    bool verifies_certificate = true;              ///< cameras often have self-signed ones: false
};

/// Makes one call on a connection of its own and waits for the whole answer, whatever its status;
/// names of its headers are in lower case. Follows no redirect. Runs on: any thread that may wait.
/// Errors: InvalidArgument (address, header), Unavailable (no connection, certificate), Timeout,
/// Corrupt (no HTTP), ResourceExhausted (the answer is too large).
Result<HttpResponse> http_call(const HttpCall& call);

}  // namespace bongsu::net
