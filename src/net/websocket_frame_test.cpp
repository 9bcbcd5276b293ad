#include "net/websocket_frame.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::net {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

struct Read {
    std::vector<std::string> messages;
    std::uint16_t violation = 0;
};

Read read(bool is_masked, std::string_view stream, std::size_t piece, std::size_t max = 1 << 20) {
    WebSocketReader reader(is_masked, max);
    Read result;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const auto violation =
            reader.feed(bytes_of(stream.substr(at, piece)), [&](const WebSocketMessage& message) {
                result.messages.emplace_back(message.text());
            });
        result.violation = violation ? violation->code : result.violation;
    }
    return result;
}

TEST(WebSocketFrame, IsWrittenAsInTheExamplesOfTheStandard) {
    // RFC 6455 5.7
    const WebSocketHead head = write_websocket_head(WebSocketOpcode::Text, 5);
    EXPECT_EQ(
        std::vector(head.bytes.begin(), head.bytes.begin() + 2),
        (std::vector<std::uint8_t>{0x81, 5})
    );
    const std::string frame =
        write_masked_frame(WebSocketOpcode::Text, "Hello", {0x37, 0xfa, 0x21, 0x3d});
    EXPECT_EQ(frame, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58");
    const WebSocketHead longer = write_websocket_head(WebSocketOpcode::Binary, 65'536);
    EXPECT_EQ(longer.size, 10U);
    EXPECT_EQ(longer.bytes[7], 1);
}

RC_GTEST_PROP(WebSocketFrame, ComesBackHoweverTheWireCutsIt, ()) {
    const auto size = *rc::gen::elementOf(std::vector<int>{0, 1, 125, 126, 127, 65'535, 65'536});
    const auto piece = *rc::gen::inRange<std::size_t>(1, 70'000);
    const auto key = *rc::gen::arbitrary<std::array<std::uint8_t, 4>>();
    std::string payload(static_cast<std::size_t>(size), '\0');
    for (std::size_t i = 0; i < payload.size(); ++i) {
        payload[i] = static_cast<char>('a' + i % 26);
    }
    const std::string frame = write_masked_frame(WebSocketOpcode::Text, payload, key);
    const Read once = read(true, frame + frame, piece);
    RC_ASSERT(once.violation == 0);
    RC_ASSERT(once.messages == (std::vector{payload, payload}));
}

TEST(WebSocketFrame, TextIsRefusedAtItsFirstBadByte) {
    std::string frame = write_masked_frame(WebSocketOpcode::Text, std::string(1'000, 'x'), {});
    frame[10] = static_cast<char>(0xFF);
    EXPECT_EQ(read(true, frame.substr(0, 20), 1).violation, close_code::kBadText);
}

TEST(WebSocketFrame, ACharacterMayBeCutByFragments) {
    std::string first = write_masked_frame(WebSocketOpcode::Text, "\xec\x95", {});
    first[0] = 0x01;
    std::string last = write_masked_frame(WebSocketOpcode::Continuation, "\x88", {});
    EXPECT_EQ(read(true, first + last, 100).messages, std::vector<std::string>{"안"});
}

TEST(WebSocketFrame, NothingIsReadAfterAClose) {
    const std::string close = write_masked_frame(WebSocketOpcode::Close, "", {});
    const std::string text = write_masked_frame(WebSocketOpcode::Text, "late", {});
    EXPECT_EQ(read(true, close + text, 100).messages, std::vector<std::string>{""});
}

TEST(WebSocketFrame, MessagesAboveTheLimitAreRefusedByTheirHead) {
    const std::string frame =
        write_masked_frame(WebSocketOpcode::Binary, std::string(101, 'x'), {});
    EXPECT_EQ(read(true, frame.substr(0, 6), 6, 100).violation, close_code::kTooLarge);
    EXPECT_EQ(read(true, frame, 6, 101).violation, 0);
}

TEST(WebSocketFrame, CloseReasonsAreCutAtACharacter) {
    std::string reason(122, 'x');
    reason += "안";
    EXPECT_EQ(write_close_payload(1000, reason).size(), 2U + 122U);
}

}  // namespace
}  // namespace bongsu::net
