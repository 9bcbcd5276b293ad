#include "vision/verifiers/fire/flame_part.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include <gtest/gtest.h>

namespace bongsu::verifiers::fire {
namespace {

const Box kAll{0, 0, 400, 300};

/// A grey picture of 400x300 with orange patches.
class Picture {
public:
    Picture() { fill(kAll, 90, 128, 128); }

    Picture& with_orange(const Box& where) {
        fill(where, 180, 80, 180);
        return *this;
    }

    const Frame& frame() const { return made_.frame; }

private:
    void fill(const Box& where, std::uint8_t y, std::uint8_t u, std::uint8_t v) {
        const std::uint8_t values[] = {y, u, v};
        for (std::size_t plane = 0; plane < 3; ++plane) {
            const int shrink = plane == 0 ? 1 : 2;
            for (int row = static_cast<int>(where.y) / shrink;
                 row < static_cast<int>(where.bottom()) / shrink;
                 ++row) {
                std::uint8_t* start = made_.data[plane] + static_cast<std::ptrdiff_t>(row) *
                                                              made_.frame.planes[plane].stride;
                std::fill(
                    start + static_cast<int>(where.x) / shrink,
                    start + static_cast<int>(where.right()) / shrink,
                    values[plane]
                );
            }
        }
    }

    WritableFrame made_ = allocate_frame(400, 300);
};

TEST(FlamePart, IsASquareAroundTheLargestPatch) {
    Picture picture;
    picture.with_orange({300, 200, 40, 60}).with_orange({20, 20, 30, 30});
    const auto part = flame_part(picture.frame(), kAll);
    ASSERT_TRUE(part);
    EXPECT_FLOAT_EQ(part->w, part->h);
    EXPECT_NEAR(part->w, 90, 1);
    EXPECT_NEAR(part->centre().x, 320, 1);
    EXPECT_NEAR(part->centre().y, 230, 16) << "moved so that it stays inside";
    EXPECT_EQ(intersection(*part, kAll), *part);
}

TEST(FlamePart, LooksNowhereElse) {
    Picture picture;
    picture.with_orange({300, 200, 80, 80}).with_orange({40, 40, 30, 30});
    const Box corner{20, 20, 100, 100};
    const auto part = flame_part(picture.frame(), corner);
    ASSERT_TRUE(part);
    EXPECT_EQ(intersection(*part, corner), *part);
    EXPECT_NEAR(part->w, 45, 4);
}

TEST(FlamePart, NothingInAGreyPictureAndNothingOfASpeck) {
    EXPECT_FALSE(flame_part(Picture().frame(), kAll));
    EXPECT_FALSE(flame_part(Picture().with_orange({100, 100, 8, 8}).frame(), kAll));
}

TEST(FlamePart, APatchAsWideAsThePictureIsCutToItsHeight) {
    Picture picture;
    picture.with_orange({0, 150, 400, 40});
    const auto part = flame_part(picture.frame(), kAll);
    ASSERT_TRUE(part);
    EXPECT_FLOAT_EQ(part->h, 300);
}

}  // namespace
}  // namespace bongsu::verifiers::fire
