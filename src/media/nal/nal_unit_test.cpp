#include "media/nal/nal_unit.hpp"

#include "media/nal/decoder_config.hpp"
#include "media/nal/h264_sps.hpp"
#include "media/nal/h265_sps.hpp"
#include "media/rtsp/base64.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

using Buffer = std::vector<std::uint8_t>;

// Made by x264 (baseline 1920x1080 and 4:2:2 10 bit 640x360) and x265 (1920x1080), all 25 frames a
// second.
const Buffer kSps = *base64_decode("Z0LAKNoB4AiflwEQAAADABAAAAMDIPGDKg==");
const Buffer kPps = *base64_decode("aM4PyA==");
const Buffer kSps422 = *base64_decode("Z3oAHrbNlAoC/4nARAAAAwAEAAADAMg8WLZY");
const Buffer kVps265 = *base64_decode("QAEMAf//AWAAAAMAkAAAAwAAAwB4lZgJ");
const Buffer kSps265 = *base64_decode("QgEBAWAAAAMAkAAAAwAAAwB4oAPAgBDlllZpJMrwFoCAAAADAIAAAAyE");
const Buffer kPps265 = *base64_decode("RAHBcrRiQA==");

TEST(AnnexB, SplitsThreeAndFourByteStartCodes) {
    const Buffer stream = {9, 9,    0, 0, 0, 1, 0x65, 1,    2, 0, 0,
                           1, 0x41, 7, 0, 0, 0, 1,    0x06, 5, 0, 0};
    AnnexBReader reader(stream);
    std::vector<Buffer> units;
    while (const auto nal = reader.next()) {
        units.emplace_back(nal->begin(), nal->end());
    }
    EXPECT_EQ(units, (std::vector<Buffer>{{0x65, 1, 2}, {0x41, 7}, {0x06, 5}}));
}

TEST(LengthPrefixed, GoesToAnnexBAndStopsAtBrokenLength) {
    Buffer bytes;
    append_length_prefixed(bytes, Buffer{0x65, 1});
    append_length_prefixed(bytes, Buffer{0x41, 2, 3});
    EXPECT_EQ(to_annex_b(bytes), (Buffer{0, 0, 0, 1, 0x65, 1, 0, 0, 0, 1, 0x41, 2, 3}));
    bytes.pop_back();
    LengthPrefixedReader reader(bytes);
    EXPECT_TRUE(reader.next());
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.is_broken());
    EXPECT_TRUE(is_key(Codec::H264, bytes));
}

TEST(Nal, TellsKeySlicesFromOthers) {
    EXPECT_EQ(kind_of(Codec::H264, Buffer{0x65, 0x88}), NalKind::KeySlice);
    EXPECT_EQ(kind_of(Codec::H264, Buffer{0x41, 0x9a}), NalKind::Slice);
    EXPECT_EQ(kind_of(Codec::H264, kSps), NalKind::Sps);
    EXPECT_EQ(kind_of(Codec::H265, Buffer{0x26, 0x01, 0xaf}), NalKind::KeySlice);
    EXPECT_EQ(kind_of(Codec::H265, Buffer{0x02, 0x01, 0xd0}), NalKind::Slice);
    EXPECT_EQ(kind_of(Codec::H265, kVps265), NalKind::Vps);
    EXPECT_EQ(kind_of(Codec::H265, Buffer{0x26}), NalKind::Other);
    EXPECT_EQ(kind_of(Codec::H264, Buffer{}), NalKind::Other);
}

TEST(H264Sps, ReadsSizeWithCroppingAndFrameRate) {
    const auto sps = parse_h264_sps(kSps);
    ASSERT_TRUE(sps);
    EXPECT_EQ(sps->width, 1920U);
    EXPECT_EQ(sps->height, 1080U);
    EXPECT_EQ(sps->profile, 66);
    EXPECT_DOUBLE_EQ(sps->frame_rate, 25);
}

TEST(H264Sps, ReadsHighProfiles) {
    const auto sps = parse_h264_sps(kSps422);
    ASSERT_TRUE(sps);
    EXPECT_EQ(sps->width, 640U);
    EXPECT_EQ(sps->height, 360U);
    EXPECT_EQ(sps->chroma_format, 2U);
    EXPECT_EQ(sps->bit_depth_luma, 10U);
    EXPECT_DOUBLE_EQ(sps->frame_rate, 25);
}

TEST(H264Sps, FailsOnEveryTruncationOfTheSize) {
    for (std::size_t size = 0; size < 9; ++size) {
        EXPECT_FALSE(parse_h264_sps(Bytes(kSps).first(size))) << size;
    }
}

TEST(H265ParameterSets, GiveSizeAndProfile) {
    const auto sps = parse_h265_sps(kSps265);
    ASSERT_TRUE(sps);
    EXPECT_EQ(sps->width, 1920U);
    EXPECT_EQ(sps->height, 1080U);
    EXPECT_EQ(sps->profile.space_tier_profile, 1);
    EXPECT_EQ(sps->profile.level, 120);
    EXPECT_EQ(sps->temporal_layers, 1);
    const auto vps = parse_h265_vps(kVps265);
    ASSERT_TRUE(vps);
    EXPECT_EQ(vps->temporal_layers, 1);
    EXPECT_FALSE(parse_h265_sps(Bytes(kSps265).first(18)));
}

TEST(DecoderConfig, SurvivesWritingAndReadingForH264) {
    ParameterSets sets;
    EXPECT_TRUE(add_parameter_set(sets, Codec::H264, kSps));
    EXPECT_FALSE(make_codec_parameters(Codec::H264, sets));
    EXPECT_TRUE(add_parameter_set(sets, Codec::H264, kPps));
    EXPECT_FALSE(add_parameter_set(sets, Codec::H264, kPps));
    const auto parameters = make_codec_parameters(Codec::H264, sets);
    ASSERT_TRUE(parameters);
    EXPECT_EQ(read_decoder_config(Codec::H264, parameters->decoder_config), sets);
    EXPECT_EQ(nal_length_size(Codec::H264, parameters->decoder_config), 4U);
}

TEST(DecoderConfig, SurvivesWritingAndReadingForH265) {
    ParameterSets sets;
    for (const Buffer& nal : {kVps265, kSps265, kPps265}) {
        EXPECT_TRUE(add_parameter_set(sets, Codec::H265, nal));
    }
    const auto parameters = make_codec_parameters(Codec::H265, sets);
    ASSERT_TRUE(parameters);
    EXPECT_EQ(parameters->width, 1920U);
    EXPECT_EQ(read_decoder_config(Codec::H265, parameters->decoder_config), sets);
    EXPECT_EQ(nal_length_size(Codec::H265, parameters->decoder_config), 4U);
    const Bytes record = parameters->decoder_config;
    for (std::size_t size = 0; size < record.size(); ++size) {
        EXPECT_FALSE(read_decoder_config(Codec::H265, record.first(size))) << size;
    }
}

TEST(DecoderConfig, ReplacesASetOfTheSameId) {
    ParameterSets sets;
    EXPECT_TRUE(add_parameter_set(sets, Codec::H264, kSps));
    EXPECT_TRUE(add_parameter_set(sets, Codec::H264, kSps422));
    ASSERT_EQ(sets.sps.size(), 1U);
    EXPECT_EQ(sets.sps.front(), kSps422);
}

TEST(EmulationPrevention, IsRemoved) {
    EXPECT_EQ(
        remove_emulation_prevention(Buffer{1, 0, 0, 3, 1, 0, 0, 3, 0, 0, 3, 3}),
        (Buffer{1, 0, 0, 1, 0, 0, 0, 0, 3})
    );
}

}  // namespace
}  // namespace bongsu::media
