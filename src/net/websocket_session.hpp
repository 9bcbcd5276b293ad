#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "net/http.hpp"
#include "net/io_loop.hpp"
#include "net/websocket_frame.hpp"
#include "net/websocket_outbox.hpp"
#include "net/wire.hpp"

#include <array>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::net {

struct WebSocketRules {
    bool is_client = false;
    std::size_t max_message_bytes = std::size_t{64} * 1024;
    std::size_t max_queued_bytes = std::size_t{8} * 1024 * 1024;
    std::size_t max_queued_messages = 2'000;
    Duration ping_interval = std::chrono::seconds{20};   ///< two of them in silence: cut
    Duration write_deadline = std::chrono::seconds{30};  ///< without any progress
    Duration close_deadline = std::chrono::seconds{5};   ///< for the peer's answer to our close
    Counter* dropped = nullptr;                          ///< must outlive the session
};

/// One open WebSocket of either side (RFC 6455). The calls of WebSocket come from any thread,
/// everything else runs on its loop.
class WebSocketSession final : public WebSocket,
                               public LoopMember,
                               public std::enable_shared_from_this<WebSocketSession> {
public:
    /// `ticket` is held as long as the connection is open.
    WebSocketSession(
        std::unique_ptr<Wire> wire, IoLoop& loop, WebSocketRules rules, std::shared_ptr<void> ticket
    );

    /// Begins. `head` is sent before everything else, `rest` was already read. The handlers are
    /// asked for once; what they throw closes the socket with 1011.
    void open(std::string head, const std::string& rest, const WebSocketAccept& accept);

    bool send_text(std::shared_ptr<const std::string> text) override;
    bool send_binary(std::vector<SharedBytes> pieces) override;
    std::size_t queued_bytes() const override;
    void close(std::uint16_t code, std::string_view reason) override;

    void check(MonoTime now) override;
    void stop() override;
    void cut() override;

    /// How it ended: the peer's close frame, or 1006 when it sent none. On the loop, once closed.
    std::uint16_t closed_with() const { return closed_with_; }

private:
    bool send(OutgoingMessage message);
    OutgoingMessage control(WebSocketOpcode opcode, std::string_view payload) const;
    void wake();
    void flush();
    void on_written(const Wire::Error& error, std::size_t size);
    void read();
    void on_read(const Wire::Error& error, std::size_t size);
    void feed(std::span<const std::uint8_t> bytes);
    void take(const WebSocketMessage& message);
    void take_data(const WebSocketMessage& message);
    void take_close(const WebSocketMessage& message);
    void pong(const WebSocketMessage& ping);
    void leave(std::uint16_t code, std::string_view reason);
    void after_flush(bool is_drained);
    void finish();
    void drop_wire_when_quiet();
    void guarded(const std::function<void()>& call);

    IoLoop& loop_;
    const WebSocketRules rules_;
    std::unique_ptr<Wire> wire_;  ///< null once dead
    std::shared_ptr<void> ticket_;
    WebSocketHandlers handlers_;
    WebSocketReader reader_;
    std::array<char, 16 * 1024> input_{};

    mutable std::mutex mutex_;
    WebSocketOutbox outbox_;        ///< guarded by mutex_
    bool is_closing_ = false;       ///< guarded by mutex_; our close frame is queued
    std::string close_payload_;     ///< guarded by mutex_; of our close frame
    bool is_dead_ = false;          ///< guarded by mutex_
    bool is_flush_posted_ = false;  ///< guarded by mutex_

    // On the loop only.
    std::vector<std::span<const std::uint8_t>> gathered_;
    std::vector<boost::asio::const_buffer> buffers_;
    bool is_reading_ = false;
    bool is_writing_ = false;
    bool has_peer_closed_ = false;
    bool has_failed_ = false;  ///< the peer broke the rules
    MonoTime last_heard_;
    MonoTime last_progress_;
    std::optional<MonoTime> last_ping_;
    std::optional<MonoTime> close_sent_;
    std::uint16_t closed_with_ = close_code::kAbnormal;
};

}  // namespace bongsu::net
