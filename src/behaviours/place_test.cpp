#include "behaviours/place.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

const Place kSquare{ZoneId{"square"}, {{100, 100}, {300, 100}, {300, 300}, {100, 300}}, 640, 480};

TEST(Place, FootAndCentreAreDifferentPlaces) {
    const Box box{180, 220, 40, 100};  // centre at 270, foot at 320
    EXPECT_FALSE(hit(kSquare, box, HitTest::Foot, 0).is_inside);
    EXPECT_TRUE(hit(kSquare, box, HitTest::Centre, 0).is_inside);
}

TEST(Place, DepthIsCountedInHeightsOfTheBox) {
    const Box box{180, 180, 40, 100};  // foot at 200,280: 20 px from the lower edge
    EXPECT_FLOAT_EQ(hit(kSquare, box, HitTest::Foot, 0).depth, 0.2F);
}

TEST(Place, CornersAreCounted) {
    const Box two_inside{250, 150, 100, 50};
    EXPECT_TRUE(hit(kSquare, two_inside, HitTest::Corners, 2).is_inside);
    EXPECT_FALSE(hit(kSquare, two_inside, HitTest::Corners, 3).is_inside);
}

TEST(Place, WithoutCornersIsTheWholePicture) {
    EXPECT_TRUE(hit(Place{{}, {}, 640, 480}, Box{600, 400, 100, 200}, HitTest::Foot, 0).is_inside);
}

TEST(Place, AZoneToTheBorderHoldsBoxesThatAreCutThere) {
    const Place front{ZoneId{"front"}, {{0, 300}, {640, 300}, {640, 480}, {0, 480}}, 640, 480};
    const Hit cut = hit(front, Box{300, 200, 60, 280}, HitTest::Foot, 0);
    EXPECT_TRUE(cut.is_inside);
    EXPECT_GT(cut.depth, 0.5F) << "the border of the picture is no way in";
}

TEST(Place, ZonesAreScaledToThePicture) {
    Scene scene;
    scene.width = 200;
    scene.height = 100;
    const Zone zone{ZoneId{"z"}, "z", {{0, 0}, {0.5F, 0}, {0.5F, 0.5F}}};
    EXPECT_EQ(places_of({&zone, 1}, scene).front().corners[2], (Point{100, 50}));
    EXPECT_TRUE(places_of({}, scene).front().corners.empty());
}

}  // namespace
}  // namespace bongsu::behaviours
