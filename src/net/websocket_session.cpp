#include "net/websocket_session.hpp"

#include "core/log.hpp"

#include <exception>
#include <random>
#include <utility>

#include <boost/asio/post.hpp>

namespace bongsu::net {
namespace {

constexpr std::size_t kMaxPieces = 64;  // of one system call
constexpr std::size_t kMaxUrgent = 4;

/// The mask keeps proxies from being fooled by what a page makes its browser send; in our own
/// client nothing depends on it being hard to guess.
std::array<std::uint8_t, 4> mask_key() {
    thread_local std::minstd_rand generator{std::random_device{}()};
    const auto bits = static_cast<std::uint32_t>(generator());
    return {
        static_cast<std::uint8_t>(bits),
        static_cast<std::uint8_t>(bits >> 8),
        static_cast<std::uint8_t>(bits >> 16),
        static_cast<std::uint8_t>(bits >> 24),
    };
}

std::string joined(const std::vector<SharedBytes>& pieces) {
    std::string result;
    for (const SharedBytes& piece : pieces) {
        result.append(piece->begin(), piece->end());
    }
    return result;
}

}  // namespace

WebSocketSession::WebSocketSession(
    std::unique_ptr<Wire> wire, IoLoop& loop, WebSocketRules rules, std::shared_ptr<void> ticket
)
    : loop_(loop),
      rules_(rules),
      wire_(std::move(wire)),
      ticket_(std::move(ticket)),
      reader_(!rules.is_client, rules.max_message_bytes),
      outbox_(rules.max_queued_bytes, rules.max_queued_messages),
      last_heard_(loop.now()),
      last_progress_(last_heard_) {}

void WebSocketSession::open(
    std::string head, const std::string& rest, const WebSocketAccept& accept
) {
    const auto self = shared_from_this();
    if (!loop_.add(self)) {
        finish();
        return;
    }
    if (!head.empty()) {
        const std::scoped_lock lock(mutex_);
        outbox_.push_urgent({.head = {}, .own = std::move(head), .text = {}, .pieces = {}});
    }
    guarded([&] { handlers_ = accept(self); });
    if (!is_dead_) {
        feed({reinterpret_cast<const std::uint8_t*>(rest.data()), rest.size()});
    }
    flush();
    read();
}

bool WebSocketSession::send_text(std::shared_ptr<const std::string> text) {
    OutgoingMessage message;
    if (rules_.is_client) {
        message.own = write_masked_frame(WebSocketOpcode::Text, *text, mask_key());
    } else {
        message.head = write_websocket_head(WebSocketOpcode::Text, text->size());
        message.text = std::move(text);
    }
    return send(std::move(message));
}

bool WebSocketSession::send_binary(std::vector<SharedBytes> pieces) {
    OutgoingMessage message;
    if (rules_.is_client) {
        message.own = write_masked_frame(WebSocketOpcode::Binary, joined(pieces), mask_key());
    } else {
        message.pieces = std::move(pieces);
        message.head = write_websocket_head(WebSocketOpcode::Binary, message.size());
    }
    return send(std::move(message));
}

bool WebSocketSession::send(OutgoingMessage message) {
    const std::scoped_lock lock(mutex_);
    if (is_closing_ || is_dead_) {
        return false;
    }
    if (!outbox_.push(std::move(message))) {
        if (rules_.dropped != nullptr) {
            rules_.dropped->add();
        }
        return false;
    }
    wake();
    return true;
}

OutgoingMessage WebSocketSession::control(WebSocketOpcode opcode, std::string_view payload) const {
    OutgoingMessage message;
    if (rules_.is_client) {
        message.own = write_masked_frame(opcode, payload, mask_key());
    } else {
        message.head = write_websocket_head(opcode, payload.size());
        message.own = payload;
    }
    return message;
}

std::size_t WebSocketSession::queued_bytes() const {
    const std::scoped_lock lock(mutex_);
    return outbox_.bytes();
}

void WebSocketSession::close(std::uint16_t code, std::string_view reason) {
    const std::scoped_lock lock(mutex_);
    if (is_closing_ || is_dead_) {
        return;
    }
    is_closing_ = true;
    close_payload_ = write_close_payload(code, reason);
    outbox_.push_last(control(WebSocketOpcode::Close, close_payload_));
    wake();
}

/// With the lock held: the loop is alive as long as the session is not dead.
void WebSocketSession::wake() {
    if (!is_flush_posted_) {
        is_flush_posted_ = true;
        boost::asio::post(loop_.context(), [self = shared_from_this()] {
            {
                const std::scoped_lock lock(self->mutex_);
                self->is_flush_posted_ = false;
            }
            self->flush();
        });
    }
}

void WebSocketSession::flush() {
    if (is_writing_) {
        return;
    }
    {
        const std::scoped_lock lock(mutex_);
        if (is_dead_) {
            return;
        }
        outbox_.gather(gathered_, kMaxPieces);
    }
    if (gathered_.empty()) {
        return;
    }
    buffers_.clear();
    for (const auto& piece : gathered_) {
        buffers_.emplace_back(piece.data(), piece.size());
    }
    is_writing_ = true;
    last_progress_ = loop_.now();
    wire_->write_some(
        buffers_,
        [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
            self->on_written(error, size);
        }
    );
}

void WebSocketSession::on_written(const Wire::Error& error, std::size_t size) {
    is_writing_ = false;
    bool is_drained = false;
    bool is_dead = false;
    {
        const std::scoped_lock lock(mutex_);
        outbox_.consume(size);
        is_drained = outbox_.is_empty();
        is_dead = is_dead_;
    }
    if (is_dead) {
        drop_wire_when_quiet();
    } else if (error) {
        finish();
    } else {
        after_flush(is_drained);
    }
}

void WebSocketSession::after_flush(bool is_drained) {
    bool is_closing = false;
    if (is_drained) {
        const std::scoped_lock lock(mutex_);
        is_closing = is_closing_ && outbox_.is_empty();
    }
    if (!is_closing) {
        if (is_drained && handlers_.on_drained) {
            guarded(handlers_.on_drained);
        }
        flush();
        return;
    }
    if (has_peer_closed_) {  // both said it: the server ends the connection (RFC 6455 7.1.1)
        finish();
    } else if (!close_sent_) {
        close_sent_ = loop_.now();
        if (has_failed_) {  // no frame of the peer can be understood any more (RFC 6455 7.1.7)
            Wire::Error ignored;
            wire_->socket().shutdown(Wire::Socket::shutdown_send, ignored);
        }
    }
}

void WebSocketSession::read() {
    if (is_reading_ || !wire_ || is_dead_) {
        return;
    }
    is_reading_ = true;
    wire_->read_some(
        boost::asio::buffer(input_),
        [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
            self->on_read(error, size);
        }
    );
}

void WebSocketSession::on_read(const Wire::Error& error, std::size_t size) {
    is_reading_ = false;
    if (is_dead_) {
        drop_wire_when_quiet();
        return;
    }
    if (error) {
        finish();
        return;
    }
    last_heard_ = loop_.now();
    last_ping_.reset();
    feed({reinterpret_cast<const std::uint8_t*>(input_.data()), size});
    read();
}

void WebSocketSession::feed(std::span<const std::uint8_t> bytes) {
    const auto violation =
        reader_.feed(bytes, [this](const WebSocketMessage& message) { take(message); });
    if (violation) {
        has_failed_ = true;
        leave(violation->code, violation->text);
    }
}

void WebSocketSession::take(const WebSocketMessage& message) {
    switch (message.opcode) {
        case WebSocketOpcode::Ping:
            pong(message);
            return;
        case WebSocketOpcode::Close:
            take_close(message);
            return;
        case WebSocketOpcode::Text:
        case WebSocketOpcode::Binary:
            take_data(message);
            return;
        default:
            return;  // a pong: that something came is all that counts
    }
}

void WebSocketSession::take_data(const WebSocketMessage& message) {
    {
        const std::scoped_lock lock(mutex_);
        if (is_closing_ || is_dead_) {
            return;
        }
    }
    if (message.opcode == WebSocketOpcode::Text && handlers_.on_text) {
        guarded([&] { handlers_.on_text(message.text()); });
    } else if (message.opcode == WebSocketOpcode::Binary && handlers_.on_binary) {
        guarded([&] { handlers_.on_binary(message.payload); });
    } else {
        leave(close_code::kUnacceptable, "this kind of message is not taken here");
    }
}

void WebSocketSession::take_close(const WebSocketMessage& message) {
    has_peer_closed_ = true;
    closed_with_ = message.close_code;
    bool is_answered = false;
    {
        const std::scoped_lock lock(mutex_);
        is_answered = is_closing_ && outbox_.is_empty();
    }
    if (is_answered && !is_writing_) {
        finish();
        return;
    }
    const bool has_code = message.close_code != close_code::kNoStatus;
    leave(has_code ? message.close_code : close_code::kNormal, "");
}

/// A few answers wait at most: a flood of pings fills nothing.
void WebSocketSession::pong(const WebSocketMessage& ping) {
    const std::scoped_lock lock(mutex_);
    if (!is_closing_ && outbox_.urgent() < kMaxUrgent) {
        outbox_.push_urgent(control(WebSocketOpcode::Pong, ping.text()));
        wake();
    }
}

/// Closes without sending what waits: the peer broke the rules or no longer listens.
void WebSocketSession::leave(std::uint16_t code, std::string_view reason) {
    const std::scoped_lock lock(mutex_);
    if (is_dead_) {
        return;
    }
    const bool was_close_waiting = outbox_.drop_waiting();  // it would have been the last one
    if (!is_closing_) {
        close_payload_ = write_close_payload(code, reason);
    }
    if (!std::exchange(is_closing_, true) || was_close_waiting) {
        outbox_.push_last(control(WebSocketOpcode::Close, close_payload_));
        wake();
    }
}

void WebSocketSession::check(MonoTime now) {
    if (is_writing_ && now - last_progress_ > rules_.write_deadline) {
        cut();
    } else if (close_sent_ && now - *close_sent_ > rules_.close_deadline) {
        cut();
    } else if (now - last_heard_ > 2 * rules_.ping_interval) {
        cut();
    } else if (now - last_heard_ > rules_.ping_interval && !last_ping_) {
        last_ping_ = now;
        const std::scoped_lock lock(mutex_);
        if (is_closing_) {
            return;
        }
        outbox_.push_urgent(control(WebSocketOpcode::Ping, ""));
        wake();
    }
}

void WebSocketSession::stop() {
    close(close_code::kGoingAway, "going away");
}

void WebSocketSession::cut() {
    finish();
}

void WebSocketSession::finish() {
    {
        const std::scoped_lock lock(mutex_);
        if (std::exchange(is_dead_, true)) {
            return;
        }
    }
    const auto self = shared_from_this();
    wire_->close();
    drop_wire_when_quiet();
    const auto handlers =
        std::exchange(handlers_, {});  // they may hold the socket: no ring is left
    if (handlers.on_close) {
        guarded(handlers.on_close);
    }
    ticket_.reset();
    loop_.remove(self);
}

/// Owners may keep the session longer than the loop lives; the socket may not stay that long.
void WebSocketSession::drop_wire_when_quiet() {
    if (!is_reading_ && !is_writing_) {
        wire_.reset();
    }
}

void WebSocketSession::guarded(const std::function<void()>& call) {
    try {
        call();
    } catch (const std::exception& error) {
        log::error("net.websocket_handler_failed", {{"error", error.what()}});
        leave(close_code::kInternal, "internal error");
    }
}

}  // namespace bongsu::net
