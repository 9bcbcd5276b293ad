#include "net/websocket_outbox.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::net {
namespace {

OutgoingMessage message(std::string text) {
    OutgoingMessage result;
    result.own = std::move(text);
    return result;
}

/// Sends up to `size` bytes of what is gathered.
std::string send(WebSocketOutbox& outbox, std::size_t size) {
    std::vector<std::span<const std::uint8_t>> pieces;
    outbox.gather(pieces, 64);
    std::string sent;
    for (const auto piece : pieces) {
        sent.append(piece.begin(), piece.end());
    }
    sent.resize(std::min(sent.size(), size));
    outbox.consume(sent.size());
    return sent;
}

TEST(Outbox, RefusesBeyondItsMessages) {
    WebSocketOutbox outbox(1'000, 2);
    EXPECT_TRUE(outbox.push(message("a")));
    EXPECT_TRUE(outbox.push(message("b")));
    EXPECT_FALSE(outbox.push(message("c")));
    EXPECT_EQ(send(outbox, 1), "a");
    EXPECT_TRUE(outbox.push(message("d")));
    EXPECT_EQ(send(outbox, 100), "bd");
    EXPECT_TRUE(outbox.is_empty());
}

TEST(Outbox, RefusesBeyondItsBytesButTakesOneMessageOfAnySize) {
    WebSocketOutbox outbox(10, 100);
    EXPECT_TRUE(outbox.push(message(std::string(50, 'x'))));
    EXPECT_FALSE(outbox.push(message("y")));
    EXPECT_EQ(outbox.bytes(), 50U);
}

TEST(Outbox, ControlFramesOvertakeWhatIsNotOnTheWire) {
    WebSocketOutbox outbox(1'000, 100);
    outbox.push(message("first"));
    EXPECT_EQ(send(outbox, 2), "fi");
    outbox.push(message("second"));
    outbox.push_urgent(message("!"));
    EXPECT_EQ(send(outbox, 100), "rst!second");
}

TEST(Outbox, DroppingKeepsTheMessageThatIsHalfSent) {
    WebSocketOutbox outbox(1'000, 100);
    outbox.push(message("first"));
    EXPECT_EQ(send(outbox, 2), "fi");
    outbox.push(message("second"));
    EXPECT_TRUE(outbox.drop_waiting());
    EXPECT_FALSE(outbox.drop_waiting());
    outbox.push_last(message("bye"));
    EXPECT_EQ(send(outbox, 100), "rstbye");
    EXPECT_EQ(outbox.bytes(), 0U);
}

RC_GTEST_PROP(Outbox, SendsEveryByteInOrderHoweverTheWireCutsIt, ()) {
    WebSocketOutbox outbox(1'000'000, 1'000);
    const auto texts =
        *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>());
    std::string expected;
    std::string sent;
    for (const std::string& text : texts) {
        OutgoingMessage next;
        next.head = write_websocket_head(WebSocketOpcode::Text, text.size());
        next.text = std::make_shared<const std::string>(text);
        next.pieces = {std::make_shared<const std::vector<std::uint8_t>>(3, 'p')};
        expected.append(
            next.head.bytes.begin(), next.head.bytes.begin() + static_cast<long>(next.head.size)
        );
        expected += text + "ppp";
        outbox.push(std::move(next));
        sent += send(outbox, *rc::gen::inRange<std::size_t>(0, 20));
    }
    while (!outbox.is_empty()) {
        sent += send(outbox, *rc::gen::inRange<std::size_t>(1, 50));
    }
    RC_ASSERT(sent == expected);
    RC_ASSERT(outbox.bytes() == 0U);
}

}  // namespace
}  // namespace bongsu::net
