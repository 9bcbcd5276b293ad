#include "ingest/backoff.hpp"
#include "ingest/connect_gate.hpp"

#include <gtest/gtest.h>

namespace bongsu::ingest {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

TEST(Backoff, DoublesUpToTheLongestAndStartsAgain) {
    Backoff backoff(seconds{1}, seconds{5}, [] { return 1.0; });
    EXPECT_EQ(backoff.next(), seconds{1});
    EXPECT_EQ(backoff.next(), seconds{2});
    EXPECT_EQ(backoff.next(), seconds{4});
    EXPECT_EQ(backoff.next(), seconds{5});
    EXPECT_EQ(backoff.next(), seconds{5});
    backoff.reset();
    EXPECT_EQ(backoff.next(), seconds{1});
}

TEST(Backoff, WaitsAtLeastHalfByChance) {
    Backoff backoff(seconds{1}, seconds{60}, [] { return 0.0; });
    EXPECT_EQ(backoff.next(), milliseconds{500});
    EXPECT_EQ(backoff.next(), seconds{1});
}

TEST(Backoff, GoesStraightToTheLongestWaitWhenAPersonIsNeeded) {
    Backoff backoff(seconds{1}, seconds{60}, [] { return 1.0; });
    EXPECT_EQ(backoff.next_rare(), seconds{60});
}

TEST(ConnectGate, SpreadsAStampede) {
    ConnectGate gate(50);
    const MonoTime now{seconds{100}};
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(gate.reserve(now), now + i * milliseconds{20});
    }
    EXPECT_EQ(gate.reserve(now + seconds{9}), now + seconds{9});
}

}  // namespace
}  // namespace bongsu::ingest
