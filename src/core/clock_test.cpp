#include "core/clock.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(Iso8601, RoundTripsToTheMillisecond) {
    const WallTime time{Duration{1'795'300'805'123'000}};
    const std::string text = to_iso8601(time);
    EXPECT_EQ(parse_iso8601(text).value(), time) << text;
}

TEST(Iso8601, AcceptsOffsetsAndFractions) {
    const WallTime utc = parse_iso8601("2026-11-21T13:00:00Z").value();
    EXPECT_EQ(parse_iso8601("2026-11-21T22:00:00+09:00").value(), utc);
    EXPECT_EQ(parse_iso8601("2026-11-21T13:00:00.25Z").value() - utc, Duration{250'000});
}

TEST(Iso8601, RefusesWhatIsNotATime) {
    for (const char* text :
         {"",
          "2026",
          "2026-13-01T00:00:00Z",
          "2026-02-30T00:00:00Z",
          "2026-11-21 13:00:00Z",
          "2026-11-21T13:00:00",
          "2026-11-21T13:00:00Zx",
          "2026-11-21T25:00:00Z",
          "2026-11-21T13:00:00.Z"}) {
        EXPECT_FALSE(parse_iso8601(text).has_value()) << text;
    }
}

TEST(ManualClock, MovesOnlyWhenTold) {
    ManualClock clock;
    const MonoTime before = clock.mono();
    clock.set_wall(clock.wall() - std::chrono::hours{1});
    EXPECT_EQ(clock.mono(), before);
    clock.advance(std::chrono::seconds{2});
    EXPECT_EQ(clock.mono() - before, std::chrono::seconds{2});
}

TEST(Seconds, ConvertBothWays) {
    EXPECT_EQ(from_seconds(1.5), Duration{1'500'000});
    EXPECT_DOUBLE_EQ(to_seconds(Duration{250'000}), 0.25);
}

}  // namespace
}  // namespace bongsu
