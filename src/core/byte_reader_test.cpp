#include "core/byte_reader.hpp"

#include "core/rate_limited.hpp"

#include <array>

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(ByteReader, ReadsBigEndianAndStopsAtTheEnd) {
    const std::array<std::uint8_t, 7> bytes{1, 2, 3, 4, 5, 6, 7};
    ByteReader reader{bytes};
    EXPECT_EQ(reader.u16(), 0x0102);
    EXPECT_EQ(reader.u32(), 0x03040506U);
    EXPECT_EQ(reader.u16(), std::nullopt);
    EXPECT_EQ(reader.remaining(), 1U);
    EXPECT_EQ(reader.u8(), 7);
    EXPECT_FALSE(reader.skip(1));
}

TEST(RateLimited, CountsWhatItHeldBack) {
    RateLimited limit{std::chrono::seconds{1}};
    const MonoTime start{};
    EXPECT_EQ(limit.admit(start), 0U);
    EXPECT_EQ(limit.admit(start + std::chrono::milliseconds{10}), std::nullopt);
    EXPECT_EQ(limit.admit(start + std::chrono::milliseconds{20}), std::nullopt);
    EXPECT_EQ(limit.admit(start + std::chrono::seconds{1}), 2U);
}

}  // namespace
}  // namespace bongsu
