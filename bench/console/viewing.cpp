#include "console/viewing.hpp"

#include <cstdio>

namespace bongsu::bench {
namespace {

// The head of a binary message: docs/design/console.md, "Live pictures".
constexpr std::size_t kHead = 24;
constexpr std::uint8_t kParameters = 1;
constexpr std::uint8_t kFragment = 2;
constexpr std::uint8_t kKeyPicture = 1;

}  // namespace

Status Tile::open(net::WebSocketClients& clients, const Login& login, const std::string& camera) {
    const auto self = shared_from_this();
    net::WebSocketClientHandlers handlers;
    handlers.on_open = [self](std::shared_ptr<net::WebSocket> socket) {
        self->on_open(std::move(socket));
    };
    handlers.on_binary = [self](std::span<const std::uint8_t> bytes) { self->on_binary(bytes); };
    handlers.on_close = [self](std::uint16_t) {
        self->is_closed_ = true;
        const std::scoped_lock lock(self->mutex_);
        self->socket_.reset();
    };
    handlers.on_failed = [self](const Error& error, int status) {
        std::fprintf(stderr, "tile: %d %s\n", status, error.describe().c_str());
        self->is_closed_ = true;
    };
    asked_ = clock_.mono();
    return clients.connect(
        socket_call(login, "/api/v1/cameras/" + camera + "/live?role=main&purpose=control"),
        std::move(handlers)
    );
}

void Tile::close() {
    const std::scoped_lock lock(mutex_);
    if (socket_) {
        socket_->close(1000, "");
    }
}

std::optional<Duration> Tile::first_picture() const {
    const std::scoped_lock lock(mutex_);
    return first_;
}

void Tile::on_open(std::shared_ptr<net::WebSocket> socket) {
    const std::scoped_lock lock(mutex_);
    socket_ = std::move(socket);
    socket_->send_text(std::make_shared<const std::string>(R"({"type":"can","hevc":false})"));
}

void Tile::on_binary(std::span<const std::uint8_t> bytes) {
    bytes_ += bytes.size();
    if (bytes.size() < kHead) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    has_parameters_ = has_parameters_ || bytes[0] == kParameters;
    const bool is_key = bytes[0] == kFragment && (bytes[1] & kKeyPicture) != 0;
    if (!first_ && has_parameters_ && is_key) {
        first_ = clock_.mono() - asked_;
    }
}

}  // namespace bongsu::bench
