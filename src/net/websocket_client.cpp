#include "net/websocket_client.hpp"

#include "net/client_request.hpp"
#include "net/dialler.hpp"
#include "net/http_url.hpp"
#include "net/io_loop.hpp"
#include "net/tls_context.hpp"
#include "net/websocket_handshake.hpp"
#include "net/websocket_session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace bongsu::net {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;

constexpr Duration kTick = std::chrono::milliseconds{100};
constexpr Duration kStopGrace = std::chrono::seconds{1};
constexpr std::size_t kMaxHead = std::size_t{16} * 1024;
constexpr std::size_t kMaxQueued = std::size_t{64} * 1024 * 1024;

ErrorKind kind_of(int status) {
    if (status == 401 || status == 403) {
        return ErrorKind::PermissionDenied;
    }
    return status == 404 ? ErrorKind::NotFound : ErrorKind::Unavailable;
}

/// What an opening socket was asked to do.
struct Opening {
    WebSocketCall call;
    WebSocketClientHandlers handlers;
    HttpUrl url;
    std::string key;
    std::string head;
    asio::ssl::context* tls = nullptr;
};

/// A client's connection until it is a WebSocket. Runs on: the clients' loop.
class OpeningSocket final : public LoopMember, public std::enable_shared_from_this<OpeningSocket> {
public:
    OpeningSocket(IoLoop& loop, Opening opening)
        : loop_(loop),
          opening_(std::move(opening)),
          dialler_(std::make_shared<Dialler>(loop.context(), opening_.url, opening_.tls)),
          deadline_(loop.now() + opening_.call.open_deadline) {}

    void start() {
        if (!loop_.add(shared_from_this())) {
            fail_with(ErrorKind::Cancelled, "the client is stopping", 0);
            return;
        }
        dialler_->dial([self = shared_from_this(
                        )](const Wire::Error& error, std::unique_ptr<Wire> wire) {
            if (self->is_over_) {
                return;
            }
            self->wire_ = std::move(wire);
            if (error) {
                self->fail_with(ErrorKind::Unavailable, error.message(), 0);
            } else {
                self->ask();
            }
        });
    }

    void check(MonoTime now) override {
        if (now >= deadline_) {
            fail_with(ErrorKind::Timeout, "no answer in time", 0);
        }
    }

    void stop() override { fail_with(ErrorKind::Cancelled, "the client is stopping", 0); }

    void cut() override { stop(); }

private:
    void ask() {
        unsent_ = asio::buffer(opening_.head);
        wire_->write_some(
            std::span(&unsent_, 1),
            [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
                if (self->is_over_) {
                    return;
                }
                if (error || size < self->unsent_.size()) {
                    self->fail_with(ErrorKind::Unavailable, "the request was not sent", 0);
                } else {
                    self->read();
                }
            }
        );
    }

    void read() {
        wire_->read_some(
            asio::buffer(piece_),
            [self = shared_from_this()](const Wire::Error& error, std::size_t size) {
                if (self->is_over_) {
                    return;
                }
                if (error) {
                    self->fail_with(ErrorKind::Unavailable, error.message(), 0);
                    return;
                }
                self->input_.append(self->piece_.data(), size);
                self->parse();
            }
        );
    }

    void parse() {
        constexpr std::string_view kEnd = "\r\n\r\n";
        const auto end = input_.find(kEnd);
        if (end == std::string::npos && input_.size() < kMaxHead) {
            read();
            return;
        }
        http::response_parser<http::empty_body> parser;
        parser.header_limit(kMaxHead);
        Wire::Error error;
        const std::size_t size = std::min(end, input_.size() - kEnd.size()) + kEnd.size();
        parser.put(asio::buffer(input_.data(), size), error);
        if (error || !parser.is_header_done()) {
            fail_with(ErrorKind::Corrupt, "the answer is no HTTP", 0);
            return;
        }
        const int status = static_cast<int>(parser.get().result_int());
        if (status != 101) {
            fail_with(kind_of(status), "the answer is " + std::to_string(status), status);
        } else if (parser.get()["Sec-WebSocket-Accept"] != websocket_accept(opening_.key)) {
            fail_with(ErrorKind::Corrupt, "the server does not speak WebSocket", status);
        } else {
            open(input_.substr(size));
        }
    }

    void open(const std::string& rest) {
        is_over_ = true;
        const WebSocketRules rules{
            .is_client = true,
            .max_message_bytes = opening_.call.max_message_bytes,
            .max_queued_bytes = kMaxQueued,
            .ping_interval = opening_.call.ping_interval,
        };
        const auto session =
            std::make_shared<WebSocketSession>(std::move(wire_), loop_, rules, nullptr);
        const std::weak_ptr<WebSocketSession> weak = session;
        session
            ->open("", rest, [weak, handlers = std::move(opening_.handlers)](const auto& socket) {
                return begin(weak, handlers, socket);
            });
        loop_.remove(shared_from_this());
    }

    static WebSocketHandlers begin(
        const std::weak_ptr<WebSocketSession>& weak,
        const WebSocketClientHandlers& handlers,
        const std::shared_ptr<WebSocket>& socket
    ) {
        if (handlers.on_open) {
            handlers.on_open(socket);
        }
        WebSocketHandlers result;
        result.on_text = handlers.on_text ? handlers.on_text : [](std::string_view) {};
        result.on_binary =
            handlers.on_binary ? handlers.on_binary : [](std::span<const std::uint8_t>) {};
        result.on_close = [weak, on_close = handlers.on_close] {
            const auto session = weak.lock();
            if (on_close && session) {
                on_close(session->closed_with());
            }
        };
        return result;
    }

    void fail_with(ErrorKind kind, std::string_view what, int status) {
        if (std::exchange(is_over_, true)) {
            return;
        }
        const auto self = shared_from_this();
        dialler_->cancel();
        if (wire_) {
            wire_->close();
        }
        if (opening_.handlers.on_failed) {
            const std::string where = "WebSocket " + opening_.url.authority() + opening_.url.target;
            opening_.handlers.on_failed({kind, where + ": " + std::string(what), nullptr}, status);
        }
        opening_.handlers = {};
        loop_.remove(self);
    }

    IoLoop& loop_;
    Opening opening_;
    std::shared_ptr<Dialler> dialler_;
    MonoTime deadline_;
    bool is_over_ = false;
    std::unique_ptr<Wire> wire_;
    asio::const_buffer unsent_;
    std::array<char, 4 * 1024> piece_{};
    std::string input_;
};

}  // namespace

struct WebSocketClients::Impl {
    TlsContext trusting;  ///< of calls that do not verify
    TlsContext verifying;
    IoLoop loop{"ws-client", kTick};
    bool is_running = true;
};

WebSocketClients::WebSocketClients() : impl_(std::make_unique<Impl>()) {
    impl_->trusting = make_client_tls(false).value_or(nullptr);
    impl_->verifying = make_client_tls(true).value_or(nullptr);
    impl_->loop.start();
}

WebSocketClients::~WebSocketClients() {
    stop();
}

Status WebSocketClients::connect(const WebSocketCall& call, WebSocketClientHandlers handlers) {
    Opening opening{.call = call, .handlers = std::move(handlers)};
    BONGSU_ASSIGN(opening.url, parse_http_url(call.url));
    opening.key = make_websocket_key();
    const HttpFields own{
        {"Upgrade", "websocket"},
        {"Connection", "Upgrade"},
        {"Sec-WebSocket-Version", "13"},
        {"Sec-WebSocket-Key", opening.key},
    };
    BONGSU_ASSIGN(opening.head, write_request_head("GET", opening.url, call.headers, own));
    opening.tls = (call.verifies_certificate ? impl_->verifying : impl_->trusting).get();
    if (opening.url.is_tls && opening.tls == nullptr) {
        return fail(ErrorKind::Unavailable, "TLS cannot be used: no certificates on this system");
    }
    const auto socket = std::make_shared<OpeningSocket>(impl_->loop, std::move(opening));
    asio::post(impl_->loop.context(), [socket] { socket->start(); });
    return {};
}

void WebSocketClients::stop() {
    if (std::exchange(impl_->is_running, false)) {
        impl_->loop.begin_stop();
        impl_->loop.join(kStopGrace);
    }
}

}  // namespace bongsu::net
