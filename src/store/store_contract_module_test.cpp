// What every backend must do, run over SQLite always and over PostgreSQL when it is installed.
#include "store/store.hpp"
#include "store/testing/postgres_server.hpp"
#include "store/testing/temporary_folder.hpp"

#include <cstdio>

#include <gtest/gtest.h>

namespace bongsu::store {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();

/// One server for all tests of this program.
testing::PostgresServer* postgres() {
    static const auto server = [] {
        auto started = testing::PostgresServer::start();
        if (!started) {
            std::printf("PostgreSQL is left out: %s\n", started.error().describe().c_str());
            return std::unique_ptr<testing::PostgresServer>();
        }
        return *std::move(started);
    }();
    return server.get();
}

class StoreContract : public ::testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        std::string url = "sqlite:" + (folder_.path() / "store.db").string();
        if (GetParam() == "postgresql") {
            if (postgres() == nullptr) {
                GTEST_SKIP() << "PostgreSQL is not installed or does not start";
            }
            url = postgres()->new_database().value();
        }
        auto opened = Store::open({.database = url}, clock_, metrics_);
        ASSERT_TRUE(opened) << opened.error().describe();
        store_ = *std::move(opened);
    }

    testing::TemporaryFolder folder_;
    ManualClock clock_;
    Metrics metrics_;
    std::unique_ptr<Store> store_;
};

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

Incident incident(const std::string& id, WallTime opened) {
    Incident made;
    made.id = IncidentId(id);
    made.kind = "intrusion";
    made.gravity = 4;
    made.camera = CameraId("c1");
    made.zones = {ZoneId("gate"), ZoneId("yard")};
    made.started = opened - seconds{2};
    made.opened = opened;
    made.confidence = 0.75F;
    made.snapshot = "a.jpg";
    made.clip_from = opened - seconds{10};
    made.clip_to = opened + seconds{10};
    BehaviourEvent event;
    event.id = EventId("e1");
    event.kind = "intrusion";
    event.camera = CameraId("c1");
    event.rule = RuleId("r'1");
    event.zone = ZoneId("gate");
    event.time_uncertainty = Duration{40'000};
    event.confidence = 0.5F;
    event.tracks = {TrackId(7), TrackId(18'000'000'000)};
    event.box = {1.5F, 2, 3, 4};
    event.picture_width = 1280;
    event.detail = "관제 \"quoted\"";
    made.events = {event};
    made.steps = {{opened, "system", "opened", ""}};
    return made;
}

TEST_P(StoreContract, IncidentComesBackAsItWasSaved) {
    const Incident saved = incident("i1", kNoon);
    const Status outcome = store_->incidents().save(saved);
    ASSERT_TRUE(outcome) << outcome.error().describe();
    const Incident got = store_->incidents().get(IncidentId("i1")).value();
    EXPECT_EQ(got.zones, saved.zones);
    EXPECT_EQ(got.started, saved.started);
    EXPECT_EQ(got.ended, std::nullopt);
    EXPECT_FLOAT_EQ(got.confidence, 0.75F);
    ASSERT_EQ(got.events.size(), 1U);
    EXPECT_EQ(got.events[0].tracks, saved.events[0].tracks);
    EXPECT_EQ(got.events[0].box, saved.events[0].box);
    EXPECT_EQ(got.events[0].detail, saved.events[0].detail);
    EXPECT_EQ(got.events[0].rule, saved.events[0].rule);
    ASSERT_EQ(got.steps.size(), 1U);
    EXPECT_EQ(got.steps[0].time, kNoon);
}

TEST_P(StoreContract, SavingAgainJoinsEventsAndKeepsTheOperatorsState) {
    IncidentStore& incidents = store_->incidents();
    Incident joined = incident("i1", kNoon);
    ASSERT_TRUE(incidents.save(joined));
    ASSERT_TRUE(incidents.change_state(
        joined.id,
        {.to = IncidentState::Acknowledged,
         .who = "kim",
         .why = "looking",
         .when = kNoon + seconds{3}}
    ));
    joined.events.push_back(joined.events[0]);
    joined.events[1].id = EventId("e2");
    joined.events[0].phase = EventPhase::End;
    joined.ended = kNoon + seconds{9};
    joined.steps.push_back({kNoon + seconds{5}, "system", "event_joined", "e2"});
    ASSERT_TRUE(incidents.save(joined));
    const Incident got = incidents.get(joined.id).value();
    EXPECT_EQ(got.state, IncidentState::Acknowledged);
    EXPECT_EQ(got.ended, joined.ended);
    ASSERT_EQ(got.events.size(), 2U);
    EXPECT_EQ(got.events[0].phase, EventPhase::End);
    ASSERT_EQ(got.steps.size(), 3U);
    EXPECT_EQ(got.steps[1].action, "state:acknowledged");
    EXPECT_EQ(got.steps[1].who, "kim");
    EXPECT_EQ(got.steps[2].action, "event_joined");
}

TEST_P(StoreContract, ForbiddenStateChangeLeavesTheIncidentAlone) {
    IncidentStore& incidents = store_->incidents();
    ASSERT_TRUE(incidents.save(incident("i1", kNoon)));
    const auto refused = incidents.change_state(
        IncidentId("i1"), {.to = IncidentState::Closed, .who = "kim", .why = "", .when = kNoon}
    );
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_EQ(incidents.get(IncidentId("i1")).value().steps.size(), 1U);
    const auto unknown = incidents.change_state(IncidentId("nobody"), {});
    EXPECT_EQ(unknown.error().kind, ErrorKind::NotFound);
}

TEST_P(StoreContract, PagesOfIncidentsAreNewestFirstAndComplete) {
    IncidentStore& incidents = store_->incidents();
    for (int i = 0; i < 7; ++i) {
        // Three opened at the same instant: the cursor must not lose or repeat any.
        ASSERT_TRUE(incidents.save(incident("i" + std::to_string(i), kNoon + seconds{i < 3 ? 0 : i})
        ));
    }
    std::vector<std::string> seen;
    IncidentQuery query{.limit = 2};
    do {
        const auto page = incidents.list(query);
        ASSERT_TRUE(page) << page.error().describe();
        for (const Incident& each : page->incidents) {
            seen.push_back(each.id.value());
        }
        query.cursor = page->next;
    } while (!query.cursor.empty());
    EXPECT_EQ(seen, (std::vector<std::string>{"i6", "i5", "i4", "i3", "i2", "i1", "i0"}));
    EXPECT_EQ(incidents.list({.min_gravity = 5}).value().incidents.size(), 0U);
    EXPECT_EQ(
        incidents.list({.state = IncidentState::New, .camera = CameraId("c1")})
            .value()
            .incidents.size(),
        7U
    );
    EXPECT_EQ(incidents.list({.cursor = "x"}).error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(incidents.list({.limit = 0}).error().kind, ErrorKind::InvalidArgument);
}

TEST_P(StoreContract, StepsCanBeAddedToAStoredIncidentOnly) {
    IncidentStore& incidents = store_->incidents();
    ASSERT_TRUE(incidents.save(incident("i1", kNoon)));
    ASSERT_TRUE(
        incidents.add_step(IncidentId("i1"), {kNoon + seconds{1}, "kim", "note", "seen before"})
    );
    EXPECT_EQ(incidents.get(IncidentId("i1")).value().steps.back().why, "seen before");
    EXPECT_EQ(incidents.add_step(IncidentId("i2"), {}).error().kind, ErrorKind::NotFound);
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
}

INSTANTIATE_TEST_SUITE_P(
    Backends,
    StoreContract,
    ::testing::Values("sqlite", "postgresql"),
    [](const auto& info) { return info.param; }
);

}  // namespace
}  // namespace bongsu::store
