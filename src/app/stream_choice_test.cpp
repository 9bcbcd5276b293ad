#include "app/stream_choice.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

using std::chrono::seconds;

/// A camera seen once a second, whose owner always lets it try and carries out what it wants.
class Watched {
public:
    /// For so many seconds its streams do this.
    void run(int length, bool sub_plays, bool main_plays) {
        for (int i = 0; i < length; ++i) {
            now_ += seconds{1};
            choice.see(now_, sub_plays, main_plays);
            if (choice.wants_main(now_)) {
                choice.try_main(now_);
                ++tries;
            }
            const StreamRole wanted = choice.wanted(now_);
            if ((wanted == StreamRole::Main) != choice.is_on_main()) {
                choice.settle(wanted);
                ++switches;
            }
        }
    }

    StreamChoice choice{FallbackTimes{}};
    int tries = 0;
    int switches = 0;

private:
    MonoTime now_{std::chrono::hours{1}};
};

TEST(StreamChoice, StaysOnASubStreamThatIsAwayForLessThanTwentySeconds) {
    Watched camera;
    camera.run(60, true, true);
    camera.run(19, false, true);
    camera.run(60, true, true);
    EXPECT_EQ(camera.switches, 0);
}

TEST(StreamChoice, TurnsToTheMainStreamAfterTwentySecondsAndBackAfterThirty) {
    Watched camera;
    camera.run(60, true, true);
    camera.run(25, false, true);
    EXPECT_TRUE(camera.choice.is_on_main());
    camera.run(29, true, true);
    EXPECT_TRUE(camera.choice.is_on_main());
    camera.run(3, true, true);
    EXPECT_FALSE(camera.choice.is_on_main());
    EXPECT_FALSE(camera.choice.needs_main());
    EXPECT_EQ(camera.switches, 2);
}

TEST(StreamChoice, AFlappingSubStreamNeitherCountsAsBackNorSwitchesToAndFro) {
    Watched camera;
    for (int i = 0; i < 20; ++i) {
        camera.run(8, false, true);
        camera.run(2, true, true);
    }
    EXPECT_TRUE(camera.choice.is_on_main());
    EXPECT_EQ(camera.switches, 1);
}

TEST(StreamChoice, GivesTheTurnToOthersWhenTheMainStreamDoesNotPlayEither) {
    Watched camera;
    camera.run(60, true, false);
    camera.run(200, false, false);
    EXPECT_EQ(camera.switches, 0);
    EXPECT_GE(camera.tries, 3);
    EXPECT_LE(camera.tries, 6);
    camera.run(30, false, true);
    EXPECT_TRUE(camera.choice.is_on_main());
}

TEST(StreamChoice, ReturnsAtOnceWhenTheMainStreamIsLostMeanwhile) {
    Watched camera;
    camera.run(30, false, true);
    ASSERT_TRUE(camera.choice.is_on_main());
    camera.run(6, true, false);
    EXPECT_FALSE(camera.choice.is_on_main());
}

}  // namespace
}  // namespace bongsu::app
