#include "console/event_client.hpp"

#include <charconv>
#include <cstdio>

namespace bongsu::bench {
namespace {

constexpr std::string_view kIncident = R"({"type":"incident","change":)";
constexpr std::string_view kWelcome = R"({"type":"welcome","change":)";
constexpr std::string_view kResync = R"({"type":"resync")";

/// The number behind the beginning that the server writes; hundreds of clients in one thread must
/// not parse whole incidents.
std::optional<std::int64_t> number_behind(std::string_view text, std::string_view beginning) {
    std::int64_t number = 0;
    if (!text.starts_with(beginning)) {
        return std::nullopt;
    }
    std::from_chars(text.data() + beginning.size(), text.data() + text.size(), number);
    return number;
}

}  // namespace

Status EventClient::connect(net::WebSocketClients& clients, const Login& login) {
    {
        const std::scoped_lock lock(mutex_);
        if (is_busy_) {
            return {};
        }
        is_busy_ = true;
    }
    const auto self = shared_from_this();
    net::WebSocketClientHandlers handlers;
    handlers.on_open = [self](std::shared_ptr<net::WebSocket> socket) {
        self->on_open(std::move(socket));
    };
    handlers.on_text = [self](std::string_view text) { self->on_text(text); };
    handlers.on_close = [self](std::uint16_t) { self->on_end(); };
    handlers.on_failed = [self](const Error& error, int status) {
        // No status: the server is away, as it may be.
        if (status != 0) {
            std::fprintf(stderr, "event stream: %d %s\n", status, error.describe().c_str());
        }
        self->on_end();
    };
    return clients.connect(socket_call(login, "/api/v1/stream"), std::move(handlers));
}

void EventClient::cut() {
    const std::scoped_lock lock(mutex_);
    if (socket_) {
        socket_->close(1000, "cut");
    }
}

bool EventClient::is_greeted() const {
    const std::scoped_lock lock(mutex_);
    return is_greeted_;
}

std::int64_t EventClient::position() const {
    const std::scoped_lock lock(mutex_);
    return position_.value_or(-1);
}

std::vector<std::int64_t> EventClient::received() const {
    const std::scoped_lock lock(mutex_);
    return received_;
}

int EventClient::resyncs() const {
    const std::scoped_lock lock(mutex_);
    return resyncs_;
}

void EventClient::on_open(std::shared_ptr<net::WebSocket> socket) {
    const std::scoped_lock lock(mutex_);
    socket_ = std::move(socket);
    const std::string after = position_ ? std::to_string(*position_) : "null";
    socket_->send_text(
        std::make_shared<const std::string>(R"({"type":"hello","after":)" + after + "}")
    );
}

void EventClient::on_text(std::string_view text) {
    if (const auto change = number_behind(text, kIncident)) {
        if (observer_) {
            observer_(*change);
        }
        const std::scoped_lock lock(mutex_);
        position_ = change;
        received_.push_back(*change);
        return;
    }
    const std::scoped_lock lock(mutex_);
    if (const auto change = number_behind(text, kWelcome)) {
        is_greeted_ = true;
        if (!position_) {
            position_ = change;
        }
    } else if (text.starts_with(kResync)) {
        ++resyncs_;
    }
}

void EventClient::on_end() {
    const std::scoped_lock lock(mutex_);
    socket_.reset();
    is_busy_ = false;
    is_greeted_ = false;
}

}  // namespace bongsu::bench
