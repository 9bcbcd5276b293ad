#include "net/http_server.hpp"

#include "net/http_connection.hpp"
#include "net/http_core.hpp"
#include "net/io_loop.hpp"
#include "net/listen.hpp"
#include "net/problem.hpp"
#include "net/response_head.hpp"
#include "net/tls_context.hpp"
#include "net/wire.hpp"

#include <algorithm>
#include <atomic>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

namespace bongsu::net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr auto kAcceptPause = std::chrono::milliseconds{200};
constexpr Duration kStopGrace = std::chrono::seconds{2};

/// Deadlines are looked at often enough to be exact to a quarter.
Duration tick_of(const HttpServerOptions& options) {
    const Duration shortest = std::min(
        {options.head_deadline,
         options.body_deadline,
         options.write_deadline,
         options.idle_deadline,
         options.ping_interval}
    );
    return std::clamp<Duration>(
        shortest / 4, std::chrono::milliseconds{10}, std::chrono::milliseconds{250}
    );
}

}  // namespace

struct HttpServer::Impl {
    Impl(HttpServerOptions options, HttpHandler handler, Metrics& metrics);

    void accept();
    void accept_later();
    void adopt(tcp::socket socket, IoLoop& loop);
    void turn_away(tcp::socket& socket);

    HttpCore core;
    TlsContext tls;
    std::vector<std::unique_ptr<IoLoop>> loops;
    std::optional<tcp::acceptor> acceptor;
    std::optional<asio::steady_timer> accept_timer;
    std::size_t next_loop = 0;
    std::atomic<std::uint16_t> own_port{0};
    bool is_running = false;
};

HttpServer::Impl::Impl(HttpServerOptions options, HttpHandler handler, Metrics& metrics)
    : core(std::move(options), std::move(handler), metrics) {}

void HttpServer::Impl::accept() {
    IoLoop& loop = *loops[next_loop++ % loops.size()];
    acceptor->async_accept(
        loop.context(),
        [this, &loop](const error_code& error, tcp::socket socket) {
            if (!acceptor->is_open()) {
                return;
            }
            if (error) {
                accept_later();
                return;
            }
            adopt(std::move(socket), loop);
            accept();
        }
    );
}

/// Out of file descriptors or memory: trying again at once would only burn the processor.
void HttpServer::Impl::accept_later() {
    accept_timer->expires_after(kAcceptPause);
    accept_timer->async_wait([this](const error_code& cancelled) {
        if (!cancelled && acceptor->is_open()) {
            accept();
        }
    });
}

void HttpServer::Impl::adopt(tcp::socket socket, IoLoop& loop) {
    error_code code;
    const auto endpoint = socket.remote_endpoint(code);
    if (code) {
        return;  // gone again
    }
    const std::string peer = usual_address(endpoint.address().to_string());
    auto ticket = core.limits.admit(peer, core.origin.is_trusted(peer));
    if (!ticket) {
        turn_away(socket);
        return;
    }
    socket.set_option(tcp::no_delay(true), code);
    auto wire = tls ? std::make_unique<Wire>(std::move(socket), *tls)
                    : std::make_unique<Wire>(std::move(socket));
    auto connection =
        std::make_shared<HttpConnection>(std::move(wire), loop, core, peer, std::move(ticket));
    asio::post(loop.context(), [connection = std::move(connection)] { connection->start(); });
}

void HttpServer::Impl::turn_away(tcp::socket& socket) {
    core.count_refusal("connections");
    if (tls) {
        return;
    }
    HttpResponse problem = make_problem(503, "too many connections");
    problem.headers.emplace_back("Retry-After", "5");
    const auto head = write_response_head(
        problem.status,
        problem.headers,
        {.content_length = problem.body.size(), .keeps_alive = false, .now = SystemClock().wall()}
    );
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.send(asio::buffer(head.value_or("") + problem.body), 0, ignored);
}

HttpServer::HttpServer(HttpServerOptions options, HttpHandler handler, Metrics& metrics)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(handler), metrics)) {}

HttpServer::~HttpServer() {
    stop();
}

Status HttpServer::start() {
    Impl& impl = *impl_;
    const HttpServerOptions& options = impl.core.options;
    if (options.tls) {
        BONGSU_ASSIGN(impl.tls, make_server_tls(*options.tls));
    }
    for (int i = 0; i < std::max(1, options.io_threads); ++i) {
        impl.loops.push_back(
            std::make_unique<IoLoop>("web-io-" + std::to_string(i), tick_of(options))
        );
    }
    impl.acceptor.emplace(impl.loops.front()->context());
    impl.accept_timer.emplace(impl.loops.front()->context());
    BONGSU_ASSIGN(
        impl.own_port, listen(*impl.acceptor, {options.bind, options.port, "the console's server"})
    );
    impl.accept();
    for (const auto& loop : impl.loops) {
        loop->start();
    }
    impl.is_running = true;
    return {};
}

void HttpServer::stop() {
    Impl& impl = *impl_;
    if (!std::exchange(impl.is_running, false)) {
        return;
    }
    asio::post(impl.loops.front()->context(), [&impl] {
        error_code ignored;
        impl.acceptor->close(ignored);
        impl.accept_timer->cancel();
    });
    for (const auto& loop : impl.loops) {
        loop->begin_stop();
    }
    impl.core.requests.stop();
    for (const auto& loop : impl.loops) {
        loop->join(kStopGrace);
    }
    impl.core.files.stop();
}

std::uint16_t HttpServer::port() const {
    return impl_->own_port;
}

std::size_t HttpServer::connections() const {
    return impl_->core.limits.open();
}

}  // namespace bongsu::net
