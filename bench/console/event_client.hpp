#pragma once

#include "console/web.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace bongsu::bench {

/// One console on the event stream that follows the protocol: it remembers the number of the last
/// change and says it when it comes back. Thread-safe.
class EventClient : public std::enable_shared_from_this<EventClient> {
public:
    /// Called with each change's number as it arrives, on the clients' thread. May be empty.
    using Observer = std::function<void(std::int64_t change)>;

    explicit EventClient(Observer observer = {}) : observer_(std::move(observer)) {}

    /// Begins to connect, unless it is connected or about to be.
    Status connect(net::WebSocketClients& clients, const Login& login);

    /// Ends the connection; connect() may be called once it is down.
    void cut();

    bool is_greeted() const;

    /// The number of the last change that it has.
    std::int64_t position() const;

    /// Numbers of all changes that came, in their order.
    std::vector<std::int64_t> received() const;

    /// How often it was told to load its lists anew.
    int resyncs() const;

private:
    void on_open(std::shared_ptr<net::WebSocket> socket);
    void on_text(std::string_view text);
    void on_end();

    const Observer observer_;
    mutable std::mutex mutex_;
    std::shared_ptr<net::WebSocket> socket_;
    bool is_busy_ = false;  ///< connecting or connected
    bool is_greeted_ = false;
    std::optional<std::int64_t> position_;
    std::vector<std::int64_t> received_;
    int resyncs_ = 0;
};

}  // namespace bongsu::bench
