#include "vision/self_check.hpp"

#include <cmath>
#include <limits>
#include <numeric>

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

TEST(CheckPicture, IsTheOneThatTheRecipesWereMadeWith) {
    // The same numbers stand in tools/models/tests/test_pattern.py.
    const auto picture = check_picture(96, 64);
    const std::size_t pixel = (40 * 96 + 50) * 3;
    EXPECT_EQ(picture[pixel], 107);
    EXPECT_EQ(picture[pixel + 1], 118);
    EXPECT_EQ(picture[pixel + 2], 129);
    EXPECT_EQ(std::accumulate(picture.begin(), picture.end(), 0L), 2271484);
}

TEST(DigestDifference, NoticesAChangedRegion) {
    std::vector<float> output(1000);
    std::iota(output.begin(), output.end(), -500.F);
    const OutputDigest good = digest_of(output);
    EXPECT_EQ(digest_difference(good, digest_of(output)), 0);
    for (std::size_t i = 100; i < 200; ++i) {
        output[i] += 50;
    }
    EXPECT_GT(digest_difference(good, digest_of(output)), 1e-3);
}

TEST(DigestDifference, NotANumberNeverPasses) {
    const std::vector<float> good(16, 1.F);
    const std::vector<float> bad(16, std::numeric_limits<float>::quiet_NaN());
    EXPECT_TRUE(std::isinf(digest_difference(digest_of(good), digest_of(bad))));
}

TEST(DigestDifference, OtherSizeNeverPasses) {
    const std::vector<float> a(16, 1.F);
    const std::vector<float> b(17, 1.F);
    EXPECT_TRUE(std::isinf(digest_difference(digest_of(a), digest_of(b))));
}

}  // namespace
}  // namespace bongsu::vision
