#pragma once

#include "core/clock.hpp"
#include "net/http.hpp"
#include "net/http_core.hpp"
#include "net/http_request_parser.hpp"
#include "net/io_loop.hpp"
#include "net/prepared_response.hpp"
#include "net/wire.hpp"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace bongsu::net {

/// What the request pool hands back to a connection.
using ReadyAnswer = std::variant<PreparedResponse, WebSocketAccept>;

/// One HTTP connection of the server: reads a request, waits for its answer, writes it, reads the
/// next one. Requests that a client sends ahead wait in the socket, so answers keep their order.
/// Runs on: its loop, but `deliver`.
class HttpConnection final : public LoopMember,
                             public std::enable_shared_from_this<HttpConnection> {
public:
    HttpConnection(
        std::unique_ptr<Wire> wire,
        IoLoop& loop,
        HttpCore& core,
        std::string peer,
        std::shared_ptr<void> ticket
    );

    void start();

    /// The answer to the request that is being handled. Thread-safe.
    void deliver(ReadyAnswer answer);

    /// The file's next piece, or why there is none: then the connection is cut, because the head
    /// has already promised its length. Thread-safe.
    void deliver_piece(PreparedResponse response, Result<std::string> piece);

    void check(MonoTime now) override;
    void stop() override;
    void cut() override;

private:
    enum class Phase { Handshake, Idle, Head, Body, Handling, Writing, Lingering, Closed };

    void enter(Phase phase, Duration deadline);
    void shake_hands();
    void read();
    void on_read(const Wire::Error& error, std::size_t size);
    void proceed(HttpRequestParser::State state);
    void read_body();
    void dispatch();
    void refuse(const Refusal& refusal, bool keeps_alive = false);
    void answer(ReadyAnswer answer);
    void upgrade(const WebSocketAccept& accept);
    void send(PreparedResponse response);
    void write_more();
    void on_written(const Wire::Error& error, std::size_t size);
    void end_response();
    void linger();
    void drain();
    void finish();

    std::unique_ptr<Wire> wire_;
    IoLoop& loop_;
    HttpCore& core_;
    const std::string peer_;
    std::shared_ptr<void> ticket_;
    HttpRequestParser parser_;
    std::array<char, 16 * 1024> input_{};
    Phase phase_ = Phase::Handshake;
    MonoTime deadline_ = MonoTime::max();
    bool is_stopping_ = false;
    std::string websocket_key_;  ///< of the request that is being handled, else empty
    std::optional<PreparedResponse> response_;
    std::string piece_;  ///< of a file
    std::vector<boost::asio::const_buffer> unsent_;
    std::size_t drained_ = 0;
};

}  // namespace bongsu::net
