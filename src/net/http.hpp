#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace bongsu::net {

/// Header or query fields in the order of the wire. Header names are lower case.
using HttpFields = std::vector<std::pair<std::string, std::string>>;

/// The first value of that name, or null.
const std::string* find_field(const HttpFields& fields, std::string_view name);

/// One request as handlers see it: already bounded, its path decoded and free of "..", "//" and
/// control characters.
struct HttpRequest {
    std::string method;  ///< "GET", "POST" ...
    std::string path;    ///< decoded, without the query, begins with '/'
    HttpFields query;    ///< decoded
    HttpFields headers;  ///< names in lower case
    HttpFields cookies;  ///< parsed from the header "cookie"
    std::string body;
    std::string peer;        ///< address of the client; behind a trusted proxy the one it forwards
    bool is_secure = false;  ///< came over TLS, ours or the trusted proxy's

    const std::string* header(std::string_view name) const { return find_field(headers, name); }

    const std::string* query_value(std::string_view name) const { return find_field(query, name); }

    const std::string* cookie(std::string_view name) const { return find_field(cookies, name); }
};

/// A file, or a part of it, sent without being read into memory.
struct FileBody {
    std::filesystem::path path;
    bool is_deleted_after = false;  ///< the server removes it when it was sent or the client left
};

struct HttpResponse {
    int status = 200;
    HttpFields headers;  ///< Content-Length, Date and Connection are the server's own
    std::string body;
    std::optional<FileBody> file;  ///< instead of `body`; answers Range requests
};

/// Shared bytes of a message, so that one buffer serves many connections.
using SharedBytes = std::shared_ptr<const std::vector<std::uint8_t>>;

/// One open WebSocket. Thread-safe; every call returns at once.
class WebSocket {
public:
    virtual ~WebSocket() = default;

    /// Queues one message. False, and nothing is queued, when the outbox already holds more than
    /// its limit of bytes or messages, or the connection is closing: the caller drops or closes.
    virtual bool send_text(std::shared_ptr<const std::string> text) = 0;
    /// One binary message made of the pieces, sent without joining them.
    virtual bool send_binary(std::vector<SharedBytes> pieces) = 0;

    /// Bytes that wait to be sent.
    virtual std::size_t queued_bytes() const = 0;

    /// Sends what is queued, then a close frame. `reason` is at most 123 bytes (RFC 6455 5.5).
    virtual void close(std::uint16_t code, std::string_view reason) = 0;
};

/// What a WebSocket's owner does with it. Called on the server's I/O thread of that connection,
/// never two at once for one connection; must be quick.
struct WebSocketHandlers {
    std::function<void(std::string_view)> on_text;
    std::function<void(std::span<const std::uint8_t>)> on_binary;  ///< empty: closed with 1003
    std::function<void()> on_close;    ///< exactly once, after which the socket is dead
    std::function<void()> on_drained;  ///< the outbox became empty; may be empty
};

/// Says yes to an upgrade: gets the open socket and returns its handlers.
using WebSocketAccept = std::function<WebSocketHandlers(std::shared_ptr<WebSocket>)>;

/// The server's one handler, called on its request pool, several at once. For a request that asks
/// for an upgrade to WebSocket (`wants_websocket`) it returns either an acceptance or a refusal.
using HttpAnswer = std::variant<HttpResponse, WebSocketAccept>;
using HttpHandler = std::function<HttpAnswer(const HttpRequest&)>;

bool wants_websocket(const HttpRequest& request);

}  // namespace bongsu::net
