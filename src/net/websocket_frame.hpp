#pragma once

#include "net/utf8.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::net {

/// RFC 6455 5.2.
enum class WebSocketOpcode : std::uint8_t {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
};

/// RFC 6455 7.4.1.
namespace close_code {
constexpr std::uint16_t kNormal = 1000;
constexpr std::uint16_t kGoingAway = 1001;
constexpr std::uint16_t kProtocolError = 1002;
constexpr std::uint16_t kUnacceptable = 1003;
constexpr std::uint16_t kNoStatus = 1005;  ///< never on the wire
constexpr std::uint16_t kAbnormal = 1006;  ///< never on the wire
constexpr std::uint16_t kBadText = 1007;
constexpr std::uint16_t kTooLarge = 1009;
constexpr std::uint16_t kInternal = 1011;
}  // namespace close_code

/// The head of a frame with a whole message, without a mask.
struct WebSocketHead {
    std::array<std::uint8_t, 10> bytes{};
    std::size_t size = 0;
};

WebSocketHead write_websocket_head(WebSocketOpcode opcode, std::uint64_t payload);

/// A whole frame of a client: masked with `key` (RFC 6455 5.3).
std::string write_masked_frame(
    WebSocketOpcode opcode, std::string_view payload, std::array<std::uint8_t, 4> key
);

/// The payload of a close frame; the reason is cut to 123 bytes at a character's boundary.
std::string write_close_payload(std::uint16_t code, std::string_view reason);

/// Whether a peer may send this code in a close frame.
bool is_close_code(std::uint16_t code);

/// A message or control frame; the payload is valid during the call only.
struct WebSocketMessage {
    WebSocketOpcode opcode;
    std::span<const std::uint8_t> payload;
    std::uint16_t close_code = 0;  ///< of Close; kNoStatus when the peer gave none

    std::string_view text() const {
        return {reinterpret_cast<const char*>(payload.data()), payload.size()};
    }
};

/// Why a connection must be closed.
struct WebSocketViolation {
    std::uint16_t code;
    std::string_view text;
};

/// Turns the bytes of one direction into messages: joins fragments, takes masks off, checks text to
/// be UTF-8 as it arrives. Memory grows with what has arrived, never with what a head announces.
/// Runs on: one thread.
class WebSocketReader {
public:
    /// `is_masked`: what the peer's frames must be; true on servers.
    WebSocketReader(bool is_masked, std::size_t max_message_bytes);

    using Sink = std::function<void(const WebSocketMessage&)>;

    /// Calls `sink` for every message that is complete. After a violation or a Close nothing more
    /// is read.
    std::optional<WebSocketViolation> feed(std::span<const std::uint8_t> bytes, const Sink& sink);

private:
    using Violation = std::optional<WebSocketViolation>;

    std::size_t head_size() const;
    Violation begin_frame();
    Violation begin_data_frame();
    Violation take_payload(std::span<const std::uint8_t> bytes);
    Violation end_frame(const Sink& sink);
    Violation end_close(const Sink& sink);

    bool is_control() const { return (static_cast<std::uint8_t>(opcode_) & 8U) != 0; }

    const bool is_masked_;
    const std::size_t max_message_bytes_;
    std::array<std::uint8_t, 14> head_{};
    std::size_t head_filled_ = 0;
    bool is_in_payload_ = false;
    bool is_over_ = false;
    bool is_final_ = false;
    WebSocketOpcode opcode_ = WebSocketOpcode::Continuation;
    std::uint64_t left_ = 0;  ///< bytes of payload still to come
    std::array<std::uint8_t, 4> key_{};
    std::size_t key_at_ = 0;
    std::optional<WebSocketOpcode> message_opcode_;  ///< of the message being joined
    std::vector<std::uint8_t> message_;
    std::vector<std::uint8_t> control_;
    Utf8Validator utf8_;
};

}  // namespace bongsu::net
