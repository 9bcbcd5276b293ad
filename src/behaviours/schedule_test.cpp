#include "behaviours/schedule.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

bool is_active(
    const std::vector<std::string>& spans, const char* time, const char* zone = "Asia/Seoul"
) {
    const auto schedule = Schedule::parse(spans, TimeZone::parse(zone).value(), "schedule");
    EXPECT_TRUE(schedule) << schedule.error().message;
    return schedule->is_active(parse_iso8601(time).value());
}

TEST(Schedule, WithoutSpansIsAlwaysActive) {
    EXPECT_TRUE(is_active({}, "2026-03-02T03:00:00Z"));
}

TEST(Schedule, IncludesItsBeginningAndNotItsEnd) {
    EXPECT_FALSE(is_active({"daily 08:00-20:00"}, "2026-03-02T07:59:59.999+09:00"));
    EXPECT_TRUE(is_active({"daily 08:00-20:00"}, "2026-03-02T08:00:00+09:00"));
    EXPECT_TRUE(is_active({"daily 08:00-20:00"}, "2026-03-02T19:59:59.999+09:00"));
    EXPECT_FALSE(is_active({"daily 08:00-20:00"}, "2026-03-02T20:00:00+09:00"));
}

TEST(Schedule, ANightBelongsToTheDayOnWhichItBegins) {
    const std::vector<std::string> nights{"mon-fri 22:00-06:00"};
    EXPECT_TRUE(is_active(nights, "2026-03-06T23:30:00+09:00")) << "Friday evening";
    EXPECT_TRUE(is_active(nights, "2026-03-07T05:59:00+09:00")) << "Saturday before six";
    EXPECT_FALSE(is_active(nights, "2026-03-07T22:30:00+09:00")) << "Saturday evening";
    EXPECT_FALSE(is_active(nights, "2026-03-09T05:00:00+09:00"))
        << "Monday before six: the night of Sunday";
    EXPECT_FALSE(is_active(nights, "2026-03-09T00:00:00+09:00"));
}

TEST(Schedule, KnowsListsRangesOverTheWeekendAndTheWholeDay) {
    EXPECT_TRUE(is_active({"sat,sun 00:00-24:00"}, "2026-03-08T23:59:59+09:00"));
    EXPECT_FALSE(is_active({"sat,sun 00:00-24:00"}, "2026-03-09T00:00:00+09:00"));
    EXPECT_TRUE(is_active({"fri-mon 10:00-11:00"}, "2026-03-09T10:30:00+09:00"));
    EXPECT_FALSE(is_active({"fri-mon 10:00-11:00"}, "2026-03-10T10:30:00+09:00"));
    EXPECT_TRUE(is_active({"mon 01:00-02:00", "mon 03:00-04:00"}, "2026-03-09T03:30:00+09:00"));
}

TEST(Schedule, CountsInItsTimeZone) {
    EXPECT_TRUE(is_active({"daily 08:00-09:00"}, "2026-03-01T23:30:00Z"));
    EXPECT_FALSE(is_active({"daily 08:00-09:00"}, "2026-03-01T23:30:00Z", "UTC"));
    EXPECT_TRUE(is_active({"daily 08:00-09:00"}, "2026-03-01T13:30:00Z", "-05:00"));
}

TEST(Schedule, ErrorsSayWhatIsWrong) {
    const auto error = [](const char* span) {
        const auto schedule = Schedule::parse({span}, TimeZone{}, "rules.fence.schedule");
        return schedule ? std::string{} : schedule.error().message;
    };
    EXPECT_NE(error("nightly").find("rules.fence.schedule[0]"), std::string::npos);
    EXPECT_NE(error("mo-fri 10:00-11:00").find("'mo-fri' is not a day"), std::string::npos);
    EXPECT_NE(error("daily 8-20").find("hh:mm"), std::string::npos);
    EXPECT_NE(error("daily 24:00-06:00").find("hh:mm"), std::string::npos);
    EXPECT_NE(error("daily 25:00-26:00").find("hh:mm"), std::string::npos);
    EXPECT_NE(error("daily 06:00-06:00").find("00:00-24:00"), std::string::npos);
    EXPECT_NE(error("daily ").find("hh:mm"), std::string::npos);
    EXPECT_NE(error(", 10:00-11:00").find("not a day"), std::string::npos);
}

TEST(TimeZones, AreKnownByNameOrOffset) {
    EXPECT_EQ(TimeZone::parse("+05:30")->offset(), std::chrono::minutes{330});
    EXPECT_EQ(TimeZone{}.offset(), std::chrono::hours{9});
    EXPECT_FALSE(TimeZone::parse("Europe/Paris"));
    EXPECT_FALSE(TimeZone::parse("+15:00"));
    EXPECT_FALSE(TimeZone::parse(""));
}

}  // namespace
}  // namespace bongsu::behaviours
