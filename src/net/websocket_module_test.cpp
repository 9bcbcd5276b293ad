// WebSockets of the server and of the client against each other.
#include "net/http_server.hpp"
#include "net/testing/temporary_folder.hpp"
#include "net/websocket_client.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

using namespace std::chrono_literals;

/// What happens on I/O threads, for a test that waits for it.
class Board {
public:
    void note(const std::string& what) {
        const std::scoped_lock lock(mutex_);
        notes_.push_back(what);
        changed_.notify_all();
    }

    bool wait_for(const std::string& what, std::size_t times = 1) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 10s, [&] {
            return static_cast<std::size_t>(std::ranges::count(notes_, what)) >= times;
        });
    }

    std::size_t count(const std::string& what) {
        const std::scoped_lock lock(mutex_);
        return static_cast<std::size_t>(std::ranges::count(notes_, what));
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> notes_;
};

class Sockets : public ::testing::Test {
protected:
    void start(HttpServerOptions options = {}) {
        scheme_ = options.tls ? "wss" : "ws";
        server_ = std::make_unique<HttpServer>(
            options, [this](const HttpRequest& request) { return answer(request); }, metrics_
        );
        ASSERT_TRUE(server_->start());
    }

    void TearDown() override {
        clients_.stop();
        server_.reset();
    }

    HttpAnswer answer(const HttpRequest& request) {
        if (request.path == "/forbidden") {
            return HttpResponse{.status = 403};
        }
        return WebSocketAccept([this](const std::shared_ptr<WebSocket>& socket) {
            {
                const std::scoped_lock lock(mutex_);
                sockets_.push_back(socket);
            }
            server_board_.note("open");
            return handlers_for(socket);
        });
    }

    WebSocketHandlers handlers_for(const std::weak_ptr<WebSocket>& weak) {
        return {
            .on_text =
                [weak](std::string_view text) {
                    if (const auto socket = weak.lock()) {
                        socket->send_text(std::make_shared<const std::string>(text));
                    }
                },
            .on_binary =
                [weak](std::span<const std::uint8_t> bytes) {
                    if (const auto socket = weak.lock()) {
                        const auto piece = std::make_shared<const std::vector<std::uint8_t>>(
                            bytes.begin(), bytes.end()
                        );
                        socket->send_binary({piece, piece});
                    }
                },
            .on_close = [this] { server_board_.note("close"); },
            .on_drained = {},
        };
    }

    WebSocketClientHandlers noting() {
        return {
            .on_open =
                [this](std::shared_ptr<WebSocket> socket) {
                    const std::scoped_lock lock(mutex_);
                    client_ = std::move(socket);
                    board_.note("open");
                },
            .on_text = [this](std::string_view text) { board_.note("text " + std::string(text)); },
            .on_binary = [this](std::span<const std::uint8_t> bytes
                         ) { board_.note("binary " + std::to_string(bytes.size())); },
            .on_close = [this](std::uint16_t code
                        ) { board_.note("close " + std::to_string(code)); },
            .on_failed = [this](
                             const Error&, int status
                         ) { board_.note("failed " + std::to_string(status)); },
        };
    }

    WebSocketCall call(const std::string& path = "/ws") const {
        return {
            .url = scheme_ + "://127.0.0.1:" + std::to_string(server_->port()) + path,
            .headers = {{"Cookie", "a=b"}},
            .verifies_certificate = false,
        };
    }

    static std::shared_ptr<const std::string> text(std::string value) {
        return std::make_shared<const std::string>(std::move(value));
    }

    Metrics metrics_;
    std::string scheme_;
    std::mutex mutex_;
    std::vector<std::shared_ptr<WebSocket>> sockets_;  ///< of the server
    std::shared_ptr<WebSocket> client_;
    Board board_;
    Board server_board_;
    std::unique_ptr<HttpServer> server_;
    WebSocketClients clients_;
};

TEST_F(Sockets, EchoTextAndBinary) {
    start();
    ASSERT_TRUE(clients_.connect(call(), noting()));
    ASSERT_TRUE(board_.wait_for("open"));
    client_->send_text(text("안녕"));
    EXPECT_TRUE(board_.wait_for("text 안녕"));
    client_->send_binary({std::make_shared<const std::vector<std::uint8_t>>(40'000, 7)});
    EXPECT_TRUE(board_.wait_for("binary 80000"));
    client_->close(1000, "done");
    EXPECT_TRUE(board_.wait_for("close 1000"));
    EXPECT_TRUE(server_board_.wait_for("close"));
    EXPECT_FALSE(client_->send_text(text("late")));
}

TEST_F(Sockets, EchoOverTls) {
    const testing::TemporaryFolder folder;
    const TlsFiles files{folder.path() / "cert.pem", folder.path() / "key.pem"};
    ASSERT_TRUE(ensure_self_signed(files, {"127.0.0.1"}));
    start({.tls = files});
    ASSERT_TRUE(clients_.connect(call(), noting()));
    ASSERT_TRUE(board_.wait_for("open"));
    client_->send_binary({std::make_shared<const std::vector<std::uint8_t>>(50'000, 7)});
    EXPECT_TRUE(board_.wait_for("binary 100000"));
}

TEST_F(Sockets, LiveOnSeveralIoThreads) {
    constexpr std::size_t kSockets = 50;
    start({.io_threads = 3});
    for (std::size_t i = 0; i < kSockets; ++i) {
        ASSERT_TRUE(clients_.connect(call(), noting()));
    }
    ASSERT_TRUE(server_board_.wait_for("open", kSockets));
    for (const auto& socket : sockets_) {
        socket->send_text(text("hello"));
        socket->close(4000, "enough");
    }
    EXPECT_TRUE(board_.wait_for("close 4000", kSockets));
    EXPECT_EQ(board_.count("text hello"), kSockets);
    EXPECT_TRUE(server_board_.wait_for("close", kSockets));
}

TEST_F(Sockets, RefusalsReachTheClientWithTheirStatus) {
    start();
    ASSERT_TRUE(clients_.connect(call("/forbidden"), noting()));
    EXPECT_TRUE(board_.wait_for("failed 403"));
}

TEST_F(Sockets, StoppingTheServerClosesWith1001) {
    start();
    ASSERT_TRUE(clients_.connect(call(), noting()));
    ASSERT_TRUE(board_.wait_for("open"));
    server_->stop();
    EXPECT_TRUE(board_.wait_for("close 1001"));
    EXPECT_EQ(server_board_.count("close"), 1U);
}

TEST_F(Sockets, ThreeHundredGetEveryBroadcast) {
    constexpr std::size_t kSockets = 300;
    constexpr std::size_t kMessages = 50;
    start();
    for (std::size_t i = 0; i < kSockets; ++i) {
        ASSERT_TRUE(clients_.connect(call(), noting()));
    }
    ASSERT_TRUE(server_board_.wait_for("open", kSockets));
    const auto message = text(std::string(1'000, 'x'));
    for (std::size_t i = 0; i < kMessages; ++i) {
        for (const auto& socket : sockets_) {
            EXPECT_TRUE(socket->send_text(message));
        }
    }
    EXPECT_TRUE(board_.wait_for("text " + *message, kSockets * kMessages));
}

}  // namespace
}  // namespace bongsu::net
