#include "camsim/faults.hpp"

#include <gtest/gtest.h>

namespace bongsu::camsim {
namespace {

using std::chrono::milliseconds;

std::shared_ptr<const FaultScript> script(const char* yaml) {
    return parse_faults(parse_yaml(yaml, "test").value(), "faults").value();
}

/// What happens to a picture at this time, the one before being 100 ms earlier.
FaultAction at(const FaultScript& faults, int ms) {
    return faults.before_unit({milliseconds{ms}, milliseconds{ms - 100}});
}

TEST(Faults, NoneByDefault) {
    for (int ms = 100; ms < 100'000; ms += 100) {
        EXPECT_EQ(at(*no_faults(), ms), FaultAction::None);
    }
    EXPECT_FALSE(no_faults()->loses_packet(1, 2));
    EXPECT_TRUE(no_faults()->sends_reports());
}

TEST(Faults, StallsAfterEachIntervalForItsLength) {
    const auto faults = script("{stall_every: 10, stall_for: 2}");
    EXPECT_EQ(at(*faults, 1000), FaultAction::None);  // not at the very start
    EXPECT_EQ(at(*faults, 9900), FaultAction::None);
    EXPECT_EQ(at(*faults, 10'000), FaultAction::Withhold);
    EXPECT_EQ(at(*faults, 11'900), FaultAction::Withhold);
    EXPECT_EQ(at(*faults, 12'000), FaultAction::None);
    EXPECT_EQ(at(*faults, 21'000), FaultAction::Withhold);
}

TEST(Faults, SendsGarbageOnceAnInterval) {
    const auto faults = script("{garbage_every: 1}");
    int count = 0;
    for (int ms = 100; ms <= 10'000; ms += 100) {
        count += at(*faults, ms) == FaultAction::Garbage ? 1 : 0;
    }
    EXPECT_EQ(count, 10);
}

TEST(Faults, ResetsAtItsTime) {
    const auto faults = script("{reset_after: 3}");
    EXPECT_EQ(at(*faults, 2900), FaultAction::None);
    EXPECT_EQ(at(*faults, 3000), FaultAction::Reset);
}

TEST(Faults, LosesTheStatedShareAndTheSamePacketsEveryTime) {
    const auto faults = script("{udp_loss: 0.2, sender_reports: false}");
    int lost = 0;
    for (int i = 0; i < 20'000; ++i) {
        const bool is_lost = faults->loses_packet(77, static_cast<std::uint16_t>(i));
        EXPECT_EQ(is_lost, faults->loses_packet(77, static_cast<std::uint16_t>(i)));
        lost += is_lost ? 1 : 0;
    }
    EXPECT_NEAR(lost, 4000, 300);
    EXPECT_FALSE(faults->sends_reports());
}

}  // namespace
}  // namespace bongsu::camsim
