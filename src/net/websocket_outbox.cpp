#include "net/websocket_outbox.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::net {
namespace {

std::span<const std::uint8_t> bytes_of(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// Adds pieces after leaving out the first `skip` bytes.
class Gatherer {
public:
    Gatherer(std::vector<std::span<const std::uint8_t>>& into, std::size_t max, std::size_t skip)
        : into_(into), max_(max), skip_(skip) {}

    void add(std::span<const std::uint8_t> piece) {
        const std::size_t left_out = std::min(skip_, piece.size());
        skip_ -= left_out;
        piece = piece.subspan(left_out);
        if (!piece.empty() && into_.size() < max_) {
            into_.push_back(piece);
        }
    }

    void add(const OutgoingMessage& message) {
        add(std::span(message.head.bytes).first(message.head.size));
        add(bytes_of(message.own));
        if (message.text) {
            add(bytes_of(*message.text));
        }
        for (const SharedBytes& piece : message.pieces) {
            add(std::span(*piece));
        }
    }

private:
    std::vector<std::span<const std::uint8_t>>& into_;
    std::size_t max_;
    std::size_t skip_;
};

}  // namespace

std::size_t OutgoingMessage::size() const {
    std::size_t sum = head.size + own.size() + (text ? text->size() : 0);
    for (const SharedBytes& piece : pieces) {
        sum += piece->size();
    }
    return sum;
}

WebSocketOutbox::WebSocketOutbox(std::size_t max_bytes, std::size_t max_messages)
    : max_bytes_(max_bytes), max_messages_(max_messages) {}

bool WebSocketOutbox::push(OutgoingMessage message) {
    if (is_full()) {
        return false;
    }
    push_last(std::move(message));
    return true;
}

void WebSocketOutbox::push_last(OutgoingMessage message) {
    bytes_ += message.size();
    ++messages_;
    waiting_.push_back(std::move(message));
}

void WebSocketOutbox::push_urgent(OutgoingMessage message) {
    bytes_ += message.size();
    ++messages_;
    urgent_.push_back(std::move(message));
}

bool WebSocketOutbox::move_one() {
    auto& from = urgent_.empty() ? waiting_ : urgent_;
    if (from.empty()) {
        return false;
    }
    on_wire_.push_back(std::move(from.front()));
    from.pop_front();
    return true;
}

void WebSocketOutbox::gather(
    std::vector<std::span<const std::uint8_t>>& into, std::size_t max_pieces
) {
    constexpr std::size_t kEnough = std::size_t{256} * 1024;
    into.clear();
    Gatherer gatherer(into, max_pieces, sent_);
    for (const OutgoingMessage& message : on_wire_) {
        gatherer.add(message);
    }
    std::size_t size = 0;
    while (into.size() < max_pieces && size < kEnough && move_one()) {
        gatherer.add(on_wire_.back());
        size += on_wire_.back().size();
    }
}

void WebSocketOutbox::consume(std::size_t size) {
    bytes_ -= size;
    sent_ += size;
    while (!on_wire_.empty() && sent_ >= on_wire_.front().size()) {
        sent_ -= on_wire_.front().size();
        on_wire_.pop_front();
        --messages_;
    }
}

bool WebSocketOutbox::drop_waiting() {
    for (const OutgoingMessage& message : waiting_) {
        bytes_ -= message.size();
    }
    messages_ -= waiting_.size();
    return !std::exchange(waiting_, {}).empty();
}

}  // namespace bongsu::net
