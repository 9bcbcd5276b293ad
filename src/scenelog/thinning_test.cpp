#include "scenelog/thinning.hpp"

#include <gtest/gtest.h>

namespace bongsu::scenelog {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr WallTime kStart{seconds{1'772'409'600}};

Scene empty_at(Duration after) {
    Scene scene;
    scene.time = kStart + after;
    scene.width = 640;
    scene.height = 360;
    return scene;
}

TEST(Thinning, KeepsEverySceneUntilTheQuietHasLasted) {
    Thinning thinning(seconds{10}, seconds{1});
    for (int ms = 0; ms <= 10'000; ms += 100) {
        EXPECT_TRUE(thinning.wants(empty_at(milliseconds{ms}))) << ms;
    }
    EXPECT_FALSE(thinning.wants(empty_at(milliseconds{10'100})));
}

TEST(Thinning, KeepsOneSceneInAWhileInTheQuiet) {
    Thinning thinning(seconds{0}, seconds{1});
    int kept = 0;
    for (int ms = 100; ms <= 10'000; ms += 100) {
        kept += thinning.wants(empty_at(milliseconds{ms})) ? 1 : 0;
    }
    EXPECT_EQ(kept, 10);
}

TEST(Thinning, KeepsWhatDiffers) {
    Thinning thinning(seconds{0}, seconds{60});
    EXPECT_TRUE(thinning.wants(empty_at(milliseconds{0})));
    EXPECT_FALSE(thinning.wants(empty_at(milliseconds{100})));
    Scene lost = empty_at(milliseconds{200});
    lost.signal = SignalState::Lost;
    EXPECT_TRUE(thinning.wants(lost));
    lost.time += milliseconds{100};
    EXPECT_FALSE(thinning.wants(lost));
    Scene still = empty_at(milliseconds{400});
    still.quality = ViewQuality{.is_identical = true};
    EXPECT_TRUE(thinning.wants(still));
    still.quality->is_identical = false;
    still.time += milliseconds{100};
    EXPECT_TRUE(thinning.wants(still));
}

TEST(Thinning, KeepsEverySceneWithTracks) {
    Thinning thinning(seconds{0}, seconds{60});
    (void)thinning.wants(empty_at(milliseconds{0}));
    const Track track;
    for (int ms = 100; ms < 1000; ms += 100) {
        Scene scene = empty_at(milliseconds{ms});
        scene.tracks = {&track, 1};
        EXPECT_TRUE(thinning.wants(scene));
    }
}

}  // namespace
}  // namespace bongsu::scenelog
