#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace bongsu::net {

struct WebSocketCall {
    std::string url;     ///< ws:// or wss://
    HttpFields headers;  ///< such as Cookie and Origin
    Duration open_deadline = std::chrono::seconds{10};
    std::size_t max_message_bytes = 16 * 1024 * 1024;
    Duration ping_interval = std::chrono::seconds{20};
    bool verifies_certificate = true;
};

/// What happens to one client's socket. Called on the clients' I/O thread; must be quick. Either
/// on_failed is called, or on_open first and on_close last. Each may be empty.
struct WebSocketClientHandlers {
    std::function<void(std::shared_ptr<WebSocket>)> on_open;
    std::function<void(std::string_view)> on_text;
    std::function<void(std::span<const std::uint8_t>)> on_binary;
    /// With the code of the server's close frame, 1005 when it gave none, 1006 without a frame.
    std::function<void(std::uint16_t)> on_close;
    /// `status` is the server's answer when it was not 101, else 0.
    std::function<void(const Error&, int status)> on_failed;
};

/// Several hundred WebSocket clients on one I/O thread of their own.
class WebSocketClients {
public:
    WebSocketClients();
    ~WebSocketClients();
    WebSocketClients(const WebSocketClients&) = delete;
    WebSocketClients& operator=(const WebSocketClients&) = delete;

    /// Begins to connect and returns. InvalidArgument for an address or header that cannot be
    /// used; then no handler is called. Thread-safe.
    Status connect(const WebSocketCall& call, WebSocketClientHandlers handlers);

    /// Closes all sockets with 1001 and joins the thread. Idempotent; not from a handler.
    void stop();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::net
