#include "vision/suppression.hpp"

#include <gtest/gtest.h>

namespace bongsu::vision {
namespace {

Detection at(
    float x, float y, float w, float h, float score, ObjectClass cls = ObjectClass::Person
) {
    return {cls, score, {x, y, w, h}, {}};
}

TEST(SuppressOverlaps, KeepsTheBestOfOverlappingBoxes) {
    const auto kept = suppress_overlaps({at(0, 0, 10, 20, .5F), at(1, 0, 10, 20, .9F)}, 0.5F);
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_FLOAT_EQ(kept[0].score, .9F);
}

TEST(SuppressOverlaps, KeepsNeighbours) {
    EXPECT_EQ(suppress_overlaps({at(0, 0, 10, 20, .5F), at(8, 0, 10, 20, .9F)}, 0.5F).size(), 2u);
}

TEST(SuppressOverlaps, RiderAndMotorcycleAreBothKept) {
    const auto kept = suppress_overlaps(
        {at(0, 0, 10, 20, .5F), at(0, 0, 10, 20, .9F, ObjectClass::Motorcycle)}, 0.5F
    );
    EXPECT_EQ(kept.size(), 2u);
}

TEST(SuppressOverlaps, OneVehicleIsNotBothCarAndTruck) {
    const auto kept = suppress_overlaps(
        {at(0, 0, 30, 20, .5F, ObjectClass::Truck), at(1, 0, 30, 20, .6F, ObjectClass::Car)}, 0.5F
    );
    ASSERT_EQ(kept.size(), 1u);
    EXPECT_EQ(kept[0].cls, ObjectClass::Car);
}

TEST(SuppressOverlaps, ResultDoesNotDependOnOrder) {
    const Detection a = at(0, 0, 10, 20, .5F);
    const Detection b = at(2, 0, 10, 20, .5F);
    const auto one = suppress_overlaps({a, b}, 0.5F);
    const auto other = suppress_overlaps({b, a}, 0.5F);
    ASSERT_EQ(one.size(), 1u);
    EXPECT_EQ(one[0].box, other[0].box);
}

}  // namespace
}  // namespace bongsu::vision
