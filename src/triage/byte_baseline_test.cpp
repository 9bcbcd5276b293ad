#include "triage/byte_baseline.hpp"

#include <gtest/gtest.h>

namespace bongsu::triage {
namespace {

/// Feeds GOPs of 30 units whose P frames have about `bytes`; returns the highest excess.
float feed(ByteBaseline& baseline, std::size_t bytes, int units) {
    float highest = 0;
    for (int i = 0; i < units; ++i) {
        const bool is_key = i % 30 == 0;
        const std::size_t jitter = bytes / 20 * static_cast<std::size_t>(i % 3);
        highest = std::max(highest, baseline.observe(is_key ? bytes * 10 : bytes + jitter, is_key));
    }
    return highest;
}

TEST(ByteBaseline, LearnsQuietSizesAndNoticesLargerOnes) {
    ByteBaseline baseline;
    EXPECT_LT(feed(baseline, 1000, 600), 3);
    EXPECT_GT(feed(baseline, 3000, 30), 6);
}

TEST(ByteBaseline, DoesNotLearnFromBusyTimes) {
    ByteBaseline baseline;
    feed(baseline, 1000, 600);
    baseline.set_quiet(false);
    feed(baseline, 3000, 3000);
    EXPECT_GT(baseline.excess(), 6);
    feed(baseline, 1000, 60);
    EXPECT_LT(baseline.excess(), 3);
}

TEST(ByteBaseline, SaysNothingBeforeItHasLearnt) {
    ByteBaseline baseline;
    EXPECT_EQ(feed(baseline, 1000, 20), 0);
}

}  // namespace
}  // namespace bongsu::triage
