#pragma once

#include "net/http.hpp"
#include "net/websocket_frame.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace bongsu::net {

/// One message on its way out: a frame's head, then pieces that many connections may share.
struct OutgoingMessage {
    WebSocketHead head;
    std::string own;                          ///< control frames, and whole frames of clients
    std::shared_ptr<const std::string> text;  ///< may be null
    std::vector<SharedBytes> pieces;

    std::size_t size() const;
};

/// What one WebSocket still has to send. Bounded: refuses the newest. Control frames overtake
/// messages that are not on the wire yet. Not thread-safe: the session locks.
class WebSocketOutbox {
public:
    WebSocketOutbox(std::size_t max_bytes, std::size_t max_messages);

    /// Whether its limits are reached; then push adds nothing and returns false.
    bool is_full() const { return bytes_ >= max_bytes_ || messages_ >= max_messages_; }

    bool push(OutgoingMessage message);

    /// A control frame; whatever the limits say.
    void push_urgent(OutgoingMessage message);

    /// A control frame after everything that is queued now.
    void push_last(OutgoingMessage message);

    /// The next bytes to send, at most `max_pieces` pieces. They stay valid until they are
    /// consumed, whatever is pushed or dropped meanwhile.
    void gather(std::vector<std::span<const std::uint8_t>>& into, std::size_t max_pieces);

    /// That many of the gathered bytes were sent.
    void consume(std::size_t size);

    /// Forgets the messages that are not on the wire yet; whether there was any.
    bool drop_waiting();

    /// Control frames that are not on the wire yet.
    std::size_t urgent() const { return urgent_.size(); }

    std::size_t bytes() const { return bytes_; }

    bool is_empty() const { return messages_ == 0; }

private:
    bool move_one();

    const std::size_t max_bytes_;
    const std::size_t max_messages_;
    std::deque<OutgoingMessage> on_wire_;  ///< gathered, in part sent
    std::deque<OutgoingMessage> urgent_;
    std::deque<OutgoingMessage> waiting_;
    std::size_t sent_ = 0;  ///< bytes of the first message on the wire
    std::size_t bytes_ = 0;
    std::size_t messages_ = 0;
};

}  // namespace bongsu::net
