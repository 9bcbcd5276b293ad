#include "camsim/timer_wheel.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace bongsu::camsim {
namespace {

using std::chrono::milliseconds;

const MonoTime kStart{std::chrono::seconds{1000}};
constexpr milliseconds kTick{5};

std::vector<TimerWheel::Key> take(TimerWheel& wheel, MonoTime now) {
    std::vector<TimerWheel::Key> due;
    wheel.take_due(now, due);
    return due;
}

TEST(TimerWheel, GivesEntriesOnceWhenTheyAreDue) {
    TimerWheel wheel(kStart, kTick);
    wheel.schedule(7, kStart + milliseconds{12});
    EXPECT_TRUE(take(wheel, kStart + milliseconds{11}).empty());
    EXPECT_EQ(take(wheel, kStart + milliseconds{12}), std::vector<TimerWheel::Key>{7});
    EXPECT_TRUE(take(wheel, kStart + milliseconds{100}).empty());
    EXPECT_EQ(wheel.size(), 0U);
}

TEST(TimerWheel, KeepsEntriesBeyondItsReach) {
    TimerWheel wheel(kStart, kTick);
    wheel.schedule(1, kStart + std::chrono::seconds{60});
    for (int s = 0; s < 60; ++s) {
        EXPECT_TRUE(take(wheel, kStart + std::chrono::seconds{s}).empty()) << s;
    }
    EXPECT_EQ(take(wheel, kStart + std::chrono::seconds{60}).size(), 1U);
}

TEST(TimerWheel, GivesWhatWasDueBeforeNow) {
    TimerWheel wheel(kStart, kTick);
    take(wheel, kStart + milliseconds{500});
    wheel.schedule(3, kStart);
    EXPECT_EQ(take(wheel, kStart + milliseconds{500}).size(), 1U);
}

RC_GTEST_PROP(TimerWheel, NeverForgetsAndIsNeverEarly, ()) {
    TimerWheel wheel(kStart, kTick);
    std::map<TimerWheel::Key, MonoTime> waiting;
    MonoTime now = kStart;
    TimerWheel::Key next = 0;
    const auto steps = *rc::gen::container<std::vector<std::pair<int, int>>>(
        rc::gen::pair(rc::gen::inRange(0, 20'000), rc::gen::inRange(0, 3000))
    );
    for (const auto& [ahead, wait] : steps) {
        waiting[next] = now + milliseconds{ahead};
        wheel.schedule(next, waiting[next]);
        ++next;
        now += milliseconds{wait};
        for (const TimerWheel::Key key : take(wheel, now)) {
            RC_ASSERT(waiting.at(key) <= now);
            waiting.erase(key);
        }
        RC_ASSERT(std::ranges::none_of(waiting, [now](const auto& w) { return w.second <= now; }));
        RC_ASSERT(wheel.size() == waiting.size());
    }
}

}  // namespace
}  // namespace bongsu::camsim
