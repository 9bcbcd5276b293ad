#include "vision/detectors/nanodet/decode.hpp"

#include <limits>

#include <gtest/gtest.h>

namespace bongsu::detectors::nanodet {
namespace {

constexpr int kBins = 11;

/// A 3x2 grid of two classes (person, something unknown), silent but for what a test sets.
struct Grid {
    std::vector<float> scores = std::vector<float>(3 * 2 * 2, 0.F);
    std::vector<float> boxes = std::vector<float>(3 * 2 * 4 * kBins, 0.F);
    DecodeRules rules{kBins, {ObjectClass::Person, std::nullopt}, 0.3F};

    /// Puts all weight of one side of a cell on one bin.
    void set_side(std::size_t cell, std::size_t side, std::size_t bin) {
        boxes[(cell * 4 + side) * kBins + bin] = 60.F;
    }

    std::vector<Detection> decode() const {
        std::vector<Detection> out;
        decode_level({scores, boxes, 16, 3, 2}, rules, out);
        return out;
    }
};

TEST(DecodeLevel, CellFourIsTheMiddleOfTheSecondRow) {
    Grid grid;
    grid.scores[4 * 2] = 0.8F;
    for (std::size_t side = 0; side < 4; ++side) {
        grid.set_side(4, side, side + 1);  // left 1, top 2, right 3, bottom 4 strides
    }
    const auto found = grid.decode();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].cls, ObjectClass::Person);
    EXPECT_FLOAT_EQ(found[0].score, 0.8F);
    // The centre of column 1, row 1 at stride 16 is (24, 24).
    EXPECT_NEAR(found[0].box.x, 24 - 16, 1e-3);
    EXPECT_NEAR(found[0].box.y, 24 - 32, 1e-3);
    EXPECT_NEAR(found[0].box.right(), 24 + 48, 1e-3);
    EXPECT_NEAR(found[0].box.bottom(), 24 + 64, 1e-3);
}

TEST(DecodeLevel, EqualBinsMeanTheMiddleOfTheirRange) {
    Grid grid;
    grid.scores[0] = 0.8F;
    const auto found = grid.decode();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_NEAR(found[0].box.w, 2 * 5 * 16, 1e-3);  // the mean of bins 0..10 is 5
}

TEST(DecodeLevel, UnknownClassesAreDroppedButDoNotHideAPerson) {
    Grid grid;
    grid.scores[1] = 0.9F;  // cell 0, unknown class only
    grid.scores[2] = 0.5F;  // cell 1, person ...
    grid.scores[3] = 0.9F;  // ... and a more probable unknown class
    const auto found = grid.decode();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_FLOAT_EQ(found[0].score, 0.5F);
}

TEST(DecodeLevel, BelowTheThresholdNothingIsFound) {
    Grid grid;
    grid.scores[0] = 0.29F;
    EXPECT_TRUE(grid.decode().empty());
}

TEST(DecodeLevel, NotANumberIsDropped) {
    Grid grid;
    grid.scores[0] = std::numeric_limits<float>::quiet_NaN();
    grid.scores[2] = 0.9F;
    grid.boxes[1 * 4 * kBins] = std::numeric_limits<float>::infinity();
    EXPECT_TRUE(grid.decode().empty());
}

}  // namespace
}  // namespace bongsu::detectors::nanodet
