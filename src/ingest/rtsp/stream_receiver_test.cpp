#include "ingest/rtsp/stream_receiver.hpp"

#include "ingest/testing/recording_listener.hpp"
#include "media/rtsp/base64.hpp"

#include <gtest/gtest.h>

namespace bongsu::ingest::rtsp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Buffer = std::vector<std::uint8_t>;

const Buffer kKey = {0x65, 0x88, 1, 2, 3};
const Buffer kOther = {0x41, 0x9a, 4, 5};

Buffer packet(
    std::uint16_t sequence, std::uint32_t timestamp, const Buffer& nal, std::uint32_t ssrc = 7
) {
    Buffer out = {0x80, 0x80 | 96};
    const auto put = [&](std::uint32_t value, unsigned width) {
        for (unsigned i = width; i > 0; --i) {
            out.push_back(static_cast<std::uint8_t>(value >> (8 * (i - 1))));
        }
    };
    put(sequence, 2);
    put(timestamp, 4);
    put(ssrc, 4);
    out.insert(out.end(), nal.begin(), nal.end());
    return out;
}

class Receiver : public ::testing::Test {
protected:
    Receiver() {
        video_.kind = "video";
        video_.codec = Codec::H264;
        video_.payload_type = 96;
        for (const char* set : {"Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==", "aM4PyA=="}) {
            media::add_parameter_set(
                video_.parameter_sets, Codec::H264, *media::base64_decode(set)
            );
        }
        receiver_.begin(video_);
    }

    Arrival at(Duration offset) const {
        return {MonoTime{seconds{1000}} + offset, WallTime{seconds{1'765'000'000}} + offset};
    }

    std::vector<AccessUnitPtr> units() const { return listener_.copy().units; }

    media::SdpMedia video_;
    testing::RecordingListener listener_;
    StreamReceiver receiver_{CameraId{"gate"}, StreamRole::Sub, listener_};
};

TEST_F(Receiver, NumbersUnitsAndSaysWhoseTheyAre) {
    receiver_.on_rtp(packet(1, 0, kKey), at({}));
    receiver_.on_rtp(packet(2, 6000, kOther), at(milliseconds{66}));
    ASSERT_EQ(units().size(), 2U);
    EXPECT_EQ(units()[0]->camera, CameraId{"gate"});
    EXPECT_EQ(units()[0]->role, StreamRole::Sub);
    EXPECT_EQ(units()[1]->sequence, 1U);
    EXPECT_EQ(units()[1]->media_time - units()[0]->media_time, 6000);
    EXPECT_EQ(units()[0]->parameters, units()[1]->parameters);
    EXPECT_EQ(units()[0]->parameters->width, 1920U);
    EXPECT_TRUE(units()[1]->is_wall_estimated);
}

TEST_F(Receiver, GoesOnInTimeAcrossSessions) {
    receiver_.on_rtp(packet(1, 4'000'000'000U, kKey), at({}));
    receiver_.begin(video_);
    receiver_.on_rtp(packet(500, 17, kKey), at(seconds{10}));
    ASSERT_EQ(units().size(), 2U);
    EXPECT_EQ(units()[1]->media_time - units()[0]->media_time, 900'000);
    EXPECT_EQ(units()[1]->sequence, 1U);
    EXPECT_EQ(units()[1]->lost_before, 1U);
}

TEST_F(Receiver, FollowsAnEncoderThatRestarts) {
    receiver_.on_rtp(packet(100, 0, kKey, 7), at({}));
    receiver_.on_rtp(packet(9000, 5, kOther, 8), at(seconds{1}));
    EXPECT_EQ(units().size(), 1U) << "the new source has not sent a key picture yet";
    receiver_.on_rtp(packet(9001, 3005, kKey, 8), at(seconds{2}));
    ASSERT_EQ(units().size(), 2U);
    EXPECT_EQ(units()[1]->media_time - units()[0]->media_time, 180'000);
    EXPECT_GE(units()[1]->lost_before, 1U);
}

TEST_F(Receiver, PassesOverOtherPayloadTypes) {
    auto other = packet(1, 0, kKey);
    other[1] = 0x80 | 97;
    receiver_.on_rtp(other, at({}));
    EXPECT_TRUE(units().empty());
    EXPECT_FALSE(receiver_.last_packet());
}

TEST_F(Receiver, PutsDatagramsInOrder) {
    receiver_.on_datagram(packet(1, 0, kKey), at({}));
    receiver_.on_datagram(packet(3, 12000, kOther), at({}));
    EXPECT_EQ(units().size(), 1U);
    receiver_.on_datagram(packet(2, 6000, kOther), at({}));
    EXPECT_EQ(units().size(), 3U);
    receiver_.on_datagram(packet(5, 24000, kKey), at({}));
    receiver_.flush_late(at(milliseconds{100}));
    ASSERT_EQ(units().size(), 4U);
    EXPECT_EQ(units()[3]->lost_before, 1U);
}

TEST_F(Receiver, TakesTheSendersClock) {
    receiver_.on_rtp(packet(1, 9000, kKey), at({}));
    const media::SenderReport report{
        .ssrc = 7, .wall = at({}).wall - milliseconds{250}, .rtp_timestamp = 9000
    };
    receiver_.on_rtcp(media::write_sender_report(report, "cam"), at({}));
    receiver_.on_rtp(packet(2, 99'000, kOther), at(seconds{1}));
    ASSERT_EQ(units().size(), 2U);
    EXPECT_FALSE(units()[1]->is_wall_estimated);
    EXPECT_LT(
        std::chrono::abs(units()[1]->wall - (at(seconds{1}).wall - milliseconds{250})),
        milliseconds{1}
    );
    StreamStatistics statistics;
    receiver_.report(statistics);
    EXPECT_EQ(statistics.clock_offset, -milliseconds{250});
}

TEST_F(Receiver, ReportsLossToTheSender) {
    EXPECT_FALSE(receiver_.make_receiver_report(at({}).mono));
    receiver_.on_rtp(packet(1, 0, kKey), at({}));
    receiver_.on_rtp(packet(5, 6000, kOther), at({}));
    const auto report = receiver_.make_receiver_report(at({}).mono);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->at(12), 3 * 256 / 5);
    EXPECT_EQ(report->at(15), 3);
    StreamStatistics statistics;
    receiver_.report(statistics);
    EXPECT_EQ(statistics.lost_packets, 3U);
}

TEST_F(Receiver, NoticesTheEnd) {
    receiver_.on_rtcp(Buffer{0x81, 203, 0, 1, 0, 0, 0, 7}, at({}));
    EXPECT_TRUE(receiver_.is_over());
    receiver_.on_rtcp(Buffer{1, 2, 3}, at({}));
    StreamStatistics statistics;
    receiver_.report(statistics);
    EXPECT_EQ(statistics.malformed_packets, 1U);
}

}  // namespace
}  // namespace bongsu::ingest::rtsp
