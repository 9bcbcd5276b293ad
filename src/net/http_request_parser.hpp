#pragma once

#include "net/http.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace bongsu::net {

/// Why the server answers a request itself.
struct Refusal {
    int status = 400;
    std::string_view reason;  ///< label of the metric
    std::string detail;       ///< for the client
};

/// Turns the bytes of one connection into requests, one after the other. Refuses what two parsers
/// could read in two ways (RFC 9112 6.1, 11.2). Holds at most one head, one body and what one read
/// brought beyond it. Runs on: one thread.
class HttpRequestParser {
public:
    enum class State {
        Idle,     ///< no byte of the next request yet
        Head,     ///< within a head
        Body,     ///< within a body
        Done,     ///< take() the request
        Refused,  ///< for good; see refusal()
    };

    HttpRequestParser(std::size_t max_head_bytes, std::size_t max_body_bytes);
    ~HttpRequestParser();

    /// Takes what the wire brought. Beyond a whole request the bytes are kept for the next one.
    State feed(std::string_view bytes);

    /// After Done: begins the next request with the bytes that are already there.
    State next();

    State state() const { return state_; }

    const Refusal& refusal() const { return refusal_; }

    /// In Body, before its first byte: the client waits for "100 Continue" (RFC 9110 10.1.1).
    bool expects_continue() const;

    /// Whether the connection may serve another request after this one (RFC 9112 9.3).
    bool keeps_alive() const { return keeps_alive_; }

    /// The request, without peer. In Done only.
    HttpRequest take();

    /// Bytes after the request: the first ones of an upgraded connection.
    std::string take_rest();

private:
    struct Wire;

    State advance();
    State advance_head();
    State advance_body();
    State refuse(int status, std::string_view reason, std::string detail);
    State accept_head();
    bool read_fields();
    bool read_target();
    bool check_framing();

    const std::size_t max_head_bytes_;
    const std::size_t max_body_bytes_;
    std::string input_;
    std::size_t searched_ = 0;  ///< bytes of input_ known not to end a head
    State state_ = State::Idle;
    bool keeps_alive_ = false;
    Refusal refusal_;
    HttpRequest request_;
    std::unique_ptr<Wire> wire_;
};

}  // namespace bongsu::net
