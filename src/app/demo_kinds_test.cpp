#include "app/demo_kinds.hpp"

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

CameraConfig camera_with(std::vector<std::string> behaviours) {
    CameraConfig camera;
    for (std::string& behaviour : behaviours) {
        RuleConfig rule;
        rule.behaviour = std::move(behaviour);
        camera.rules.push_back(std::move(rule));
    }
    return camera;
}

TEST(DemoKinds, TellsWhatCameFromWhatWasOnlyWatchedFor) {
    const std::vector<CameraConfig> cameras{camera_with({"fire", "fall"}), camera_with({"fire"})};
    const DemoKinds kinds = demo_kinds(cameras, {"fire"});
    EXPECT_EQ(kinds.seen, std::vector<std::string>{"fire"});
    EXPECT_EQ(kinds.missed, std::vector<std::string>{"fall"});
    EXPECT_NE(std::ranges::find(kinds.not_watched, "fight"), kinds.not_watched.end());
    EXPECT_EQ(std::ranges::find(kinds.not_watched, "fire"), kinds.not_watched.end());
}

TEST(DemoKinds, SaysNothingOfAnEmptyList) {
    const DemoKinds kinds{.seen = {"fall", "fire"}, .missed = {}, .not_watched = {"fight"}};
    EXPECT_EQ(
        kinds.to_text(), "kinds seen (2): fall fire\nno camera of the demo watches for (1): fight\n"
    );
}

}  // namespace
}  // namespace bongsu::app
