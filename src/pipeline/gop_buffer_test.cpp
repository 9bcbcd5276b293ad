#include "pipeline/gop_buffer.hpp"

#include <gtest/gtest.h>

namespace bongsu::pipeline {
namespace {

constexpr int kGroup = 10;  ///< units

/// Unit `i` of a stream of 10 units per second with a key frame every ten.
AccessUnitPtr unit(int i, std::size_t bytes = 100) {
    auto made = std::make_shared<AccessUnit>();
    made->is_key = i % kGroup == 0;
    made->sequence = static_cast<std::uint64_t>(i);
    made->wall = WallTime{std::chrono::seconds{1000} + std::chrono::milliseconds{100} * i};
    made->bytes = std::make_shared<const std::vector<std::uint8_t>>(bytes);
    return made;
}

void fill(GopBuffer& buffer, int from, int to, std::size_t bytes = 100) {
    for (int i = from; i < to; ++i) {
        buffer.push(unit(i, bytes));
    }
}

TEST(GopBuffer, HoldsThePresentGroupAndTheOneBefore) {
    GopBuffer buffer(1 << 20, 1000);
    fill(buffer, 0, 35);
    EXPECT_EQ(buffer.size(), 15U);
    EXPECT_EQ(buffer.key_interval(), std::chrono::seconds{1});
    EXPECT_EQ(buffer.newest_group().size(), 5U);
    ASSERT_TRUE(buffer.start_reading());
    EXPECT_EQ(buffer.read()->sequence, 20U);
    EXPECT_EQ(buffer.units_dropped(), 0U);
}

TEST(GopBuffer, GivesEachKeyFrameOnceAndCountsThoseReplaced) {
    GopBuffer buffer(1 << 20, 1000);
    fill(buffer, 0, 5);
    EXPECT_EQ(buffer.take_key()->sequence, 0U);
    EXPECT_EQ(buffer.take_key(), nullptr);
    fill(buffer, 5, 25);
    EXPECT_EQ(buffer.take_key()->sequence, 20U);
    EXPECT_EQ(buffer.keys_skipped(), 1U);
}

TEST(GopBuffer, NothingIsHeldBeforeTheFirstKeyFrame) {
    GopBuffer buffer(1 << 20, 1000);
    fill(buffer, 3, 9);
    EXPECT_EQ(buffer.size(), 0U);
    EXPECT_FALSE(buffer.start_reading());
    EXPECT_EQ(buffer.read(), nullptr);
}

TEST(GopBuffer, ReadsOnThroughNewUnits) {
    GopBuffer buffer(1 << 20, 1000);
    fill(buffer, 0, 12);
    buffer.start_reading();
    for (int i = 0; i < 12; ++i) {
        ASSERT_EQ(buffer.read()->sequence, static_cast<std::uint64_t>(i));
    }
    EXPECT_EQ(buffer.read(), nullptr);
    fill(buffer, 12, 50);
    for (int i = 12; i < 50; ++i) {
        ASSERT_EQ(buffer.read()->sequence, static_cast<std::uint64_t>(i));
    }
    EXPECT_EQ(buffer.units_dropped(), 0U);
}

TEST(GopBuffer, ALateReaderLosesWholeGroupsAndGoesOnAtAKeyFrame) {
    GopBuffer buffer(1 << 20, 30);
    fill(buffer, 0, 5);
    buffer.start_reading();
    buffer.read();
    fill(buffer, 5, 45);
    EXPECT_LE(buffer.size(), 30U);
    const AccessUnitPtr next = buffer.read();
    EXPECT_TRUE(next->is_key);
    EXPECT_EQ(buffer.units_dropped(), next->sequence - 1);
}

TEST(GopBuffer, SkipsToTheNewestKeyFrame) {
    GopBuffer buffer(1 << 20, 1000);
    fill(buffer, 0, 5);
    buffer.start_reading();
    fill(buffer, 5, 45);
    EXPECT_EQ(buffer.backlog(), std::chrono::milliseconds{4400});
    EXPECT_EQ(buffer.skip_to_newest_key(), 40U);
    EXPECT_EQ(buffer.read()->sequence, 40U);
    EXPECT_EQ(buffer.skip_to_newest_key(), 0U);
    EXPECT_EQ(buffer.units_dropped(), 40U);
}

TEST(GopBuffer, AReaderWhoKeepsUpLosesNothingOfAGroupTooLongToHold) {
    GopBuffer buffer(1 << 20, 5);
    buffer.push(unit(0));
    buffer.start_reading();
    EXPECT_EQ(buffer.read()->sequence, 0U);
    for (int i = 1; i < kGroup; ++i) {
        buffer.push(unit(i));
        ASSERT_EQ(buffer.read()->sequence, static_cast<std::uint64_t>(i));
    }
    EXPECT_LE(buffer.size(), 5U);
    EXPECT_EQ(buffer.units_dropped(), 0U);
    buffer.stop_reading();
    EXPECT_EQ(buffer.size(), 0U) << "its key frame is gone, so nothing of it can be decoded again";
    EXPECT_FALSE(buffer.start_reading());
}

TEST(GopBuffer, IsBoundedByBytes) {
    GopBuffer buffer(10'000, 1000);
    fill(buffer, 0, 200, 900);
    EXPECT_LE(buffer.bytes(), 10'000);
    buffer.push(unit(200, 50'000));
    EXPECT_EQ(buffer.size(), 0U);
    EXPECT_EQ(buffer.bytes(), 0);
}

}  // namespace
}  // namespace bongsu::pipeline
