#include "ingest/backoff.hpp"
#include "ingest/connect_gate.hpp"

#include <gtest/gtest.h>

namespace bongsu::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Backoff, DoublesUpToTheLongestAndStartsAgain) {
    Backoff backoff({seconds{1}, seconds{5}, seconds{60}}, [] { return 1.0; });
    EXPECT_EQ(backoff.next(), seconds{1});
    EXPECT_EQ(backoff.next(), seconds{2});
    EXPECT_EQ(backoff.next(), seconds{4});
    EXPECT_EQ(backoff.next(), seconds{5});
    EXPECT_EQ(backoff.next(), seconds{5});
    backoff.reset();
    EXPECT_EQ(backoff.next(), seconds{1});
}

TEST(Backoff, WaitsAtLeastHalfByChance) {
    Backoff backoff({seconds{1}, seconds{60}, seconds{60}}, [] { return 0.0; });
    EXPECT_EQ(backoff.next(), milliseconds{500});
    EXPECT_EQ(backoff.next(), seconds{1});
}

TEST(Backoff, WaitsLongWhenAPersonIsNeeded) {
    Backoff backoff({seconds{1}, seconds{10}, seconds{60}}, [] { return 1.0; });
    EXPECT_EQ(backoff.next_refused(), seconds{60});
}

TEST(Backoff, TriesARefusedPasswordLessAndLess) {
    Backoff backoff({seconds{1}, seconds{10}, seconds{60}}, [] { return 1.0; });
    EXPECT_EQ(backoff.next_login(false), seconds{60});
    EXPECT_EQ(backoff.next_login(false), seconds{120});
    for (int i = 0; i < 10; ++i) {
        backoff.next_login(false);
    }
    EXPECT_EQ(backoff.next_login(false), seconds{960});
}

TEST(Backoff, TriesAPasswordThatHasWorkedTwiceMoreSoon) {
    Backoff backoff({seconds{1}, seconds{10}, seconds{60}}, [] { return 1.0; });
    EXPECT_EQ(backoff.next_login(true), seconds{10});
    EXPECT_EQ(backoff.next_login(true), seconds{10});
    EXPECT_EQ(backoff.next_login(true), seconds{60});
    EXPECT_EQ(backoff.next_login(true), seconds{120});
}

TEST(ConnectGate, SpreadsAStampede) {
    ConnectGate gate(50);
    const MonoTime now{seconds{100}};
    MonoTime last;
    for (int i = 0; i < 50; ++i) {
        last = gate.reserve(now, Attempt::First);
    }
    EXPECT_EQ(last, now + milliseconds{960});
    EXPECT_EQ(gate.reserve(now + seconds{9}, Attempt::First), now + seconds{9});
}

TEST(ConnectGate, KeepsHalfOfItsRateForFirstAttempts) {
    ConnectGate gate(50);
    const MonoTime now{seconds{100}};
    for (int i = 0; i < 100; ++i) {
        gate.reserve(now, Attempt::Again);
    }
    EXPECT_EQ(gate.reserve(now, Attempt::Again), now + seconds{4});
    EXPECT_EQ(gate.reserve(now, Attempt::First), now);
}

}  // namespace
}  // namespace bongsu::ingest
