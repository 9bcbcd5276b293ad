#include "media/encoder/repainter.hpp"

#include "media/testing/clip.hpp"

#include <gtest/gtest.h>

namespace bongsu::media {
namespace {

const CameraId kCamera{"door"};
const WallTime kStart{std::chrono::seconds{1'750'000'000}};
const Polygon kLeftHalf{{0, 0}, {0.5F, 0}, {0.5F, 1}, {0, 1}};

/// White everywhere, so that whatever is not black was seen.
void draw_white(int /*index*/, WritableFrame& picture) {
    testing::fill_luma(picture, 0, 0, 10'000, 10'000, 235);
}

int luma_at(const Frame& frame, int x, int y) {
    return frame.planes[0].data[static_cast<std::ptrdiff_t>(y) * frame.planes[0].stride + x];
}

AccessUnit unit_of(const EncodedPicture& picture, WallTime wall) {
    AccessUnit unit;
    unit.camera = kCamera;
    unit.is_key = picture.is_key;
    unit.wall = wall;
    unit.parameters = picture.parameters;
    unit.bytes = std::make_shared<const std::vector<std::uint8_t>>(picture.bytes);
    return unit;
}

class RepainterOf : public ::testing::TestWithParam<Codec> {};

TEST_P(RepainterOf, HidesTheAreaInEveryPictureAndKeepsTheRest) {
    const auto units = testing::make_units(
        {.codec = GetParam(), .width = 640, .height = 362, .frames = 40, .key_interval = 15},
        kCamera,
        kStart,
        draw_white
    );
    ASSERT_TRUE(units) << units.error().describe();
    Repainter repainter({.black = {kLeftHalf}, .max_width = 320});
    Decoder viewer;
    int seen = 0;
    std::shared_ptr<const CodecParameters> parameters;
    for (const AccessUnitPtr& unit : *units) {
        const auto painted = repainter.paint(*unit);
        ASSERT_TRUE(painted) << painted.error().describe();
        ASSERT_TRUE(painted->has_value());
        const auto picture = repainter.encode(**painted, unit->is_key);
        ASSERT_TRUE(picture) << picture.error().describe();
        EXPECT_EQ(picture->is_key, unit->is_key);
        EXPECT_TRUE(parameters == nullptr || parameters == picture->parameters);
        parameters = picture->parameters;
        const auto shown = viewer.decode(unit_of(*picture, unit->wall));
        ASSERT_TRUE(shown && *shown);
        EXPECT_EQ((*shown)->width, 320);
        EXPECT_EQ((*shown)->height, 180);
        for (int y = 0; y < 180; y += 7) {
            for (int x = 0; x < 158; x += 7) {
                EXPECT_LT(luma_at(**shown, x, y), 24) << x << "," << y;
            }
        }
        EXPECT_GT(luma_at(**shown, 250, 90), 220);
        ++seen;
    }
    EXPECT_EQ(seen, 40);
    EXPECT_EQ(parameters->codec, Codec::H264);
    EXPECT_EQ(parameters->width, 320U);
}

INSTANTIATE_TEST_SUITE_P(Codecs, RepainterOf, ::testing::Values(Codec::H264, Codec::H265));

TEST(H264Encoder, GivesTheSameBytesForTheSamePictures) {
    const auto encode = [] {
        WritableFrame drawn = allocate_frame(320, 180);
        draw_white(0, drawn);
        H264Encoder encoder(26);
        return encoder.encode(drawn.frame, true).value().bytes;
    };
    EXPECT_EQ(encode(), encode());
}

TEST(H264Encoder, BeginsAnewWithAKeyPictureWhenTheSizeChanges) {
    H264Encoder encoder(26);
    const auto small = encoder.encode(allocate_frame(320, 180).frame, false);
    ASSERT_TRUE(small) << small.error().describe();
    EXPECT_TRUE(small->is_key);
    EXPECT_FALSE(encoder.encode(allocate_frame(320, 180).frame, false).value().is_key);
    const auto large = encoder.encode(allocate_frame(641, 361).frame, false);
    ASSERT_TRUE(large) << large.error().describe();
    EXPECT_TRUE(large->is_key);
    EXPECT_EQ(large->parameters->width, 640U);
    EXPECT_EQ(large->parameters->height, 360U);
}

TEST(H264Encoder, RefusesPicturesThatAreTooLarge) {
    H264Encoder encoder(26);
    const auto refused = encoder.encode(allocate_frame(4'096, 2'304).frame, true);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::Unsupported);
}

}  // namespace
}  // namespace bongsu::media
