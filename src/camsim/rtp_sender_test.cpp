#include "camsim/rtp_sender.hpp"

#include "camsim/outbox.hpp"
#include "camsim/rtcp_bye.hpp"
#include "media/rtp/rtcp.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bongsu::camsim {
namespace {

using Buffer = std::vector<std::uint8_t>;

/// One small NAL unit and one that needs three packets.
FilmUnit make_unit() {
    Buffer bytes{0, 0, 0, 2, 0x68, 0xAA, 0, 0, 0, 60, 0x65};
    for (std::uint8_t i = 1; i < 60; ++i) {
        bytes.push_back(i);
    }
    FilmUnit unit;
    unit.is_key = true;
    unit.payloads = media::packetise(Codec::H264, bytes, 24).value();
    unit.bytes = std::make_shared<const Buffer>(std::move(bytes));
    return unit;
}

Buffer flatten(const WireUnit& wire) {
    Buffer out;
    for (const iovec& part : wire.parts) {
        const auto* begin = static_cast<const std::uint8_t*>(part.iov_base);
        out.insert(out.end(), begin, begin + part.iov_len);
    }
    return out;
}

TEST(RtpSender, WritesHeadersInOrderWithTheMarkerOnTheLast) {
    RtpCursor cursor{.ssrc = 0x01020304, .sequence = 0xFFFF};
    WireUnit wire;
    const FilmUnit unit = make_unit();
    write_unit(unit, 0xA0B0C0D0, std::nullopt, cursor, wire);
    const Buffer first = flatten(wire);
    EXPECT_EQ(
        Buffer(first.begin(), first.begin() + 14),
        (Buffer{0x80, 96, 0xFF, 0xFF, 0xA0, 0xB0, 0xC0, 0xD0, 1, 2, 3, 4, 0x68, 0xAA})
    );
    ASSERT_EQ(wire.parts.size(), 8U);
    const auto* last = static_cast<const std::uint8_t*>(wire.parts[6].iov_base);
    EXPECT_EQ(last[1], 96 | 0x80);
    EXPECT_EQ(cursor.sequence, 3);  // wrapped
    EXPECT_EQ(cursor.packets, 4U);
    EXPECT_EQ(wire.total, first.size());
}

TEST(RtpSender, InterleavedFramesHaveTheirLength) {
    RtpCursor cursor;
    WireUnit wire;
    const FilmUnit unit = make_unit();
    write_unit(unit, 0, 6, cursor, wire);
    const Buffer all = flatten(wire);
    std::size_t at = 0;
    int frames = 0;
    while (at < all.size()) {
        EXPECT_EQ(all[at], '$');
        EXPECT_EQ(all[at + 1], 6);
        at += 4 + ((std::size_t{all[at + 2]} << 8U) | all[at + 3]);
        ++frames;
    }
    EXPECT_EQ(at, all.size());
    EXPECT_EQ(frames, 4);
}

TEST(RtcpBye, IsReadAsAGoodbye) {
    const auto news = media::parse_rtcp(write_bye(7)).value();
    EXPECT_TRUE(news.is_bye);
}

class OutboxPair : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, pair_), 0);
        const int small = 4096;
        ::setsockopt(pair_[0], SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    }

    void TearDown() override {
        ::close(pair_[0]);
        ::close(pair_[1]);
    }

    Buffer read_what_is_there() const {
        Buffer out(65'536);
        const ssize_t size = ::recv(pair_[1], out.data(), out.size(), 0);
        out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return out;
    }

    int pair_[2] = {-1, -1};
};

TEST_F(OutboxPair, KeepsTheRestInOrderWhenTheSocketIsFull) {
    Outbox outbox(pair_[0]);
    Buffer sent;
    for (int round = 0; round < 200; ++round) {
        Buffer piece(997, static_cast<std::uint8_t>(round));
        std::vector<iovec> parts{{piece.data(), 100}, {piece.data() + 100, piece.size() - 100}};
        ASSERT_TRUE(outbox.send(parts));
        sent.insert(sent.end(), piece.begin(), piece.end());
    }
    EXPECT_GT(outbox.pending(), 0U);
    Buffer received;
    while (received.size() < sent.size()) {
        const Buffer more = read_what_is_there();
        received.insert(received.end(), more.begin(), more.end());
        ASSERT_TRUE(outbox.flush());
    }
    EXPECT_EQ(received, sent);
    EXPECT_EQ(outbox.pending(), 0U);
}

TEST_F(OutboxPair, SaysWhenThePeerIsGone) {
    Outbox outbox(pair_[0]);
    ::shutdown(pair_[1], SHUT_RDWR);
    const Buffer bytes(10);
    EXPECT_FALSE(outbox.send(bytes));
}

}  // namespace
}  // namespace bongsu::camsim
