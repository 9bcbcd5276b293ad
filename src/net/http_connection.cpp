#include "net/http_connection.hpp"

#include "net/problem.hpp"
#include "net/request_job.hpp"
#include "net/websocket_handshake.hpp"
#include "net/websocket_session.hpp"

#include <utility>

#include <boost/asio/post.hpp>

namespace bongsu::net {
namespace {

constexpr Duration kLingerDeadline = std::chrono::seconds{2};
constexpr std::size_t kMaxDrained = std::size_t{1} << 20;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

WebSocketRules rules_of(HttpCore& core) {
    const HttpServerOptions& options = core.options;
    return {
        .is_client = false,
        .max_message_bytes = options.max_websocket_message_bytes,
        .max_queued_bytes = options.max_websocket_queued_bytes,
        .max_queued_messages = options.max_websocket_queued_messages,
        .ping_interval = options.ping_interval,
        .write_deadline = options.write_deadline,
        .dropped = &core.dropped_messages,
    };
}

/// Counts an open WebSocket beside the connection that carries it.
std::shared_ptr<void> websocket_ticket(HttpCore& core, std::shared_ptr<void> connection) {
    core.websockets.add(1);
    return {&core, [connection = std::move(connection)](HttpCore* shared) {
                shared->websockets.add(-1);
            }};
}

}  // namespace

HttpConnection::HttpConnection(
    std::unique_ptr<Wire> wire,
    IoLoop& loop,
    HttpCore& core,
    std::string peer,
    std::shared_ptr<void> ticket
)
    : wire_(std::move(wire)),
      loop_(loop),
      core_(core),
      peer_(std::move(peer)),
      ticket_(std::move(ticket)),
      parser_(core.options.max_head_bytes, core.options.max_body_bytes) {}

void HttpConnection::start() {
    if (!loop_.add(shared_from_this())) {
        finish();
    } else if (wire_->is_tls()) {
        shake_hands();
    } else {
        enter(Phase::Idle, core_.options.head_deadline);
        read();
    }
}

void HttpConnection::enter(Phase phase, Duration deadline) {
    phase_ = phase;
    deadline_ = loop_.now() + deadline;
}

void HttpConnection::shake_hands() {
    enter(Phase::Handshake, core_.options.head_deadline);
    wire_->tls().async_handshake(
        Wire::TlsSocket::server,
        [self = shared_from_this()](const Wire::Error& error) {
            if (self->phase_ != Phase::Handshake) {
                return;
            }
            if (error) {
                self->core_.count_refusal("tls");
                self->finish();
            } else {
                self->enter(Phase::Idle, self->core_.options.head_deadline);
                self->read();
            }
        }
    );
}

void HttpConnection::read() {
    wire_->read_some(
        boost::asio::buffer(input_),
        [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
            self->on_read(error, size);
        }
    );
}

void HttpConnection::on_read(const Wire::Error& error, std::size_t size) {
    if (phase_ != Phase::Idle && phase_ != Phase::Head && phase_ != Phase::Body) {
        return;  // a deadline or stop has come between
    }
    if (error) {
        finish();
        return;
    }
    proceed(parser_.feed({input_.data(), size}));
}

void HttpConnection::proceed(HttpRequestParser::State state) {
    switch (state) {
        case HttpRequestParser::State::Idle:
            read();
            return;
        case HttpRequestParser::State::Head:
            if (phase_ != Phase::Head) {
                enter(Phase::Head, core_.options.head_deadline);
            }
            read();
            return;
        case HttpRequestParser::State::Body:
            read_body();
            return;
        case HttpRequestParser::State::Done:
            dispatch();
            return;
        case HttpRequestParser::State::Refused:
            refuse(parser_.refusal());
            return;
    }
}

void HttpConnection::read_body() {
    if (phase_ == Phase::Body) {
        read();
        return;
    }
    enter(Phase::Body, core_.options.body_deadline);
    if (!parser_.expects_continue()) {
        read();
        return;
    }
    unsent_ = {boost::asio::buffer(kContinue)};  // fits into any socket's buffer: sent in one piece
    wire_->write_some(
        unsent_,
        [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
            if (self->phase_ != Phase::Body) {
                return;
            }
            if (error || size != kContinue.size()) {
                self->finish();
            } else {
                self->read();
            }
        }
    );
}

void HttpConnection::dispatch() {
    const bool keeps_alive = parser_.keeps_alive() && !is_stopping_;
    HttpRequest request = parser_.take();
    core_.origin.apply(request, peer_, wire_->is_tls());
    websocket_key_.clear();
    if (wants_websocket(request)) {
        if (const auto refusal = check_websocket_request(request)) {
            refuse(*refusal);
            return;
        }
        websocket_key_ = *request.header("sec-websocket-key");
    }
    if (core_.waiting_requests >= core_.options.max_waiting_requests) {
        refuse({503, "overload", "too many requests wait; try again"}, keeps_alive);
        return;
    }
    phase_ = Phase::Handling;
    deadline_ = MonoTime::max();  // handlers answer for their own time
    core_.requests.schedule(
        std::make_shared<RequestJob>(shared_from_this(), core_, std::move(request), keeps_alive)
    );
}

void HttpConnection::refuse(const Refusal& refusal, bool keeps_alive) {
    core_.count_refusal(refusal.reason);
    HttpResponse problem = make_problem(refusal.status, refusal.detail);
    if (refusal.status == 503) {
        problem.headers.emplace_back("Retry-After", "1");
    }
    if (refusal.status == 426) {
        problem.headers.emplace_back("Sec-WebSocket-Version", "13");
    }
    ResponseContext context;
    context.keeps_alive = keeps_alive;
    send(prepare_response(std::move(problem), context));
}

void HttpConnection::deliver(ReadyAnswer answer) {
    boost::asio::post(
        loop_.context(),
        [self = shared_from_this(), answer = std::move(answer)]() mutable {
            if (self->phase_ == Phase::Handling) {
                self->answer(std::move(answer));
            }
        }
    );
}

void HttpConnection::answer(ReadyAnswer answer) {
    if (auto* accept = std::get_if<WebSocketAccept>(&answer)) {
        upgrade(*accept);
    } else {
        send(std::move(std::get<PreparedResponse>(answer)));
    }
}

void HttpConnection::upgrade(const WebSocketAccept& accept) {
    phase_ = Phase::Closed;
    const auto session = std::make_shared<WebSocketSession>(
        std::move(wire_), loop_, rules_of(core_), websocket_ticket(core_, std::move(ticket_))
    );
    session->open(write_upgrade_head(websocket_key_), parser_.take_rest(), accept);
    loop_.remove(shared_from_this());
}

void HttpConnection::send(PreparedResponse response) {
    response_.emplace(std::move(response));
    unsent_.clear();
    for (const std::string* part : {&response_->head, &response_->body}) {
        if (!part->empty()) {
            unsent_.push_back(boost::asio::buffer(*part));
        }
    }
    write_more();
}

void HttpConnection::write_more() {
    enter(Phase::Writing, core_.options.write_deadline);
    wire_->write_some(
        unsent_,
        [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
            self->on_written(error, size);
        }
    );
}

void HttpConnection::on_written(const Wire::Error& error, std::size_t size) {
    if (phase_ != Phase::Writing) {
        return;
    }
    if (error) {
        finish();
        return;
    }
    while (!unsent_.empty() && size >= unsent_.front().size()) {
        size -= unsent_.front().size();
        unsent_.erase(unsent_.begin());
    }
    if (!unsent_.empty()) {
        unsent_.front() += size;
        write_more();
    } else if (response_->file && response_->file->left() > 0) {
        deadline_ = MonoTime::max();  // the disk's time is not the client's
        core_.files.schedule(std::make_shared<FileJob>(shared_from_this(), std::move(*response_)));
    } else {
        end_response();
    }
}

void HttpConnection::deliver_piece(PreparedResponse response, Result<std::string> piece) {
    boost::asio::post(
        loop_.context(),
        [self = shared_from_this(), response = std::move(response), piece = std::move(piece)](
        ) mutable {
            if (self->phase_ != Phase::Writing) {
                return;
            }
            if (!piece) {
                self->finish();
                return;
            }
            self->response_.emplace(std::move(response));
            self->piece_ = std::move(*piece);
            self->unsent_ = {boost::asio::buffer(self->piece_)};
            self->write_more();
        }
    );
}

void HttpConnection::end_response() {
    const bool keeps_alive = response_->keeps_alive && !is_stopping_;
    response_.reset();  // removes a file that is no longer needed before the client goes on
    piece_ = {};
    if (!keeps_alive) {
        linger();
        return;
    }
    enter(Phase::Idle, core_.options.idle_deadline);
    proceed(parser_.next());
}

/// Closing with unread bytes would reset the connection, and the client could lose the answer
/// (RFC 9112 9.6).
void HttpConnection::linger() {
    enter(Phase::Lingering, kLingerDeadline);
    const bool has_unread = parser_.state() == HttpRequestParser::State::Refused;
    if (wire_->is_tls() && !has_unread) {
        wire_->tls().async_shutdown([self = shared_from_this()](const Wire::Error&) {
            self->finish();
        });
        return;
    }
    Wire::Error ignored;
    wire_->socket().shutdown(Wire::Socket::shutdown_send, ignored);
    drain();
}

void HttpConnection::drain() {
    wire_->read_some(
        boost::asio::buffer(input_),
        [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
            self->drained_ += size;
            if (error || self->drained_ > kMaxDrained) {
                self->finish();
            } else if (self->phase_ == Phase::Lingering) {
                self->drain();
            }
        }
    );
}

void HttpConnection::check(MonoTime now) {
    if (now < deadline_) {
        return;
    }
    if (phase_ == Phase::Head || phase_ == Phase::Body) {
        if (!wire_->is_tls()) {  // there the read may stay until the connection is closed
            Wire::Error ignored;
            wire_->socket().cancel(ignored);
        }
        refuse({408, "slow_request", "the request did not arrive in time"});
        return;
    }
    if (phase_ == Phase::Writing || phase_ == Phase::Handshake) {
        core_.count_refusal(phase_ == Phase::Writing ? "slow_reader" : "tls");
    }
    finish();
}

void HttpConnection::stop() {
    is_stopping_ = true;
    if (phase_ != Phase::Handling && phase_ != Phase::Writing) {
        finish();
    }
}

void HttpConnection::cut() {
    finish();
}

void HttpConnection::finish() {
    if (std::exchange(phase_, Phase::Closed) == Phase::Closed) {
        return;
    }
    const auto self = shared_from_this();
    wire_->close();
    ticket_.reset();
    loop_.remove(self);
}

}  // namespace bongsu::net
