#include "media/decoder/decoder.hpp"

#include "media/testing/clip.hpp"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

const CameraId kCamera{"door"};
const WallTime kStart{std::chrono::seconds{1'750'000'000}};

/// A white block that moves 4 pixels per picture.
void draw_block(int index, WritableFrame& picture) {
    testing::fill_luma(picture, index * 4, 100, 40, 60, 235);
}

std::vector<AccessUnitPtr> block_units(const testing::ClipSpec& spec) {
    auto units = testing::make_units(spec, kCamera, kStart, draw_block);
    EXPECT_TRUE(units.has_value()) << (units ? "" : units.error().describe());
    return units.value_or(std::vector<AccessUnitPtr>{});
}

int luma_at(const Frame& frame, int x, int y) {
    return frame.planes[0].data[static_cast<std::ptrdiff_t>(y) * frame.planes[0].stride + x];
}

AccessUnitPtr with_bytes(const AccessUnit& unit, std::vector<std::uint8_t> bytes) {
    auto changed = std::make_shared<AccessUnit>(unit);
    changed->bytes = std::make_shared<const std::vector<std::uint8_t>>(std::move(bytes));
    return changed;
}

class DecoderOf : public ::testing::TestWithParam<Codec> {};

TEST_P(DecoderOf, GivesOneFramePerUnitWithItsTime) {
    const auto units =
        block_units({.codec = GetParam(), .width = 322, .height = 242, .frames = 20});
    ASSERT_EQ(units.size(), 20U);
    Decoder decoder;
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto frame = decoder.decode(*units[i]);
        ASSERT_TRUE(frame.has_value()) << frame.error().describe();
        ASSERT_TRUE(frame->has_value()) << "unit " << i;
        EXPECT_EQ((*frame)->wall, units[i]->wall);
        EXPECT_EQ((*frame)->is_key, units[i]->is_key);
        EXPECT_EQ((*frame)->camera, kCamera);
        EXPECT_EQ((*frame)->width, 322);
        EXPECT_EQ((*frame)->planes[1].width, 161);
        EXPECT_GT(luma_at(**frame, static_cast<int>(i) * 4 + 20, 130), 200);
        EXPECT_LT(luma_at(**frame, static_cast<int>(i) * 4 + 80, 130), 150);
    }
    EXPECT_EQ(decoder.stats().opened, 1U);
}

INSTANTIATE_TEST_SUITE_P(Codecs, DecoderOf, ::testing::Values(Codec::H264, Codec::H265));

TEST(Decoder, FramesOutliveTheDecoder) {
    const auto units = block_units({.frames = 1});
    std::optional<Frame> frame;
    {
        Decoder decoder;
        frame = *decoder.decode(*units.front());
    }
    ASSERT_TRUE(frame.has_value());
    EXPECT_GT(luma_at(*frame, 20, 130), 200);
}

TEST(Decoder, OneDecoderServesKeyFramesOfCamerasOfDifferentSizeAndCodec) {
    const auto a = block_units({.codec = Codec::H264, .width = 640, .height = 360, .frames = 2});
    const auto b = block_units({.codec = Codec::H265, .width = 320, .height = 240, .frames = 2});
    Decoder decoder;
    for (int round = 0; round < 3; ++round) {
        const auto from_a = decoder.decode_key(*a.front());
        ASSERT_TRUE(from_a.has_value()) << from_a.error().describe();
        EXPECT_EQ(from_a->width, 640);
        const auto from_b = decoder.decode_key(*b.front());
        ASSERT_TRUE(from_b.has_value()) << from_b.error().describe();
        EXPECT_EQ(from_b->width, 320);
    }
}

TEST(Decoder, KeyFrameOfAStreamWithBFramesComesOutAtOnce) {
    const auto units = block_units({.frames = 12, .key_interval = 12, .b_frames = 3});
    Decoder decoder;
    const auto frame = decoder.decode_key(*units.front());
    ASSERT_TRUE(frame.has_value()) << frame.error().describe();
    EXPECT_EQ(frame->wall, units.front()->wall);
}

TEST(Decoder, WaitsForAKeyFrame) {
    const auto units = block_units({.frames = 12, .key_interval = 6});
    Decoder decoder;
    EXPECT_FALSE(decoder.decode(*units[3])->has_value());
    EXPECT_EQ(decoder.stats().skipped, 1U);
    EXPECT_FALSE(decoder.decode_key(*units[3]).has_value());
    EXPECT_TRUE(decoder.decode(*units[6])->has_value());
}

TEST(Decoder, IsUnhealthyAfterGarbageAndRecoversAtTheNextKeyFrame) {
    const auto units = block_units({.frames = 12, .key_interval = 6});
    Decoder decoder;
    ASSERT_TRUE(decoder.decode(*units[0])->has_value());
    const auto broken = decoder.decode(*with_bytes(*units[1], {0, 0, 0, 200, 0x65, 1, 2, 3}));
    ASSERT_FALSE(broken.has_value());
    EXPECT_EQ(broken.error().kind, ErrorKind::Corrupt);
    EXPECT_NE(broken.error().describe().find("door"), std::string::npos);
    EXPECT_FALSE(decoder.is_healthy());
    EXPECT_FALSE(decoder.decode(*units[2])->has_value());
    EXPECT_TRUE(decoder.decode(*units[6])->has_value());
    EXPECT_TRUE(decoder.is_healthy());
    EXPECT_EQ(decoder.stats().errors, 1U);
}

TEST(Decoder, RefusesPicturesAboveTheLimit) {
    const auto units = block_units({.frames = 1});
    Decoder decoder({.max_side = 500});
    const auto frame = decoder.decode(*units.front());
    ASSERT_FALSE(frame.has_value());
    EXPECT_EQ(frame.error().kind, ErrorKind::Unsupported);
}

TEST(Decoder, RefusesAnEmptyUnit) {
    const auto units = block_units({.frames = 1});
    Decoder decoder;
    EXPECT_FALSE(decoder.decode(*with_bytes(*units.front(), {})).has_value());
    AccessUnit bare = *units.front();
    bare.parameters = nullptr;
    EXPECT_FALSE(decoder.decode(bare).has_value());
}

TEST(Decoder, SurvivesEveryTruncationOfAUnit) {
    const auto units = block_units({.width = 160, .height = 120, .frames = 2, .key_interval = 1});
    const auto& bytes = *units.front()->bytes;
    Decoder decoder;
    for (std::size_t size = 1; size < bytes.size(); size += 7) {
        const std::vector<std::uint8_t> cut(bytes.begin(), bytes.begin() + static_cast<long>(size));
        (void)decoder.decode_key(*with_bytes(*units.front(), cut));
    }
    EXPECT_TRUE(decoder.decode_key(*units[1]).has_value());
}

/// Real and damaged streams; only where the footage is present.
TEST(Decoder, ReadsRecordedFootageWithoutCrashing) {
    const char* data = std::getenv("BONGSU_DATA");
    if (data == nullptr || !std::filesystem::exists(std::filesystem::path(data) / "media")) {
        GTEST_SKIP() << "BONGSU_DATA names no folder with media/: footage is absent";
    }
    int decoded_files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(data) / "media")) {
        const auto units = testing::read_units(entry.path(), kCamera, kStart);
        if (!units) {
            continue;
        }
        Decoder decoder;
        for (const AccessUnitPtr& unit : *units) {
            (void)decoder.decode(*unit);
        }
        decoded_files += decoder.stats().frames > 0 ? 1 : 0;
    }
    EXPECT_GE(decoded_files, 10);
}

}  // namespace
}  // namespace bongsu::media
