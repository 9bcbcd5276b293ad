// What a hostile or dead WebSocket client can do, on raw sockets.
#include "net/http_server.hpp"
#include "net/metrics.hpp"
#include "net/testing/raw_client.hpp"
#include "net/testing/server_fixture.hpp"
#include "net/websocket_frame.hpp"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::net {
namespace {

using namespace std::chrono_literals;
using testing::RawClient;

constexpr std::string_view kUpgrade =
    "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

std::string masked(WebSocketOpcode opcode, std::string_view payload) {
    return write_masked_frame(opcode, payload, {1, 2, 3, 4});
}

/// A close frame of the server as it looks on the wire.
std::string close_frame(std::uint16_t code) {
    return {static_cast<char>(code >> 8), static_cast<char>(code & 0xFF)};
}

class SocketAttack : public testing::ServerTest {
protected:
    void guard(HttpServerOptions options = {}) {
        start(std::move(options), [this](const HttpRequest&) {
            return WebSocketAccept([this](const std::shared_ptr<WebSocket>& socket) {
                const std::scoped_lock lock(mutex_);
                sockets_.push_back(socket);
                return WebSocketHandlers{
                    .on_text = [this](std::string_view) { ++messages_; },
                    .on_close = [this] { ++closes_; },
                };
            });
        });
    }

    void TearDown() override { server_.reset(); }

    /// Upgrades, sends the bytes; everything after the head until the server closes.
    std::string after_upgrade(const std::string& bytes) {
        RawClient client(port());
        client.send(kUpgrade);
        client.send(bytes);
        const std::string all = client.read_all();
        EXPECT_TRUE(all.contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) << all;  // RFC 6455 1.3
        return all.substr(all.find("\r\n\r\n") + 4);
    }

    bool closes_with(const std::string& bytes, std::uint16_t code) {
        // The peer answers with a close frame of its own, so that nobody waits for a deadline.
        const std::string end = masked(WebSocketOpcode::Close, close_frame(1000));
        const std::string answer = after_upgrade(bytes + end);
        return answer.size() >= 4 && static_cast<unsigned char>(answer[0]) == 0x88 &&
               answer.substr(2, 2) == close_frame(code);
    }

    void wait_for_sockets(std::size_t count) {
        const auto opened = [this] {
            const std::scoped_lock lock(mutex_);
            return sockets_.size();
        };
        while (opened() < count) {
            std::this_thread::yield();
        }
    }

    void wait_for_close() {
        while (closes_ == 0) {
            std::this_thread::yield();
        }
    }

    std::mutex mutex_;
    std::vector<std::shared_ptr<WebSocket>> sockets_;
    std::atomic<int> messages_{0};
    std::atomic<int> closes_{0};
};

TEST_F(SocketAttack, BrokenFramesAreClosedWith1002) {
    guard();
    const std::string ping = masked(WebSocketOpcode::Ping, "x");
    const auto with_first_byte = [](std::string frame, int byte) {
        frame[0] = static_cast<char>(byte);
        return frame;
    };
    EXPECT_TRUE(closes_with(std::string("\x81\x02hi", 4), 1002)) << "not masked";
    EXPECT_TRUE(closes_with(with_first_byte(ping, 0x09), 1002)) << "fragmented ping";
    EXPECT_TRUE(closes_with(with_first_byte(ping, 0xC9), 1002)) << "reserved bit";
    EXPECT_TRUE(closes_with(with_first_byte(ping, 0x83), 1002)) << "unknown opcode";
    EXPECT_TRUE(closes_with(with_first_byte(ping, 0x8B), 1002)) << "unknown control opcode";
    EXPECT_TRUE(closes_with(with_first_byte(ping, 0x80), 1002)) << "continuation of nothing";
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Ping, std::string(126, 'x')), 1002));
    EXPECT_TRUE(closes_with(std::string("\x81\xfe\x00\x01\0\0\0\0x", 9), 1002)) << "long form";
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Close, "x"), 1002)) << "half a code";
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Close, close_frame(1005)), 1002));
    std::string begun = masked(WebSocketOpcode::Text, "x");
    EXPECT_TRUE(closes_with(with_first_byte(begun, 0x01) + begun, 1002)) << "two begun messages";
    EXPECT_EQ(messages_, 0);
}

TEST_F(SocketAttack, TextThatIsNotUtf8IsClosedWith1007) {
    guard();
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Text, "a\xc3("), 1007));
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Text, "cut \xe2\x82"), 1007));
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Text, "\xed\xa0\x80"), 1007)) << "surrogate";
}

TEST_F(SocketAttack, HugeMessagesAreClosedWith1009AndCostNoMemory) {
    guard();
    // A head that announces 2^62 bytes, then one of 16 MiB that really come.
    EXPECT_TRUE(closes_with(std::string("\x82\xff\x40\0\0\0\0\0\0\0\1\2\3\4", 14), 1009));
    EXPECT_TRUE(after_upgrade(masked(WebSocketOpcode::Text, std::string(16 << 20, 'x')))
                    .starts_with("\x88\x1a" + close_frame(1009)));
    std::string piece = masked(WebSocketOpcode::Text, std::string(40'000, 'x'));
    std::string second = piece;
    piece[0] = 0x01;
    second[0] = static_cast<char>(0x80);
    EXPECT_TRUE(closes_with(piece + second, 1009)) << "large only when joined";
    EXPECT_EQ(messages_, 0);
}

TEST_F(SocketAttack, BinaryMessagesThatNobodyTakesAreClosedWith1003) {
    guard();
    EXPECT_TRUE(closes_with(masked(WebSocketOpcode::Binary, "x"), 1003));
}

TEST_F(SocketAttack, FragmentsAreJoinedAroundAPing) {
    guard();
    std::string first = masked(WebSocketOpcode::Text, "안"),
                last = masked(WebSocketOpcode::Text, "녕");
    first[0] = 0x01;
    last[0] = static_cast<char>(0x80);
    const std::string answer = after_upgrade(
        first + masked(WebSocketOpcode::Ping, "p") + last +
        masked(WebSocketOpcode::Close, close_frame(1000))
    );
    EXPECT_EQ(answer, "\x8a\x01p\x88\x02" + close_frame(1000));
    EXPECT_EQ(messages_, 1);
    wait_for_close();
}

TEST_F(SocketAttack, AFloodOfPingsFillsNothing) {
    guard();
    RawClient client(port(), 4'096);
    client.send(kUpgrade);
    wait_for_sockets(1);
    const std::string ping = masked(WebSocketOpcode::Ping, std::string(125, 'x'));
    std::string many;
    for (int i = 0; i < 10'000; ++i) {
        many += ping;
    }
    client.send(many);
    EXPECT_LT(sockets_.front()->queued_bytes(), 2'000U);
}

TEST_F(SocketAttack, WrongUpgradesAreRefused) {
    guard();
    const auto with = [](std::string_view from, std::string_view to) {
        std::string request(kUpgrade);
        return request.replace(request.find(from), from.size(), to);
    };
    EXPECT_EQ(status_of(with("Version: 13", "Version: 8")), 426);
    EXPECT_EQ(status_of(with("dGhlIHNhbXBsZSBub25jZQ==", "short")), 400);
    EXPECT_EQ(status_of(with("GET", "POST")), 400);
    EXPECT_EQ(status_of(with("Upgrade: websocket", "Connection: close")), 426);
    EXPECT_TRUE(sockets_.empty());
}

TEST_F(SocketAttack, HalfOpenConnectionsAreCutAfterTwoPings) {
    guard({.ping_interval = 200ms});
    RawClient client(port());
    client.send(kUpgrade);
    ASSERT_TRUE(client.read_until(std::string("\x89\0", 2))) << "a ping";
    EXPECT_TRUE(client.is_closed_within(3s));
    wait_for_close();
    EXPECT_FALSE(sockets_.front()->send_text(std::make_shared<const std::string>("late")));
}

TEST_F(SocketAttack, AnAnsweredPingKeepsTheConnection) {
    guard({.ping_interval = 200ms});
    RawClient client(port());
    client.send(kUpgrade);
    ASSERT_TRUE(client.read_until(std::string("\x89\0", 2)));
    client.send(masked(WebSocketOpcode::Pong, ""));
    EXPECT_FALSE(client.is_closed_within(250ms));
}

TEST_F(SocketAttack, AClientThatNeverReadsLosesMessagesAndThenItsConnection) {
    guard({.max_websocket_queued_bytes = 1'000'000, .write_deadline = 400ms});
    RawClient greedy(port(), 4'096);
    greedy.send(kUpgrade);
    wait_for_sockets(1);
    RawClient reader(port());
    reader.send(kUpgrade);
    wait_for_sockets(2);
    const auto piece = std::make_shared<const std::vector<std::uint8_t>>(100'000, 'x');
    std::size_t most = 0;
    while (closes_ == 0) {  // the system's own buffers fill first
        sockets_[0]->send_binary({piece, piece});
        most = std::max(most, sockets_[0]->queued_bytes());
        std::this_thread::yield();
    }
    EXPECT_LE(most, 1'200'100U);
    EXPECT_GE(metrics_.counter(kDroppedMessages).value(), 1);
    EXPECT_TRUE(sockets_[1]->send_text(std::make_shared<const std::string>("still served")));
    EXPECT_TRUE(reader.read_until("still served"));
    EXPECT_EQ(metrics_.gauge(kWebSockets).value(), 1);
}

TEST_F(SocketAttack, AClientThatAnswersNoCloseHoldsUpNoStop) {
    guard();
    RawClient client(port());
    client.send(kUpgrade);
    wait_for_sockets(1);
    const auto begin = std::chrono::steady_clock::now();
    server_->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
    EXPECT_TRUE(client.read_all().contains(close_frame(1001)));
    EXPECT_EQ(closes_, 1);
}

TEST_F(SocketAttack, ClosingSendsWhatIsQueuedFirst) {
    guard();
    RawClient client(port());
    client.send(kUpgrade);
    wait_for_sockets(1);
    for (int i = 0; i < 1'000; ++i) {
        sockets_[0]->send_text(std::make_shared<const std::string>(1'000, 'x'));
    }
    sockets_[0]->send_text(std::make_shared<const std::string>("the last"));
    sockets_[0]->close(4001, "your session has ended");
    EXPECT_FALSE(sockets_[0]->send_text(std::make_shared<const std::string>("late")));
    ASSERT_TRUE(client.read_until("your session has ended"));
    EXPECT_TRUE(client.seen().contains("the last\x88\x18" + close_frame(4001)));
    client.send(masked(WebSocketOpcode::Close, close_frame(4001)));
    EXPECT_TRUE(client.is_closed_within(2s));
    wait_for_close();
}

TEST_F(SocketAttack, AnOwnerMayKeepASocketLongerThanTheServerLives) {
    guard();
    RawClient client(port());
    client.send(kUpgrade);
    wait_for_sockets(1);
    const auto kept = sockets_.front();
    server_.reset();
    EXPECT_FALSE(kept->send_text(std::make_shared<const std::string>("late")));
    kept->close(1000, "");
    EXPECT_EQ(closes_, 1);
}

}  // namespace
}  // namespace bongsu::net
