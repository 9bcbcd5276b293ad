// What every backend must do with incidents, run over SQLite always and over PostgreSQL when it is
// installed.
#include "store/testing/contract_test.hpp"

#include <gtest/gtest.h>

namespace bongsu::store {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const WallTime kNoon = parse_iso8601("2026-11-21T12:00:00Z").value();

Incident incident(const std::string& id, WallTime opened) {
    Incident made;
    made.id = IncidentId(id);
    made.kind = "intrusion";
    made.gravity = 4;
    made.camera = CameraId("c1");
    made.organisation = OrganisationId("parks");
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
    event.gravity = 4;
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

class IncidentContract : public testing::ContractTest {
protected:
    IncidentStore& incidents() { return store_->incidents(); }

    IncidentId put(const std::string& id, WallTime opened = kNoon) {
        return put(incident(id, opened));
    }

    IncidentId put(const Incident& made) {
        const auto saved = incidents().save(made);
        EXPECT_TRUE(saved) << saved.error().describe();
        return made.id;
    }

    Result<Incident> act(
        const IncidentId& id, IncidentVerb verb, const std::string& why = {}, WallTime when = kNoon
    ) {
        return incidents().act(id, {.verb = verb, .who = "kim", .when = when, .why = why});
    }

    std::vector<std::string> ids(const IncidentQuery& query) {
        const auto page = incidents().summaries(query);
        EXPECT_TRUE(page) << page.error().describe();
        std::vector<std::string> found;
        for (const IncidentSummary& each : page ? page->incidents : SummaryPage{}.incidents) {
            found.push_back(each.id.value());
        }
        return found;
    }

    using Ids = std::vector<std::string>;
};

TEST_P(IncidentContract, ComesBackAsItWasSaved) {
    const Incident saved = incident("i1", kNoon);
    EXPECT_EQ(incidents().save(saved).value(), 1);
    const Incident got = incidents().get(IncidentId("i1")).value();
    EXPECT_EQ(got.zones, saved.zones);
    EXPECT_EQ(got.started, saved.started);
    EXPECT_EQ(got.ended, std::nullopt);
    EXPECT_FLOAT_EQ(got.confidence, 0.75F);
    EXPECT_EQ(got.organisation, saved.organisation);
    EXPECT_EQ(got.change, 1);
    ASSERT_EQ(got.events.size(), 1U);
    EXPECT_EQ(got.events[0].tracks, saved.events[0].tracks);
    EXPECT_EQ(got.events[0].box, saved.events[0].box);
    EXPECT_EQ(got.events[0].detail, saved.events[0].detail);
    EXPECT_EQ(got.events[0].rule, saved.events[0].rule);
    ASSERT_EQ(got.steps.size(), 1U);
    EXPECT_EQ(got.steps[0].time, kNoon);
}

TEST_P(IncidentContract, SavingAgainJoinsEventsAndKeepsWhatPeopleDid) {
    Incident joined = incident("i1", kNoon);
    put(joined);
    ASSERT_TRUE(act(joined.id, IncidentVerb::Acknowledge, "looking", kNoon + seconds{3}));
    joined.events.push_back(joined.events[0]);
    joined.events[1].id = EventId("e2");
    joined.events[0].phase = EventPhase::End;
    joined.ended = kNoon + seconds{9};
    joined.steps.push_back({kNoon + seconds{5}, "system", "event_joined", "e2"});
    put(joined);
    const Incident got = incidents().get(joined.id).value();
    EXPECT_EQ(got.state, IncidentState::Acknowledged);
    EXPECT_EQ(got.assignee, "kim");
    EXPECT_EQ(got.acknowledged, kNoon + seconds{3});
    EXPECT_EQ(got.ended, joined.ended);
    EXPECT_EQ(got.change, 3);
    EXPECT_EQ(got.decided, 2);
    ASSERT_EQ(got.events.size(), 2U);
    EXPECT_EQ(got.events[0].phase, EventPhase::End);
    ASSERT_EQ(got.steps.size(), 3U);
    EXPECT_EQ(got.steps[1].action, "state:acknowledged");
    EXPECT_EQ(got.steps[1].who, "kim");
    EXPECT_EQ(got.steps[2].action, "event_joined");
}

TEST_P(IncidentContract, ARefusedActionLeavesItAlone) {
    const IncidentId id = put("i1");
    EXPECT_EQ(act(id, IncidentVerb::Close).error().kind, ErrorKind::FailedPrecondition);
    const Incident got = incidents().get(id).value();
    EXPECT_EQ(got.steps.size(), 1U);
    EXPECT_EQ(got.change, 1);
    EXPECT_EQ(act(IncidentId("nobody"), IncidentVerb::Confirm).error().kind, ErrorKind::NotFound);
}

TEST_P(IncidentContract, AFalseAlarmKeepsReasonAndImpliedAcknowledgement) {
    const IncidentId id = put("i1");
    const auto judged = incidents().act(
        id,
        {.verb = IncidentVerb::FalseAlarm,
         .who = "kim",
         .when = kNoon + seconds{7},
         .why = "우거진 나무",
         .reason = FalseAlarmReason::Vegetation}
    );
    ASSERT_TRUE(judged) << judged.error().describe();
    const Incident got = incidents().get(id).value();
    EXPECT_EQ(got.state, IncidentState::FalseAlarm);
    EXPECT_EQ(got.verdict, Verdict::FalseAlarm);
    EXPECT_EQ(got.reason, FalseAlarmReason::Vegetation);
    EXPECT_EQ(got.acknowledged, kNoon + seconds{7});
    EXPECT_EQ(got.judged_by, "kim");
    ASSERT_EQ(got.steps.size(), 3U);
    EXPECT_EQ(got.steps[1].action, "state:acknowledged");
    EXPECT_EQ(got.steps[2].why, "vegetation: 우거진 나무");
}

TEST_P(IncidentContract, ChangeNumbersOnlyGrowAndSurviveARestart) {
    const IncidentId one = put("i1");
    const IncidentId two = put("i2");
    ASSERT_TRUE(act(one, IncidentVerb::Confirm));
    EXPECT_EQ(incidents().latest_change().value(), 3);
    reopen();
    EXPECT_EQ(incidents().latest_change().value(), 3);
    ASSERT_TRUE(act(two, IncidentVerb::Note, "again"));
    EXPECT_EQ(incidents().get(two).value().change, 4);

    const auto since = incidents().changes_after(2, 10).value();
    ASSERT_EQ(since.size(), 2U);
    EXPECT_EQ(since[0].id, one);
    EXPECT_EQ(since[1].id, two);
    EXPECT_EQ(since[1].steps.back().why, "again");
    EXPECT_EQ(incidents().changes_after(0, 1).value().size(), 1U);
    EXPECT_TRUE(incidents().changes_after(4, 10).value().empty());
}

TEST_P(IncidentContract, WhoeverDecidesOnAnOldViewIsToldWhoWasFaster) {
    const IncidentId id = put("i1");
    const std::int64_t seen = incidents().get(id).value().change;
    put("i1");  // News of its events do not count.
    ASSERT_TRUE(act(id, IncidentVerb::Confirm));
    const auto refused = incidents().act(
        id,
        {.verb = IncidentVerb::FalseAlarm,
         .who = "lee",
         .when = kNoon,
         .why = {},
         .reason = FalseAlarmReason::Animal,
         .assignee = {},
         .level = 0,
         .expected_change = seen}
    );
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, ErrorKind::FailedPrecondition);
    EXPECT_TRUE(refused.error().message.contains("by kim")) << refused.error().message;
}

TEST_P(IncidentContract, MergedOnesAreClosedAndPointToTheWhole) {
    const IncidentId whole = put("i1");
    Incident graver = incident("i2", kNoon + seconds{5});
    graver.gravity = 5;
    graver.started = kNoon - seconds{60};
    put(graver);
    put("i3");
    const IncidentMerge request{
        .into = whole,
        .from = {IncidentId("i2"), IncidentId("i3")},
        .who = "kim",
        .why = "one group",
        .when = kNoon
    };
    const auto merged = incidents().merge(request);
    ASSERT_TRUE(merged) << merged.error().describe();
    ASSERT_EQ(merged->size(), 3U);
    EXPECT_EQ(merged->back().id, whole);
    EXPECT_EQ(merged->back().change, 6);

    const Incident got = incidents().get(whole).value();
    EXPECT_EQ(got.gravity, 5);
    EXPECT_EQ(got.started, graver.started);
    EXPECT_EQ(got.absorbed, request.from);
    const Incident part = incidents().get(IncidentId("i2")).value();
    EXPECT_EQ(part.state, IncidentState::Closed);
    EXPECT_EQ(part.merged_into, whole);
    EXPECT_EQ(part.events.size(), 1U);
    EXPECT_EQ(ids({.hides_merged = true}), Ids{"i1"});
    EXPECT_EQ(act(part.id, IncidentVerb::Reopen).error().kind, ErrorKind::FailedPrecondition);
}

TEST_P(IncidentContract, AMergeThatFailsChangesNothing) {
    put("i1");
    put("i2");
    const auto merge = [&](std::vector<IncidentId> from, const char* into) {
        return incidents().merge(
            {.into = IncidentId(into),
             .from = std::move(from),
             .who = "kim",
             .why = {},
             .when = kNoon}
        );
    };
    EXPECT_EQ(
        merge({IncidentId("i2"), IncidentId("gone")}, "i1").error().kind, ErrorKind::NotFound
    );
    EXPECT_EQ(incidents().get(IncidentId("i2")).value().state, IncidentState::New);
    EXPECT_EQ(incidents().latest_change().value(), 2);
    EXPECT_EQ(merge({IncidentId("i1")}, "i1").error().kind, ErrorKind::InvalidArgument);
    ASSERT_TRUE(merge({IncidentId("i2")}, "i1"));
    EXPECT_EQ(merge({IncidentId("i1")}, "i2").error().kind, ErrorKind::FailedPrecondition)
        << "no circles";
    EXPECT_EQ(merge({}, "i1").error().kind, ErrorKind::InvalidArgument);
}

TEST_P(IncidentContract, PagesAreNewestFirstAndComplete) {
    for (int i = 0; i < 7; ++i) {
        // Three opened at the same instant: the cursor must not lose or repeat any.
        put("i" + std::to_string(i), kNoon + seconds{i < 3 ? 0 : i});
    }
    Ids seen;
    IncidentQuery query{.limit = 2};
    do {
        const auto page = incidents().list(query);
        ASSERT_TRUE(page) << page.error().describe();
        for (const Incident& each : page->incidents) {
            seen.push_back(each.id.value());
            EXPECT_EQ(each.events.size(), 1U);
            EXPECT_EQ(each.zones.size(), 2U);
        }
        query.cursor = page->next;
    } while (!query.cursor.empty());
    EXPECT_EQ(seen, (Ids{"i6", "i5", "i4", "i3", "i2", "i1", "i0"}));
    EXPECT_EQ(incidents().list({.cursor = "x"}).error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(incidents().list({.cursor = "3/x/y"}).error().kind, ErrorKind::InvalidArgument);
    EXPECT_EQ(incidents().list({.limit = 0}).error().kind, ErrorKind::InvalidArgument);
}

TEST_P(IncidentContract, TheQueueIsGravestThenOldestFirst) {
    for (int i = 0; i < 6; ++i) {
        Incident each = incident("i" + std::to_string(i), kNoon + seconds{i});
        each.gravity = i % 2 == 0 ? 3 : 5;
        put(each);
    }
    ASSERT_TRUE(act(IncidentId("i1"), IncidentVerb::Confirm));
    ASSERT_TRUE(act(IncidentId("i1"), IncidentVerb::Close));
    IncidentQuery query{.order = IncidentOrder::GravestFirst, .limit = 2};
    Ids seen;
    do {
        const auto page = incidents().summaries(query);
        ASSERT_TRUE(page) << page.error().describe();
        for (const IncidentSummary& each : page->incidents) {
            seen.push_back(each.id.value());
        }
        query.cursor = page->next;
    } while (!query.cursor.empty());
    EXPECT_EQ(seen, (Ids{"i3", "i5", "i0", "i2", "i4"}));
}

TEST_P(IncidentContract, EveryConditionOfAListHolds) {
    for (int i = 0; i < 4; ++i) {
        Incident each = incident("i" + std::to_string(i), kNoon + minutes{i});
        each.camera = CameraId("c" + std::to_string(i));
        each.organisation = OrganisationId(i < 2 ? "parks" : "roads");
        each.gravity = i + 2;
        each.kind = i == 3 ? "fire" : "intrusion";
        put(each);
    }
    ASSERT_TRUE(act(IncidentId("i2"), IncidentVerb::Acknowledge));
    ASSERT_TRUE(act(IncidentId("i0"), IncidentVerb::Note, "A red Car, 100% sure"));
    EXPECT_EQ(ids({.states = {IncidentState::New}}), (Ids{"i3", "i1", "i0"}));
    EXPECT_EQ(ids({.states = {IncidentState::Acknowledged, IncidentState::Closed}}), (Ids{"i2"}));
    EXPECT_EQ(ids({.is_open_only = true}).size(), 4U);
    EXPECT_EQ(ids({.kinds = {"fire", "fall"}}), (Ids{"i3"}));
    EXPECT_EQ(ids({.cameras = {CameraId("c1")}}), (Ids{"i1"}));
    EXPECT_EQ(ids({.cameras = {CameraId("c1"), CameraId("c3"), CameraId("x")}}), (Ids{"i3", "i1"}));
    EXPECT_EQ(ids({.min_gravity = 3, .max_gravity = 4}), (Ids{"i2", "i1"}));
    EXPECT_EQ(ids({.assignee = "kim"}), (Ids{"i2"}));
    EXPECT_EQ(ids({.assignee = ""}), (Ids{"i3", "i1", "i0"}));
    EXPECT_EQ(ids({.text = "red car"}), (Ids{"i0"}));
    EXPECT_EQ(ids({.text = "0% s"}), (Ids{"i0"}));
    EXPECT_EQ(ids({.text = "1_0"}), Ids{});
    EXPECT_EQ(ids({.text = "red", .text_cameras = {CameraId("c3")}}), (Ids{"i3", "i0"}));
    EXPECT_EQ(
        ids({.opened_from = kNoon + minutes{1}, .opened_to = kNoon + minutes{3}}), (Ids{"i2", "i1"})
    );
}

TEST_P(IncidentContract, AScopeIsOrganisationsAndCameras) {
    for (int i = 0; i < 4; ++i) {
        Incident each = incident("i" + std::to_string(i), kNoon + minutes{i});
        each.camera = CameraId("c" + std::to_string(i));
        each.organisation = OrganisationId("o" + std::to_string(i));
        put(each);
    }
    const auto scoped = [&](std::vector<OrganisationId> organisations,
                            std::vector<CameraId> cameras) {
        return ids({.scope = IncidentScope{std::move(organisations), std::move(cameras)}});
    };
    EXPECT_EQ(scoped({OrganisationId("o1")}, {}), (Ids{"i1"}));
    EXPECT_EQ(scoped({OrganisationId("o1")}, {CameraId("c3")}), (Ids{"i3", "i1"}));
    EXPECT_EQ(scoped({OrganisationId("o1"), OrganisationId("o2")}, {}), (Ids{"i2", "i1"}));
    EXPECT_EQ(scoped({}, {}), Ids{}) << "no grant shows nothing";
    std::vector<CameraId> many;
    for (int i = 1; i < 10'000; ++i) {
        many.emplace_back("c" + std::to_string(i));
    }
    EXPECT_EQ(scoped({}, many), (Ids{"i3", "i2", "i1"}));

    const auto counts =
        incidents().open_by_camera(IncidentScope{{OrganisationId("o1")}, {CameraId("c2")}});
    ASSERT_TRUE(counts) << counts.error().describe();
    EXPECT_EQ(
        *counts, (std::vector<OpenIncidents>{{CameraId("c1"), 1, 1, 4}, {CameraId("c2"), 1, 1, 4}})
    );
    EXPECT_EQ(incidents().open_by_camera(std::nullopt).value().size(), 4U);
}

TEST_P(IncidentContract, ReviewsBelongToOneUser) {
    const IncidentId one = put("i1");
    put("i2");
    const Status marked = incidents().mark_reviewed("kim", {one, one, IncidentId("gone")}, kNoon);
    ASSERT_TRUE(marked) << marked.error().describe();
    ASSERT_TRUE(incidents().mark_reviewed("kim", {one}, kNoon));
    EXPECT_EQ(ids({.reviewer = "kim", .is_unreviewed_only = true}), (Ids{"i2"}));
    EXPECT_EQ(ids({.reviewer = "lee", .is_unreviewed_only = true}).size(), 2U);
    const auto page = incidents().summaries({.reviewer = "kim"}).value();
    EXPECT_FALSE(page.incidents[0].is_reviewed);
    EXPECT_TRUE(page.incidents[1].is_reviewed);
}

TEST_P(IncidentContract, ARowOfAListSaysWhatHappened) {
    put("i1");
    const IncidentSummary row = incidents().summaries({}).value().incidents.at(0);
    EXPECT_EQ(row.rule, RuleId("r'1"));
    EXPECT_EQ(row.detail, "관제 \"quoted\"");
    EXPECT_EQ(row.people, 2);
    EXPECT_EQ(row.zones.size(), 2U);
    EXPECT_EQ(row.change, 1);
}

TEST_P(IncidentContract, WhatGoesOnAndWhatWaitsIsFoundHoweverOld) {
    put("i1", kNoon - minutes{90 * 24 * 60});
    Incident over = incident("i2", kNoon);
    over.ended = kNoon;
    put(over);
    const auto unended = incidents().unended().value();
    ASSERT_EQ(unended.size(), 1U);
    EXPECT_EQ(unended[0].id, IncidentId("i1"));
    EXPECT_EQ(unended[0].events.size(), 1U);
    const auto waiting = incidents().unanswered(kNoon).value();
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].id, IncidentId("i2"));
}

/// Ten incidents at the fence, one each minute, acknowledged after 10, 20 ... 100 s: six by kim,
/// who calls five false, and four by lee, who confirms them.
void put_a_shift(IncidentStore& incidents) {
    for (int i = 0; i < 10; ++i) {
        Incident each = incident("i" + std::to_string(i), kNoon + minutes{i});
        each.gravity = each.events[0].gravity = i < 5 ? 2 : 4;
        each.events[0].started = each.opened;
        each.events[0].time = each.opened + seconds{2};
        each.events[0].picture_width = 100;
        each.events[0].picture_height = 50;
        ASSERT_TRUE(incidents.save(each));
        const bool is_false = i < 5;
        ASSERT_TRUE(incidents.act(
            each.id,
            {.verb = is_false ? IncidentVerb::FalseAlarm : IncidentVerb::Confirm,
             .who = i < 6 ? "kim" : "lee",
             .when = each.opened + seconds{10 * (i + 1)},
             .why = {},
             .reason = FalseAlarmReason::Vegetation}
        ));
    }
}

TEST_P(IncidentContract, StatisticsTellVerdictsAndTimes) {
    put_a_shift(incidents());
    put("waiting", kNoon + minutes{61});
    IncidentStatistics& statistics = store_->incident_statistics();
    const StatisticsSpan span{.from = kNoon, .to = kNoon + minutes{120}, .scope = {}};

    const auto verdicts = statistics.verdicts(span);
    ASSERT_TRUE(verdicts) << verdicts.error().describe();
    ASSERT_EQ(verdicts->size(), 3U);
    EXPECT_EQ(verdicts->at(0).verdict, Verdict::None);
    EXPECT_EQ(verdicts->at(1).count, 5);
    EXPECT_EQ(
        verdicts->at(2),
        (VerdictCount{
            CameraId("c1"),
            RuleId("r'1"),
            "intrusion",
            Verdict::FalseAlarm,
            FalseAlarmReason::Vegetation,
            5
        })
    );

    const auto handling = statistics.handling(span);
    ASSERT_TRUE(handling) << handling.error().describe();
    EXPECT_EQ(handling->acknowledged, (AcknowledgeTimes{10, seconds{50}, seconds{100}}));
    ASSERT_EQ(handling->operators.size(), 2U);
    const OperatorFigures& kim = handling->operators.at(0);
    EXPECT_EQ(kim.user, "kim");
    EXPECT_EQ(kim.false_alarms, 5);
    EXPECT_EQ(kim.confirmed, 1);
    EXPECT_EQ(kim.busiest_ten_minutes, 6);
    const OperatorFigures& lee = handling->operators.at(1);
    EXPECT_EQ(lee.acknowledged, (AcknowledgeTimes{4, seconds{80}, seconds{100}}));
    EXPECT_EQ(lee.busiest_ten_minutes, 4);
}

TEST_P(IncidentContract, StatisticsTellWhatOpenedAndIsOpen) {
    put_a_shift(incidents());
    put("waiting", kNoon + minutes{61});
    IncidentStatistics& statistics = store_->incident_statistics();
    const StatisticsSpan span{.from = kNoon, .to = kNoon + minutes{120}, .scope = {}};

    const auto opened = statistics.opened(span);
    ASSERT_TRUE(opened) << opened.error().describe();
    ASSERT_EQ(opened->hours.size(), 2U);
    EXPECT_EQ(opened->hours.at(0).hour, kNoon);
    EXPECT_EQ(opened->hours.at(0).by_gravity, (CountByGravity{0, 5, 0, 5, 0}));
    EXPECT_EQ(opened->states.at(IncidentState::FalseAlarm), 5);
    EXPECT_EQ(opened->states.at(IncidentState::New), 1);

    const auto open = statistics.open_now(std::nullopt);
    ASSERT_TRUE(open) << open.error().describe();
    EXPECT_EQ(open->by_gravity, (CountByGravity{0, 0, 0, 6, 0}));
    EXPECT_EQ(open->unanswered, 1);
    EXPECT_EQ(open->oldest_unanswered, kNoon + minutes{61});
    EXPECT_EQ(open->by_assignee.at("lee"), 4);
    EXPECT_EQ(
        statistics.open_now(IncidentScope{{OrganisationId("roads")}, {}}).value().unanswered, 0
    );
}

TEST_P(IncidentContract, JudgedIncidentsCarryTheirEvidence) {
    put_a_shift(incidents());
    const auto judged =
        store_->incident_statistics().judged(CameraId("c1"), kNoon, kNoon + minutes{3}, 100);
    ASSERT_TRUE(judged) << judged.error().describe();
    ASSERT_EQ(judged->size(), 3U);
    const JudgedIncident& newest = judged->front();
    EXPECT_EQ(newest.id, IncidentId("i2"));
    EXPECT_EQ(newest.reason, FalseAlarmReason::Vegetation);
    EXPECT_EQ(newest.lasted, seconds{2});
    EXPECT_EQ(newest.zone, ZoneId("gate"));
    EXPECT_FLOAT_EQ(newest.box.x, 0.015F);
    EXPECT_FLOAT_EQ(newest.box.h, 0.08F);
}

INSTANTIATE_TEST_SUITE_P(
    Backends,
    IncidentContract,
    ::testing::Values("sqlite", "postgresql"),
    [](const auto& info) { return info.param; }
);

}  // namespace
}  // namespace bongsu::store
