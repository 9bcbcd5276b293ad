#include "media/rtp/access_unit_assembler.hpp"

#include "media/rtsp/base64.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

using Buffer = std::vector<std::uint8_t>;

const Buffer kSps = *base64_decode("Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==");
const Buffer kPps = *base64_decode("aM4PyA==");
const Buffer kVps265 = *base64_decode("QAEMAf//AWAAAAMAkAAAAwAAAwB4lZgJ");
const Buffer kSps265 = *base64_decode("QgEBAWAAAAMAkAAAAwAAAwB4oAPAgBDlllZpJMrwFoCAAAADAIAAAAyE");
const Buffer kPps265 = *base64_decode("RAHBcrRiQA==");
const Buffer kKey = {0x65, 0x88, 1, 2, 3};
const Buffer kDelta = {0x41, 0x9a, 4, 5};

ParameterSets h264_sets() {
    ParameterSets sets;
    add_parameter_set(sets, Codec::H264, kSps);
    add_parameter_set(sets, Codec::H264, kPps);
    return sets;
}

Buffer prefixed(std::initializer_list<Buffer> units) {
    Buffer out;
    for (const auto& nal : units) {
        append_length_prefixed(out, nal);
    }
    return out;
}

/// Feeds packets and keeps what comes out.
class Feed {
public:
    explicit Feed(Codec codec, ParameterSets sets = {}) : assembler(codec, std::move(sets)) {}

    Feed& packet(
        const Buffer& payload, std::uint32_t timestamp, bool marker, std::uint32_t lost_before = 0
    ) {
        RtpPacket rtp;
        rtp.has_marker = marker;
        rtp.timestamp = timestamp;
        rtp.payload = payload;
        assembler.push(rtp, lost_before, units);
        return *this;
    }

    AccessUnitAssembler assembler;
    std::vector<AssembledUnit> units;
};

TEST(Assembler, JoinsSlicesOfOnePictureUpToTheMarker) {
    Feed feed(Codec::H264, h264_sets());
    const Buffer second_slice = {0x65, 0x08, 9};
    feed.packet(kKey, 100, false).packet(second_slice, 100, true).packet(kDelta, 200, true);
    ASSERT_EQ(feed.units.size(), 2U);
    EXPECT_TRUE(feed.units[0].is_key);
    EXPECT_EQ(feed.units[0].rtp_timestamp, 100U);
    EXPECT_EQ(feed.units[0].bytes, prefixed({kKey, second_slice}));
    EXPECT_FALSE(feed.units[1].is_key);
    EXPECT_EQ(feed.units[1].bytes, prefixed({kDelta}));
}

TEST(Assembler, MarksTheGapAfterPicturesOfAnotherCodec) {
    Feed feed(Codec::H264, h264_sets());
    const Buffer foreign = {0x02, 0x01, 0x80, 7};  // a slice of H.265
    feed.packet(kKey, 100, true);
    for (std::uint32_t time = 200; time <= 500; time += 100) {
        feed.packet(foreign, time, true);
    }
    feed.packet(kDelta, 600, true).packet(kKey, 700, true).packet(kDelta, 800, true);
    ASSERT_EQ(feed.units.size(), 3U);
    EXPECT_EQ(feed.units[1].rtp_timestamp, 700U) << "only a key picture may follow";
    EXPECT_GE(feed.units[1].lost_before, 1U);
    EXPECT_EQ(feed.units[2].lost_before, 0U);
}

TEST(Assembler, EndsAUnitAtANewTimestampWhenTheMarkerIsMissing) {
    Feed feed(Codec::H264, h264_sets());
    feed.packet(kKey, 100, false).packet(kDelta, 200, false);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_TRUE(feed.units[0].is_key);
}

TEST(Assembler, JoinsFragmentsOfH264) {
    Feed feed(Codec::H264, h264_sets());
    feed.packet({0x7C, 0x85, 0x88, 1}, 100, false)
        .packet({0x7C, 0x05, 2}, 100, false)
        .packet({0x7C, 0x45, 3}, 100, true);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_EQ(feed.units[0].bytes, prefixed({{0x65, 0x88, 1, 2, 3}}));
}

TEST(Assembler, LearnsParameterSetsInBandAndTakesThemOut) {
    Feed feed(Codec::H264);
    feed.packet(kKey, 50, true);
    EXPECT_TRUE(feed.units.empty()) << "nothing can be decoded without parameter sets";
    Buffer aggregate = {0x78};
    for (const auto& nal : {kSps, kPps, Buffer{0x09, 0xF0}, kKey}) {
        aggregate.push_back(0);
        aggregate.push_back(static_cast<std::uint8_t>(nal.size()));
        aggregate.insert(aggregate.end(), nal.begin(), nal.end());
    }
    feed.packet(aggregate, 100, true);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_EQ(feed.units[0].bytes, prefixed({kKey}));
    EXPECT_EQ(feed.assembler.parameter_version(), 2U);
    EXPECT_TRUE(feed.assembler.parameter_sets().is_complete(Codec::H264));
}

TEST(Assembler, IgnoresTheMarkerOnParameterSets) {
    Feed feed(Codec::H264);
    feed.packet(kSps, 100, true).packet(kPps, 100, true).packet(kKey, 100, true);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_EQ(feed.units[0].bytes, prefixed({kKey}));
}

TEST(Assembler, DropsUpToTheNextKeyPictureAfterLoss) {
    Feed feed(Codec::H264, h264_sets());
    feed.packet(kKey, 100, true)
        .packet(kDelta, 200, true, 3)
        .packet(kDelta, 300, true)
        .packet(kKey, 400, true)
        .packet(kDelta, 500, true);
    ASSERT_EQ(feed.units.size(), 3U);
    EXPECT_EQ(feed.units[1].rtp_timestamp, 400U);
    EXPECT_EQ(feed.units[1].lost_before, 3U);
    EXPECT_EQ(feed.units[2].lost_before, 0U);
    EXPECT_EQ(feed.assembler.counters().dropped_units, 2U);
}

TEST(Assembler, DropsAKeyPictureThatLostAFragment) {
    Feed feed(Codec::H264, h264_sets());
    feed.packet({0x7C, 0x85, 0x88, 1}, 100, false)
        .packet({0x7C, 0x45, 3}, 100, true, 1)
        .packet(kDelta, 200, true)
        .packet(kKey, 300, true);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_EQ(feed.units[0].rtp_timestamp, 300U);
}

TEST(Assembler, DropsAKeyPictureThatLostItsFirstSlice) {
    Feed feed(Codec::H264, h264_sets());
    feed.packet(kKey, 100, true).packet({0x65, 0x08, 9}, 200, true, 1);
    EXPECT_EQ(feed.units.size(), 1U);
}

TEST(Assembler, FindsOutACameraThatMarksEverySlice) {
    Feed feed(Codec::H264, h264_sets());
    const Buffer second_slice = {0x65, 0x08, 9};
    for (std::uint32_t timestamp = 100; timestamp <= 300; timestamp += 100) {
        feed.packet(kKey, timestamp, true).packet(second_slice, timestamp, true);
    }
    feed.packet(kKey, 400, true);
    ASSERT_EQ(feed.units.size(), 3U);
    EXPECT_EQ(feed.units[1].bytes, prefixed({kKey, second_slice}));
    EXPECT_EQ(feed.units[2].bytes, prefixed({kKey, second_slice}));
}

TEST(Assembler, JoinsFragmentsAndAggregatesOfH265) {
    Feed feed(Codec::H265);
    Buffer aggregate = {0x60, 0x01};
    for (const auto& nal : {kVps265, kSps265, kPps265}) {
        aggregate.push_back(0);
        aggregate.push_back(static_cast<std::uint8_t>(nal.size()));
        aggregate.insert(aggregate.end(), nal.begin(), nal.end());
    }
    feed.packet(aggregate, 100, false)
        .packet({0x62, 0x01, 0x93, 0xAF, 1}, 100, false)
        .packet({0x62, 0x01, 0x53, 2}, 100, true)
        .packet({0x02, 0x01, 0xD0, 7}, 200, true);
    ASSERT_EQ(feed.units.size(), 2U);
    EXPECT_TRUE(feed.units[0].is_key);
    EXPECT_EQ(feed.units[0].bytes, prefixed({{0x26, 0x01, 0xAF, 1, 2}}));
    EXPECT_FALSE(feed.units[1].is_key);
}

TEST(Assembler, CountsMalformedPacketsAndGoesOnAtTheNextKeyPicture) {
    Feed feed(Codec::H264, h264_sets());
    feed.packet({0x78, 0xFF, 0xFF, 1}, 100, true)  // aggregate whose length leads out of the packet
        .packet({0x7C, 0x05, 1}, 200, true)        // fragment without start
        .packet({0x7F, 0x05, 1}, 300, true)        // type 31
        .packet({}, 350, false)
        .packet(kKey, 400, true);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_EQ(feed.assembler.counters().malformed_packets, 3U);
}

TEST(Assembler, BoundsAUnitWithoutEnd) {
    Feed feed(Codec::H264, h264_sets());
    const Buffer start = {0x7C, 0x85, 0x88};
    Buffer middle(65000, 1);
    middle[0] = 0x7C;
    middle[1] = 0x05;
    feed.packet(start, 100, false);
    for (std::size_t sent = 0; sent < AccessUnitAssembler::kMaxUnit + 100'000; sent += 65000) {
        feed.packet(middle, 100, false);
    }
    feed.packet(kKey, 200, true);
    ASSERT_EQ(feed.units.size(), 1U);
    EXPECT_EQ(feed.units[0].rtp_timestamp, 200U);
    EXPECT_EQ(feed.assembler.counters().oversized_units, 1U);
}

}  // namespace
}  // namespace bongsu::media
