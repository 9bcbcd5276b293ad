#pragma once

#include "console/web.hpp"
#include "core/clock.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace bongsu::bench {

/// One tile: asks for a camera's live pictures and takes them.
class Tile : public std::enable_shared_from_this<Tile> {
public:
    Status open(net::WebSocketClients& clients, const Login& login, const std::string& camera);
    void close();

    /// From the request to the end of the first key fragment; nothing before that.
    std::optional<Duration> first_picture() const;

    std::uint64_t bytes() const { return bytes_; }

    bool is_closed() const { return is_closed_; }

private:
    void on_open(std::shared_ptr<net::WebSocket> socket);
    void on_binary(std::span<const std::uint8_t> bytes);

    SystemClock clock_;
    MonoTime asked_{};
    mutable std::mutex mutex_;
    std::shared_ptr<net::WebSocket> socket_;
    std::optional<Duration> first_;
    bool has_parameters_ = false;
    std::atomic<std::uint64_t> bytes_{0};
    std::atomic<bool> is_closed_{false};
};

}  // namespace bongsu::bench
