#include "behaviours/size_map.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

constexpr int kWidth = 1280;
constexpr int kHeight = 720;

/// Somebody who has walked to `foot` and is `height` pixels tall there.
Track walker(Point foot, float height, float share = 0.4F) {
    Track track;
    track.state = TrackState::Confirmed;
    track.box = {foot.x - share * height / 2, foot.y - height, share * height, height};
    Box before = track.box;
    before.x -= height;
    track.history = {{.time = {}, .box = before}, {.time = {}, .box = track.box}};
    return track;
}

void show(SizeMap& sizes, const Track& track, int times, const GroundPlane& plane = {}) {
    for (int i = 0; i < times; ++i) {
        const std::vector<Track> tracks{track};
        Scene scene{.width = kWidth, .height = kHeight, .tracks = tracks};
        sizes.learn(scene, plane);
    }
}

TEST(SizeMap, KnowsNothingUntilPeopleHaveWalkedBy) {
    SizeMap sizes;
    EXPECT_FALSE(sizes.height_at(600));
    show(sizes, walker({600, 600}, 200), 3);
    EXPECT_FALSE(sizes.height_at(600));
    show(sizes, walker({600, 600}, 200), 10);
    ASSERT_TRUE(sizes.height_at(600));
    EXPECT_FLOAT_EQ(*sizes.height_at(600), 200);
}

TEST(SizeMap, FarAndNearRowsAreLearntApartAndFillWhatLiesBetween) {
    SizeMap sizes;
    show(sizes, walker({600, 600}, 200), 20);
    show(sizes, walker({600, 440}, 120), 20);
    EXPECT_FLOAT_EQ(sizes.height_at(600).value_or(0), 200);
    EXPECT_FLOAT_EQ(sizes.height_at(440).value_or(0), 120);
    EXPECT_FLOAT_EQ(sizes.height_at(520).value_or(0), 160);
    EXPECT_FALSE(sizes.height_at(100));
}

TEST(SizeMap, MedianOutlastsFewWrongBoxes) {
    SizeMap sizes;
    show(sizes, walker({600, 600}, 200), 20);
    show(sizes, walker({600, 600}, 350), 6);
    EXPECT_FLOAT_EQ(sizes.height_at(600).value_or(0), 200);
}

TEST(SizeMap, WhoLiesStandsStillOrIsCutTeachesNothing) {
    SizeMap sizes;
    show(sizes, walker({600, 600}, 80, 2), 20);
    show(sizes, walker({600, 719}, 200), 20);
    Track still = walker({600, 600}, 200);
    still.history.front().box = still.box;
    show(sizes, still, 20);
    EXPECT_FALSE(sizes.height_at(600));
}

TEST(SizeMap, GivenPlaneOverridesWhatIsLearnt) {
    SizeMap sizes;
    const GroundPlane plane{
        .far_row = 0.4F, .far_height = 0.1F, .near_row = 0.9F, .near_height = 0.35F
    };
    show(sizes, walker({600, 600}, 300), 20, plane);
    EXPECT_NEAR(sizes.height_at(0.4F * kHeight).value_or(0), 0.1F * kHeight, 0.01);
    EXPECT_NEAR(sizes.height_at(0.65F * kHeight).value_or(0), 0.225F * kHeight, 0.01);
    EXPECT_FALSE(sizes.height_at(0));  // above the horizon
}

TEST(GroundPlane, HalfOfItIsRefused) {
    const SettingsSchema schema(ground_plane_fields());
    const auto half =
        schema.parse(Value(Value::Map{{"near_row", 0.9}, {"near_height", 0.3}}), "rules.r");
    ASSERT_TRUE(half);
    const auto plane = parse_ground_plane(*half, "rules.r");
    ASSERT_FALSE(plane);
    EXPECT_TRUE(plane.error().message.starts_with("rules.r: ")) << plane.error().message;
    const auto none = schema.parse(Value(Value::Map{}), "rules.r");
    ASSERT_TRUE(none);
    EXPECT_TRUE(parse_ground_plane(*none, "rules.r"));
}

}  // namespace
}  // namespace bongsu::behaviours
