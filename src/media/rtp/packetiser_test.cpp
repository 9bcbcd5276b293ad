#include "media/rtp/packetiser.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::media {
namespace {

using Buffer = std::vector<std::uint8_t>;

Buffer with_length(const Buffer& unit) {
    const auto size = static_cast<std::uint32_t>(unit.size());
    Buffer out;
    for (const int shift : {24, 16, 8, 0}) {
        out.push_back(static_cast<std::uint8_t>(size >> shift));
    }
    out.insert(out.end(), unit.begin(), unit.end());
    return out;
}

Buffer unit_of(std::uint8_t first, std::uint8_t second, std::size_t size) {
    Buffer unit(size);
    for (std::size_t i = 0; i < size; ++i) {
        unit[i] = static_cast<std::uint8_t>(i * 7);
    }
    unit[0] = first;
    unit[1] = second;
    return unit;
}

Buffer bytes_of(const Buffer& access_unit, const RtpPayload& payload) {
    Buffer out(payload.prefix.begin(), payload.prefix.begin() + payload.prefix_size);
    const auto from = access_unit.begin() + payload.offset;
    out.insert(out.end(), from, from + payload.size);
    return out;
}

/// Puts the NAL units together again by the rules of the RFCs, written apart from the code tested.
std::vector<Buffer> reassemble(
    Codec codec, const Buffer& access_unit, const std::vector<RtpPayload>& payloads
) {
    std::vector<Buffer> units;
    for (const RtpPayload& payload : payloads) {
        const Buffer packet = bytes_of(access_unit, payload);
        const bool is_h264 = codec == Codec::H264;
        const int type = is_h264 ? packet[0] & 31 : (packet[0] >> 1) & 63;
        if (type != (is_h264 ? 28 : 49)) {
            units.push_back(packet);
            continue;
        }
        const std::uint8_t fu = packet[is_h264 ? 1 : 2];
        if ((fu & 0x80) != 0) {
            Buffer start;
            if (is_h264) {
                start = {static_cast<std::uint8_t>((packet[0] & 0xE0) | (fu & 0x1F))};
            } else {
                start = {
                    static_cast<std::uint8_t>((packet[0] & 0x81) | ((fu & 0x3F) << 1)), packet[1]
                };
            }
            units.push_back(start);
        }
        units.back().insert(units.back().end(), packet.begin() + (is_h264 ? 2 : 3), packet.end());
    }
    return units;
}

TEST(Packetiser, SendsASmallUnitWholeAndMarksTheLast) {
    Buffer unit = with_length({0x67, 1, 2});
    const Buffer second = with_length({0x65, 9});
    unit.insert(unit.end(), second.begin(), second.end());
    const auto payloads = packetise(Codec::H264, unit, 100).value();
    ASSERT_EQ(payloads.size(), 2U);
    EXPECT_EQ(bytes_of(unit, payloads[0]), (Buffer{0x67, 1, 2}));
    EXPECT_FALSE(payloads[0].is_last);
    EXPECT_EQ(bytes_of(unit, payloads[1]), (Buffer{0x65, 9}));
    EXPECT_TRUE(payloads[1].is_last);
}

TEST(Packetiser, FragmentsH264AsFuA) {
    const Buffer unit = with_length(unit_of(0x65, 3, 41));
    const auto payloads = packetise(Codec::H264, unit, 20).value();
    ASSERT_EQ(payloads.size(), 3U);
    EXPECT_EQ(payloads[0].prefix[0], 0x7C);  // NRI 3, type 28
    EXPECT_EQ(payloads[0].prefix[1], 0x85);  // start, type 5
    EXPECT_EQ(payloads[1].prefix[1], 0x05);
    EXPECT_EQ(payloads[2].prefix[1], 0x45);  // end
}

TEST(Packetiser, RefusesLengthsPastTheEnd) {
    EXPECT_EQ(packetise(Codec::H264, Buffer{0, 0, 0, 9, 1}, 100).error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(packetise(Codec::H264, Buffer{0, 0}, 100).error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(packetise(Codec::H264, Buffer{}, 100).error().kind, ErrorKind::Corrupt);
    EXPECT_EQ(packetise(Codec::H265, Buffer{0, 0, 0, 1, 2}, 100).error().kind, ErrorKind::Corrupt);
}

TEST(Packetiser, SendsUnitsThatAreOnlyAHeader) {
    const Buffer end_of_sequence = with_length({36 << 1, 1});
    EXPECT_EQ(packetise(Codec::H265, end_of_sequence, 100).value().size(), 1U);
}

RC_GTEST_PROP(Packetiser, RoundTripsUnitsOfAnySize, ()) {
    const Codec codec = *rc::gen::element(Codec::H264, Codec::H265);
    const auto sizes = *rc::gen::nonEmpty(
        rc::gen::container<std::vector<std::size_t>>(rc::gen::inRange<std::size_t>(3, 5000))
    );
    const auto max_payload = *rc::gen::inRange<std::size_t>(16, 1500);
    Buffer access_unit;
    std::vector<Buffer> units;
    for (const std::size_t size : sizes) {
        units.push_back(unit_of(codec == Codec::H264 ? 0x41 : 0x02, 0x01, size));
        const Buffer part = with_length(units.back());
        access_unit.insert(access_unit.end(), part.begin(), part.end());
    }
    const auto payloads = packetise(codec, access_unit, max_payload).value();
    for (std::size_t i = 0; i < payloads.size(); ++i) {
        RC_ASSERT(payloads[i].total() <= max_payload);
        RC_ASSERT(payloads[i].is_last == (i + 1 == payloads.size()));
    }
    RC_ASSERT(reassemble(codec, access_unit, payloads) == units);
}

}  // namespace
}  // namespace bongsu::media
