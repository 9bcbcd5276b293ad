#include "vision/canvas.hpp"

#include <random>
#include <vector>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace bongsu::vision {
namespace {

constexpr Normalisation kNanoDet{
    {103.53F, 116.28F, 123.675F}, {1 / 57.375F, 1 / 57.12F, 1 / 58.395F}, false
};

/// A smooth, colourful frame: rounding of chroma does not dominate.
Frame colourful_frame(int width, int height) {
    WritableFrame out = allocate_frame(width, height);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            out.data[0][y * width + x] = static_cast<std::uint8_t>(40 + (x * 3 + y * 2) % 180);
        }
    }
    for (int y = 0; y < height / 2; ++y) {
        for (int x = 0; x < width / 2; ++x) {
            out.data[1][y * (width / 2) + x] = static_cast<std::uint8_t>(110 + x * 30 / width);
            out.data[2][y * (width / 2) + x] = static_cast<std::uint8_t>(120 + y * 30 / height);
        }
    }
    return out.frame;
}

cv::Mat to_bgr(const Frame& frame) {
    cv::Mat yuv(frame.height * 3 / 2, frame.width, CV_8UC1);
    std::uint8_t* to = yuv.data;
    for (const Plane& plane : frame.planes) {
        for (int y = 0; y < plane.height; ++y) {
            to = std::copy_n(plane.data + y * plane.stride, plane.width, to);
        }
    }
    cv::Mat bgr;
    cv::cvtColor(yuv, bgr, cv::COLOR_YUV2BGR_I420);
    return bgr;
}

TEST(Canvas, MatchesOpenCvConversionWithoutResizing) {
    const Frame frame = colourful_frame(64, 48);
    std::vector<float> planes(64 * 48 * 3);
    Canvas canvas(planes, 64, 48, {});
    canvas.draw(frame, {0, 0, 64, 48}, {0, 0, 64, 48});
    const cv::Mat expected = to_bgr(frame);
    double total = 0;
    for (int y = 0; y < 48; ++y) {
        for (int x = 0; x < 64; ++x) {
            for (int c = 0; c < 3; ++c) {
                const float found = planes[static_cast<std::size_t>(c * 64 * 48 + y * 64 + x)];
                // OpenCV repeats chroma, this canvas interpolates it: the ramps differ by up to one
                // step.
                EXPECT_NEAR(found, expected.at<cv::Vec3b>(y, x)[c], 3.0)
                    << x << "," << y << "," << c;
                total += std::abs(found - expected.at<cv::Vec3b>(y, x)[c]);
            }
        }
    }
    EXPECT_LT(total / (64 * 48 * 3), 1.0);
}

TEST(Canvas, NormalisesInChannelOrder) {
    WritableFrame grey = allocate_frame(8, 8);
    std::fill_n(grey.data[0], 64, std::uint8_t{126});  // (126-16)*1.164 = 128.08
    std::fill_n(grey.data[1], 16, std::uint8_t{128});
    std::fill_n(grey.data[2], 16, std::uint8_t{128});
    std::vector<float> planes(8 * 8 * 3);
    Canvas canvas(planes, 8, 8, kNanoDet);
    canvas.draw(grey.frame, {0, 0, 8, 8}, {0, 0, 8, 8});
    const float value = (126 - 16) * 1.164384F;
    EXPECT_NEAR(planes[0], (value - 103.53F) / 57.375F, 1e-4);
    EXPECT_NEAR(planes[64], (value - 116.28F) / 57.12F, 1e-4);
    EXPECT_NEAR(planes[128], (value - 123.675F) / 58.395F, 1e-4);
}

TEST(Canvas, RgbNetworksGetRedFirst) {
    WritableFrame red = allocate_frame(8, 8);
    std::fill_n(red.data[0], 64, std::uint8_t{81});
    std::fill_n(red.data[1], 16, std::uint8_t{90});
    std::fill_n(red.data[2], 16, std::uint8_t{240});
    std::vector<float> planes(8 * 8 * 3);
    Canvas canvas(planes, 8, 8, {{0, 0, 0}, {1, 1, 1}, true});
    canvas.draw(red.frame, {0, 0, 8, 8}, {0, 0, 8, 8});
    EXPECT_GT(planes[0], 240);
    EXPECT_LT(planes[64], 15);
    EXPECT_LT(planes[128], 15);
}

TEST(Canvas, FullRangeIsNotStretched) {
    WritableFrame dark = allocate_frame(8, 8);
    dark.frame.is_full_range = true;
    std::fill_n(dark.data[0], 64, std::uint8_t{16});
    std::fill_n(dark.data[1], 16, std::uint8_t{128});
    std::fill_n(dark.data[2], 16, std::uint8_t{128});
    std::vector<float> planes(8 * 8 * 3);
    Canvas canvas(planes, 8, 8, {});
    canvas.draw(dark.frame, {0, 0, 8, 8}, {0, 0, 8, 8});
    EXPECT_NEAR(planes[0], 16, 1e-4);
}

TEST(Canvas, DrawsOnlyInsideTheTarget) {
    const Frame frame = colourful_frame(33, 17);  // odd sides: chroma is rounded up
    std::vector<float> planes(32 * 32 * 3, -7.F);
    Canvas canvas(planes, 32, 32, {});
    canvas.draw(frame, {1, 1, 32, 16}, {4, 8, 10, 6});
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 32; ++x) {
            const bool is_inside = x >= 4 && x < 14 && y >= 8 && y < 14;
            EXPECT_EQ(planes[static_cast<std::size_t>(y * 32 + x)] == -7.F, !is_inside)
                << x << "," << y;
        }
    }
}

}  // namespace
}  // namespace bongsu::vision
