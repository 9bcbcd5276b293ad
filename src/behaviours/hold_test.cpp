#include "behaviours/hold.hpp"

#include <gtest/gtest.h>

namespace bongsu::behaviours {
namespace {

using std::chrono::seconds;
using Change = Hold::Change;

constexpr Hold::Times kTimes{
    .after = seconds{5}, .clear_after = seconds{3}, .tolerated_no = {}, .samples = 3
};

/// Feeds one verdict per second and returns the seconds at which something changed; ends are
/// negative.
std::vector<int> changes(std::string_view verdicts, const Hold::Times& times = kTimes) {
    Hold hold;
    std::vector<int> out;
    for (int t = 0; t < static_cast<int>(verdicts.size()); ++t) {
        const char c = verdicts[static_cast<std::size_t>(t)];
        const Verdict verdict = c == 'y' ? Verdict::Yes : c == 'n' ? Verdict::No : Verdict::Unknown;
        const Change change = hold.update(WallTime{seconds{1000 + t}}, verdict, times);
        if (change != Change::None) {
            out.push_back(change == Change::Began ? t : -t);
        }
    }
    return out;
}

TEST(Hold, BeginsAfterItsTimeAndEndsAfterItsTime) {
    EXPECT_EQ(changes("nyyyyyyynnnnn"), (std::vector{6, -11}));
}

TEST(Hold, StartsAnewAfterANo) {
    EXPECT_EQ(changes("yyyynyyyyyy"), std::vector{10});
}

TEST(Hold, ToleratesAShortNo) {
    Hold::Times times = kTimes;
    times.tolerated_no = seconds{2};
    EXPECT_EQ(changes("yyyynyyy", times), std::vector{5});
    EXPECT_EQ(changes("yyynnnyyy", times), std::vector<int>{});
}

TEST(Hold, UnknownNeitherBeginsNorEnds) {
    EXPECT_EQ(changes("yyyyyy????????????"), std::vector{5});
    EXPECT_EQ(changes("yy??????"), std::vector<int>{});
    EXPECT_EQ(changes("yy???yy"), std::vector{5});
}

TEST(Hold, TwoYesFarApartAreNotOneStretch) {
    EXPECT_EQ(changes("yy????????????????yyyyyy"), std::vector{23});
}

TEST(Hold, NeedsItsSamplesHoweverSlowThePictures) {
    Hold hold;
    EXPECT_EQ(hold.update(WallTime{seconds{0}}, Verdict::Yes, kTimes), Change::None);
    EXPECT_EQ(hold.update(WallTime{seconds{6}}, Verdict::Yes, kTimes), Change::None);
    EXPECT_EQ(hold.update(WallTime{seconds{12}}, Verdict::Yes, kTimes), Change::Began);
    EXPECT_EQ(hold.since(), WallTime{seconds{0}});
}

TEST(Hold, AYesInterruptsTheEnding) {
    EXPECT_EQ(changes("yyyyyynnynnnn"), (std::vector{5, -12}));
}

}  // namespace
}  // namespace bongsu::behaviours
