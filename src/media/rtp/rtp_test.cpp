#include "media/rtp/reorder_buffer.hpp"
#include "media/rtp/rtcp.hpp"
#include "media/rtp/rtp_packet.hpp"
#include "media/rtp/rtp_sequence.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

using Buffer = std::vector<std::uint8_t>;
using std::chrono::milliseconds;

TEST(RtpPacket, SkipsSourcesExtensionAndPadding) {
    const Buffer bytes = {0xB1, 0xE0, 0x12, 0x34, 0, 0, 0, 9, 0, 0, 0, 7, 1, 1,
                          1,    1,    0xAB, 0xAC, 0, 1, 2, 2, 2, 2, 5, 6, 0, 2};
    const auto packet = parse_rtp(bytes);
    ASSERT_TRUE(packet);
    EXPECT_TRUE(packet->has_marker);
    EXPECT_EQ(packet->payload_type, 96);
    EXPECT_EQ(packet->sequence, 0x1234);
    EXPECT_EQ(packet->timestamp, 9U);
    EXPECT_EQ(packet->ssrc, 7U);
    EXPECT_EQ(Buffer(packet->payload.begin(), packet->payload.end()), (Buffer{5, 6}));
    for (std::size_t size = 0; size < 24; ++size) {
        EXPECT_FALSE(parse_rtp(Bytes(bytes).first(size))) << size;
    }
}

TEST(RtpPacket, RefusesPaddingLongerThanThePacket) {
    EXPECT_FALSE(parse_rtp(Buffer{0xA0, 96, 0, 1, 0, 0, 0, 9, 0, 0, 0, 7, 1, 200}));
    EXPECT_FALSE(parse_rtp(Buffer{0x40, 96, 0, 1, 0, 0, 0, 9, 0, 0, 0, 7, 1}));
}

TEST(RtpSequence, CountsLossAcrossTheWrap) {
    RtpSequence sequence;
    EXPECT_EQ(sequence.advance(65534), 0U);
    EXPECT_EQ(sequence.advance(65535), 0U);
    EXPECT_EQ(sequence.advance(2), 2U);
    EXPECT_EQ(sequence.highest(), 65538U);
    EXPECT_EQ(sequence.lost(), 2U);
}

TEST(RtpSequence, IgnoresDuplicatesAndLateOnesButAcceptsARestart) {
    RtpSequence sequence;
    sequence.advance(1000);
    EXPECT_EQ(sequence.advance(1000), std::nullopt);
    EXPECT_EQ(sequence.advance(990), std::nullopt);
    EXPECT_EQ(sequence.advance(20000), 1U);
    EXPECT_EQ(sequence.advance(20001), 0U);
    EXPECT_EQ(sequence.advance(5), 1U);
    EXPECT_EQ(sequence.advance(6), 0U);
}

/// The order in which datagrams numbered by their first byte come out.
Buffer reorder(
    ReorderBuffer& buffer, std::initializer_list<std::uint16_t> sequences, MonoTime now
) {
    Buffer order;
    for (const auto sequence : sequences) {
        const Buffer datagram = {static_cast<std::uint8_t>(sequence)};
        if (buffer.push(sequence, datagram, now)) {
            order.push_back(datagram[0]);
        }
        while (const auto next = buffer.pop(now)) {
            order.push_back(next->front());
        }
    }
    return order;
}

TEST(ReorderBuffer, PutsNeighboursBackInOrder) {
    ReorderBuffer buffer;
    EXPECT_EQ(reorder(buffer, {10, 12, 13, 11, 11, 14, 9}, {}), (Buffer{10, 11, 12, 13, 14}));
}

TEST(ReorderBuffer, CrossesTheWrap) {
    ReorderBuffer buffer;
    EXPECT_EQ(reorder(buffer, {65535, 1, 0, 2}, {}), (Buffer{255, 0, 1, 2}));
}

TEST(ReorderBuffer, GivesUpAfterTheWait) {
    ReorderBuffer buffer(64, milliseconds{50});
    EXPECT_EQ(reorder(buffer, {1, 3}, MonoTime{}), (Buffer{1}));
    EXPECT_EQ(reorder(buffer, {4}, MonoTime{milliseconds{49}}), (Buffer{}));
    EXPECT_EQ(reorder(buffer, {5}, MonoTime{milliseconds{50}}), (Buffer{3, 4, 5}));
    EXPECT_EQ(reorder(buffer, {2}, MonoTime{milliseconds{51}}), (Buffer{}));
}

TEST(ReorderBuffer, GivesUpWhenItIsFull) {
    ReorderBuffer buffer(3, milliseconds{50});
    EXPECT_EQ(reorder(buffer, {1, 3, 4, 5}, {}), (Buffer{1, 3, 4, 5}));
}

TEST(ReorderBuffer, FollowsARestartOfTheSender) {
    ReorderBuffer buffer;
    EXPECT_EQ(reorder(buffer, {5000, 10, 11}, {}), (Buffer{5000 & 0xFF, 10, 11}));
}

TEST(Rtcp, SenderReportSurvivesWritingAndReading) {
    const SenderReport report{
        .ssrc = 0xCAFE,
        .wall = WallTime{Duration{1'765'000'000'123'456}},
        .ntp_middle = 0,
        .rtp_timestamp = 90'000,
        .packets = 5,
        .octets = 700,
    };
    const auto bytes = write_sender_report(report, "camera-1");
    EXPECT_EQ(bytes.size() % 4, 0U);
    const auto news = parse_rtcp(bytes);
    ASSERT_TRUE(news && news->report);
    EXPECT_EQ(news->report->ssrc, 0xCAFEU);
    EXPECT_EQ(news->report->wall, report.wall);
    EXPECT_EQ(news->report->rtp_timestamp, 90'000U);
    EXPECT_FALSE(news->is_bye);
    for (std::size_t size = 1; size < 28; ++size) {
        EXPECT_FALSE(parse_rtcp(Bytes(bytes).first(size))) << size;
    }
}

TEST(Rtcp, KnowsByeAndBothEras) {
    const auto news = parse_rtcp(Buffer{0x81, 203, 0, 1, 0, 0, 0, 7});
    ASSERT_TRUE(news);
    EXPECT_TRUE(news->is_bye);
    const WallTime in_2040{std::chrono::seconds{2'208'988'800}};
    EXPECT_EQ(from_ntp(to_ntp(in_2040)), in_2040);
}

TEST(Rtcp, WritesAReceiverReportOfRightLengths) {
    const ReceptionReport report{
        .receiver_ssrc = 1,
        .sender_ssrc = 2,
        .fraction_lost = 3,
        .total_lost = -1,
        .highest_sequence = 65'538,
        .jitter = 0,
        .last_report = 0x11223344,
        .since_last_report = std::chrono::seconds{2},
    };
    const auto bytes = write_receiver_report(report, "bongsu");
    ASSERT_TRUE(parse_rtcp(bytes));
    const Buffer block(bytes.begin() + 8, bytes.begin() + 32);
    EXPECT_EQ(block, (Buffer{0, 0, 0, 2, 3,    0xFF, 0xFF, 0xFF, 0, 1, 0, 2,
                             0, 0, 0, 0, 0x11, 0x22, 0x33, 0x44, 0, 2, 0, 0}));
}

}  // namespace
}  // namespace bongsu::media
