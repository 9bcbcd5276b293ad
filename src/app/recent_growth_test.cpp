#include "app/recent_growth.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

using std::chrono::seconds;

TEST(RecentGrowth, CountsTheSpanOnlyAndForgetsWhatIsOlder) {
    RecentGrowth growth(seconds{30});
    EXPECT_EQ(growth.growth(), 0U);
    const MonoTime begin{seconds{100}};
    growth.note(500, begin);
    EXPECT_EQ(growth.growth(), 0U) << "what was counted before anybody looked is not recent";
    growth.note(503, begin + seconds{1});
    EXPECT_EQ(growth.growth(), 3U);
    growth.note(503, begin + seconds{30});
    EXPECT_EQ(growth.growth(), 3U);
    growth.note(504, begin + seconds{32});
    EXPECT_EQ(growth.growth(), 1U);
}

TEST(RecentGrowth, ACounterThatBeganAnewIsNoGrowth) {
    RecentGrowth growth(seconds{30});
    growth.note(500, MonoTime{seconds{1}});
    growth.note(2, MonoTime{seconds{2}});
    EXPECT_EQ(growth.growth(), 0U);
    growth.note(5, MonoTime{seconds{3}});
    EXPECT_EQ(growth.growth(), 3U);
}

}  // namespace
}  // namespace bongsu::app
