// links: net core
#include "net/utf8.hpp"
#include "net/websocket_frame.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>

using namespace bongsu;

namespace {

constexpr std::size_t kMaxMessage = 4'096;

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

void check(const net::WebSocketMessage& message) {
    require(message.payload.size() <= kMaxMessage);
    const bool is_control = message.opcode >= net::WebSocketOpcode::Close;
    require(!is_control || message.payload.size() <= 125);
    if (message.opcode == net::WebSocketOpcode::Text ||
        message.opcode == net::WebSocketOpcode::Close) {
        require(net::is_utf8(message.text()));
    }
    require(message.opcode != net::WebSocketOpcode::Continuation);
}

}  // namespace

/// The first byte says which side reads and how the stream is cut into pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    net::WebSocketReader reader((data[0] & 0x80U) != 0, kMaxMessage);
    const std::size_t piece = (data[0] & 0x7FU) + std::size_t{1};
    std::span<const std::uint8_t> rest(data + 1, size - 1);
    bool is_over = false;
    while (!rest.empty()) {
        const auto part = rest.first(std::min(piece, rest.size()));
        const auto violation = reader.feed(part, [&](const net::WebSocketMessage& message) {
            require(!is_over);
            check(message);
            is_over = message.opcode == net::WebSocketOpcode::Close;
        });
        require(!violation || !is_over);
        is_over = is_over || violation.has_value();
        rest = rest.subspan(part.size());
    }
    return 0;
}
