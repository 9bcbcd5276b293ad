#pragma once

#include "net/http.hpp"
#include "net/http_request_parser.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bongsu::net {

/// Why a request that asks for a WebSocket cannot have one (RFC 6455 4.2.1), or nothing.
std::optional<Refusal> check_websocket_request(const HttpRequest& request);

/// The value of Sec-WebSocket-Accept for a client's key (RFC 6455 4.2.2).
std::string websocket_accept(std::string_view key);

/// A client's random key.
std::string make_websocket_key();

/// The whole head of "101 Switching Protocols".
std::string write_upgrade_head(std::string_view key);

}  // namespace bongsu::net
