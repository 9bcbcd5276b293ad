// What every backend must do, run over SQLite always and over PostgreSQL when it is installed.
#include "store/testing/contract_test.hpp"

#include <gtest/gtest.h>

namespace bongsu::store {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();

class StoreContract : public testing::ContractTest {};

Segment segment(
    const std::string& camera, WallTime start, SegmentState state = SegmentState::Closed
) {
    return {
        .path = "city/" + camera + "/main/" + to_iso8601(start) + ".mp4",
        .camera = CameraId(camera),
        .organisation = OrganisationId("city"),
        .state = state,
        .start = start,
        .end = start + minutes{1},
        .is_wall_estimated = false,
        .media_start = 1LL << 40,
        .media_duration = 5'400'000,
        .codec = Codec::H265,
        .width = 1920,
        .height = 1080,
        .bytes = 5'000'000'000,
        .fragments = 30,
        .chain_before = "aa",
        .chain_after = "after " + to_iso8601(start),
    };
}

TEST_P(StoreContract, SegmentComesBackAsItWasPut) {
    SegmentIndex& index = store_->segments();
    Segment stored = segment("c1", kNoon, SegmentState::Open);
    ASSERT_TRUE(index.put(stored));
    EXPECT_EQ(index.get(stored.path).value(), stored);
    stored.state = SegmentState::Closed;
    stored.bytes = 7;
    ASSERT_TRUE(index.put(stored));
    EXPECT_EQ(index.get(stored.path).value(), stored);
    EXPECT_EQ(index.get("nowhere").value(), std::nullopt);
}

TEST_P(StoreContract, FindsSegmentsThatTouchASpanInOrder) {
    SegmentIndex& index = store_->segments();
    for (int i = 4; i >= 0; --i) {
        ASSERT_TRUE(index.put(segment("c1", kNoon + minutes{i})));
        ASSERT_TRUE(index.put(segment("c2", kNoon + minutes{i})));
    }
    const auto found =
        index.find({.camera = CameraId("c1"), .from = kNoon + seconds{90}, .to = kNoon + minutes{3}}
        );
    ASSERT_TRUE(found);
    ASSERT_EQ(found->size(), 2U);
    EXPECT_EQ(found->at(0).start, kNoon + minutes{1});
    EXPECT_EQ(found->at(1).start, kNoon + minutes{2});
    const Segment& last = found->at(1);
    const auto rest = index.find(
        {.camera = CameraId("c1"), .after_path = last.path, .after_start = last.start, .limit = 1}
    );
    ASSERT_EQ(rest->size(), 1U);
    EXPECT_EQ(rest->at(0).start, kNoon + minutes{3});
    EXPECT_EQ(index.newest(CameraId("c2"), StreamRole::Main).value()->start, kNoon + minutes{4});
    EXPECT_EQ(index.newest(CameraId("c2"), StreamRole::Sub).value(), std::nullopt);
}

TEST_P(StoreContract, SumsBytesPerStreamBeyond32Bits) {
    SegmentIndex& index = store_->segments();
    ASSERT_TRUE(index.put(segment("c1", kNoon)));
    ASSERT_TRUE(index.put(segment("c1", kNoon + hours{1})));
    const auto streams = index.streams();
    ASSERT_TRUE(streams) << streams.error().describe();
    ASSERT_EQ(streams->size(), 1U);
    EXPECT_EQ(streams->at(0).bytes, 10'000'000'000);
    EXPECT_EQ(streams->at(0).segments, 2);
    EXPECT_EQ(streams->at(0).oldest, kNoon);
    EXPECT_EQ(streams->at(0).newest, kNoon + hours{1});
}

TEST_P(StoreContract, RootOfADayFollowsItsLatestSegment) {
    SegmentIndex& index = store_->segments();
    const Segment late = segment("c1", kNoon + minutes{5});
    const Segment early = segment("c1", kNoon);
    ASSERT_TRUE(index.put(late));
    ASSERT_TRUE(index.put(early));
    ASSERT_TRUE(index.put(segment("c1", kNoon + minutes{6}, SegmentState::Open)));
    const auto days = index.chain_days(CameraId("c1"));
    ASSERT_TRUE(days) << days.error().describe();
    ASSERT_EQ(days->size(), 1U);
    EXPECT_EQ(days->at(0).day, "2026-11-21");
    EXPECT_EQ(days->at(0).root, late.chain_after);
}

TEST_P(StoreContract, RetiredSegmentsAreRememberedInTheirDay) {
    SegmentIndex& index = store_->segments();
    const Segment first = segment("c1", kNoon);
    const Segment second = segment("c1", kNoon + minutes{1});
    const Segment third = segment("c1", kNoon + minutes{2});
    for (const Segment& each : {first, second, third}) {
        ASSERT_TRUE(index.put(each));
    }
    ASSERT_TRUE(index.mark_retiring({first.path, second.path}));
    EXPECT_EQ(index.get(first.path).value()->state, SegmentState::Retiring);
    ASSERT_TRUE(index.retire({second.path, first.path}));
    EXPECT_EQ(index.get(first.path).value(), std::nullopt);
    const auto days = index.chain_days(std::nullopt).value();
    ASSERT_EQ(days.size(), 1U);
    EXPECT_EQ(days[0].retired, 2);
    EXPECT_EQ(days[0].retired_through, second.chain_after);
    EXPECT_EQ(days[0].root, third.chain_after);
}

TEST_P(StoreContract, CoverageOfAnHourIsMerged) {
    CoverageStore& coverage = store_->coverage();
    const CameraId camera("c1");
    ASSERT_TRUE(
        coverage.merge({{camera, kNoon, seconds{30}, 5}, {CameraId("c2"), kNoon, seconds{1}, 1}})
    );
    ASSERT_TRUE(
        coverage.merge({{camera, kNoon, seconds{20}, 4}, {camera, kNoon + hours{1}, seconds{2}, 2}})
    );
    const auto rows = coverage.find(camera, kNoon, kNoon + hours{2}).value();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0], (CoverageHour{camera, kNoon, seconds{30}, 9}));
    EXPECT_EQ(coverage.find(std::nullopt, kNoon, kNoon + hours{1}).value().size(), 2U);
    for (const auto span : {hours{2}, hours{24 * 30}}) {
        const auto worst = coverage.worst(kNoon, kNoon + span, 2).value();
        ASSERT_EQ(worst.size(), 2U);
        EXPECT_EQ(worst[0], (CoverageHour{camera, kNoon, seconds{30}, 9}));
        EXPECT_EQ(worst[1], (CoverageHour{camera, kNoon + hours{1}, seconds{2}, 2}));
        EXPECT_EQ(coverage.worst(kNoon + hours{1}, kNoon + span, 5).value().size(), 1U);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Backends,
    StoreContract,
    ::testing::Values("sqlite", "postgresql"),
    [](const auto& info) { return info.param; }
);

}  // namespace
}  // namespace bongsu::store
