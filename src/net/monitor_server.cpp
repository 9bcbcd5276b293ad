#include "net/monitor_server.hpp"

#include "exec/thread_name.hpp"
#include "net/listen.hpp"

#include <atomic>
#include <exception>
#include <optional>
#include <string_view>
#include <thread>
#include <unordered_set>
#include <utility>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

namespace bongsu::net {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::uint32_t kMaxHead = 8 * 1024;
constexpr std::size_t kReadBuffer = std::size_t{16} * 1024;
constexpr auto kAcceptPause = std::chrono::milliseconds{200};

using Request = http::request<http::empty_body>;
using Response = http::response<http::string_body>;

Response respond(const Request& request, http::status status, std::string body) {
    Response response{status, request.version()};
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    response.set(http::field::cache_control, "no-store");
    response.keep_alive(request.keep_alive());
    response.body() = std::move(body);
    response.prepare_payload();
    return response;
}

Response respond_health(const Request& request, const std::function<Health()>& ask) {
    const Health health = ask ? ask() : Health{};
    std::string body = health.is_good ? "ok\n" : "not ok\n";
    if (!health.detail.empty()) {
        body += health.detail + "\n";
    }
    const auto status = health.is_good ? http::status::ok : http::status::service_unavailable;
    return respond(request, status, std::move(body));
}

Response route(const Request& request, const MonitorHandlers& handlers) {
    const std::string_view target{request.target().data(), request.target().size()};
    const std::string_view path = target.substr(0, target.find('?'));
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
        Response response = respond(request, http::status::method_not_allowed, "use GET\n");
        response.set(http::field::allow, "GET, HEAD");
        return response;
    }
    if (path == "/metrics") {
        Response response =
            respond(request, http::status::ok, handlers.metrics ? handlers.metrics() : "");
        response.set(http::field::content_type, "text/plain; version=0.0.4; charset=utf-8");
        return response;
    }
    if (path == "/health/live") {
        return respond_health(request, handlers.live);
    }
    if (path == "/health/ready") {
        return respond_health(request, handlers.ready);
    }
    return respond(
        request, http::status::not_found, "there are /metrics, /health/live and /health/ready\n"
    );
}

/// Handlers belong to other parts of the program: what they throw must not end the monitor.
Response answer(const Request& request, const MonitorHandlers& handlers) {
    try {
        Response response = route(request, handlers);
        if (request.method() == http::verb::head) {
            response.body().clear();  // Content-Length stays that of GET (RFC 9110 9.3.2)
        }
        return response;
    } catch (const std::exception& error) {
        return respond(
            request, http::status::internal_server_error, std::string(error.what()) + "\n"
        );
    }
}

class Session;

/// The open connections, so that they can be counted and closed.
using Sessions = std::unordered_set<std::shared_ptr<Session>>;

/// One HTTP connection. Runs on: the monitor's thread.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(
        tcp::socket socket, const MonitorHandlers& handlers, Duration deadline, Sessions& sessions
    )
        : stream_(std::move(socket)),
          handlers_(handlers),
          deadline_(deadline),
          sessions_(sessions) {}

    void read() {
        parser_.emplace();
        parser_->header_limit(kMaxHead);
        parser_->body_limit(0);
        stream_.expires_after(deadline_);
        http::async_read(
            stream_,
            buffer_,
            *parser_,
            [self = shared_from_this()](error_code error, std::size_t) { self->take(error); }
        );
    }

    void close() {
        error_code ignored;
        stream_.socket().close(ignored);
    }

private:
    void take(const error_code& error) {
        if (error == http::error::header_limit) {
            refuse(http::status::request_header_fields_too_large);
        } else if (error == http::error::body_limit) {
            refuse(http::status::payload_too_large);
        } else if (error && error.category() == http::make_error_code(http::error{}).category() &&
                   error != http::error::end_of_stream && error != http::error::partial_message) {
            refuse(http::status::bad_request);
        } else if (error) {
            finish();
        } else {
            write(answer(parser_->get(), handlers_));
        }
    }

    void refuse(http::status status) {
        Request request;
        request.version(11);
        request.keep_alive(false);
        write(respond(request, status, ""));
    }

    void write(Response response) {
        response_ = std::move(response);
        stream_.expires_after(deadline_);
        const auto done = [self = shared_from_this()](error_code error, std::size_t) {
            if (error || !self->response_.keep_alive()) {
                self->finish();
            } else {
                self->read();
            }
        };
        if (parser_->is_header_done() && parser_->get().method() == http::verb::head) {
            serializer_.emplace(response_);
            http::async_write_header(stream_, *serializer_, done);
        } else {
            http::async_write(stream_, response_, done);
        }
    }

    void finish() {
        error_code ignored;
        stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
        close();
        sessions_.erase(shared_from_this());
    }

    beast::tcp_stream stream_;
    const MonitorHandlers& handlers_;
    Duration deadline_;
    Sessions& sessions_;
    beast::flat_buffer buffer_{kReadBuffer};
    std::optional<http::request_parser<http::empty_body>> parser_;
    Response response_;
    std::optional<http::response_serializer<http::string_body>> serializer_;
};

}  // namespace

struct MonitorServer::Impl {
    Impl(MonitorOptions o, MonitorHandlers h) : options(std::move(o)), handlers(std::move(h)) {}

    Status listen();
    void accept();
    void accept_later();
    void close_all();

    MonitorOptions options;
    MonitorHandlers handlers;
    asio::io_context io{1};
    tcp::acceptor acceptor{io};
    asio::steady_timer accept_timer{io};
    Sessions sessions;
    std::atomic<std::uint16_t> own_port{0};
    std::thread thread;
};

Status MonitorServer::Impl::listen() {
    BONGSU_ASSIGN(own_port, net::listen(acceptor, {options.bind, options.port, "the monitor"}));
    return {};
}

void MonitorServer::Impl::accept() {
    acceptor.async_accept([this](const error_code& error, tcp::socket socket) {
        if (error == asio::error::operation_aborted || !acceptor.is_open()) {
            return;
        }
        if (error) {
            accept_later();
            return;
        }
        if (sessions.size() < static_cast<std::size_t>(options.max_connections)) {
            auto session =
                std::make_shared<Session>(std::move(socket), handlers, options.deadline, sessions);
            sessions.insert(session);
            session->read();
        }
        accept();
    });
}

/// Out of file descriptors or memory: trying again at once would only burn the processor.
void MonitorServer::Impl::accept_later() {
    accept_timer.expires_after(kAcceptPause);
    accept_timer.async_wait([this](const error_code& cancelled) {
        if (!cancelled && acceptor.is_open()) {
            accept();
        }
    });
}

void MonitorServer::Impl::close_all() {
    error_code ignored;
    acceptor.close(ignored);
    accept_timer.cancel();
    for (const auto& session : sessions) {
        session->close();
    }
}

MonitorServer::MonitorServer(MonitorOptions options, MonitorHandlers handlers)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handlers))) {}

MonitorServer::~MonitorServer() {
    stop();
}

Status MonitorServer::start() {
    BONGSU_TRY(impl_->listen());
    impl_->accept();
    impl_->thread = std::thread([this] {
        exec::set_thread_name("monitor");
        impl_->io.run();  // ends when nothing is left to wait for, after close_all
    });
    return {};
}

void MonitorServer::stop() {
    if (!impl_->thread.joinable()) {
        return;
    }
    asio::post(impl_->io, [this] { impl_->close_all(); });
    impl_->thread.join();
}

std::uint16_t MonitorServer::port() const {
    return impl_->own_port;
}

}  // namespace bongsu::net
