// Incidents, suggestions and supervision over the router, with real rights, store and audit log.
#include "console/testing/test_console.hpp"
#include "store/store.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using testing::json_of;
using testing::TestConsole;

class IncidentRoutes : public ::testing::Test {
protected:
    IncidentRoutes() : console_([this](ConsoleParts& parts) { connect(parts); }) {}

    /// What the station's desk does: the store acts, now.
    void connect(ConsoleParts& parts) {
        parts.act = [this](const IncidentId& id, IncidentAction action) {
            action.when = console_.clock().wall();
            return console_.parts().store.incidents().act(id, action);
        };
        parts.merge = [this](IncidentMerge request) -> Result<Incident> {
            request.when = console_.clock().wall();
            BONGSU_ASSIGN(auto merged, console_.parts().store.incidents().merge(request));
            return merged.back();
        };
    }

    net::HttpResponse act(
        const IncidentId& id, const json::object& body, const char* who = "operator"
    ) {
        return console_.post(who, "/api/v1/incidents/" + id.value() + "/actions", body);
    }

    std::vector<std::string> listed(const std::string& user, const std::string& query = "") {
        const net::HttpResponse answer = console_.get(user, "/api/v1/incidents" + query);
        EXPECT_EQ(answer.status, 200) << answer.body;
        std::vector<std::string> ids;
        for (const json::value& row : json_of(answer).at("incidents").as_array()) {
            ids.emplace_back(row.at("id").as_string());
        }
        return ids;
    }

    /// Six false alarms of one fence, all in the same corner; one confirmed elsewhere.
    void put_noise() {
        const Value rule = Value::Map{{"id", "fence"}, {"behaviour", "intrusion"}};
        const auto camera = console_.parts().fleet.get(CameraId("gate")).value();
        Value::Map form =
            *console_.parts().fleet.form_of(camera->config.id, camera->version)->as_map();
        std::erase_if(form, [](const auto& member) { return member.first == "rules"; });
        form.emplace_back("rules", Value::List{rule});
        ASSERT_TRUE(
            console_.parts().fleet.change(camera->config.id, camera->version, form, {"test", ""})
        );
        for (int i = 0; i < 7; ++i) {
            Incident incident;
            incident.id = IncidentId("noise-" + std::to_string(i));
            incident.kind = "intrusion";
            incident.camera = CameraId("gate");
            incident.organisation = OrganisationId("city");
            incident.opened = console_.clock().wall() - std::chrono::hours{i + 1};
            incident.started = incident.opened;
            BehaviourEvent event;
            event.id = EventId("e");
            event.kind = "intrusion";
            event.camera = incident.camera;
            event.rule = RuleId("fence");
            event.started = event.time = incident.opened;
            event.confidence = 0.5F;
            event.box = i < 6 ? Box{10, 10, 100, 100} : Box{900, 500, 50, 100};
            event.picture_width = 1280;
            event.picture_height = 720;
            incident.events = {event};
            store::IncidentStore& store = console_.parts().store.incidents();
            ASSERT_TRUE(store.save(incident));
            ASSERT_TRUE(store.act(
                incident.id,
                {.verb = i < 6 ? IncidentVerb::FalseAlarm : IncidentVerb::Confirm,
                 .who = "operator",
                 .when = incident.opened + std::chrono::seconds{30},
                 .why = {},
                 .reason = FalseAlarmReason::Vegetation}
            ));
        }
    }

    using Ids = std::vector<std::string>;

    TestConsole console_;
};

TEST_F(IncidentRoutes, TheQueueShowsOnlyWhatTheCallerMaySee) {
    console_.add_incident("gate", 3);
    const IncidentId pond = console_.add_incident("pond", 5);
    EXPECT_EQ(listed("operator", "?order=gravest"), (Ids{pond.value(), "test-1"}));
    EXPECT_EQ(listed("park_operator"), (Ids{pond.value()}));
    EXPECT_EQ(listed("park_operator", "?camera=gate"), Ids{});
    EXPECT_EQ(console_.get("park_operator", "/api/v1/incidents/test-1").status, 404);
    const auto counts = json_of(console_.get("park_operator", "/api/v1/incidents/counts"));
    ASSERT_EQ(counts.at("counts").as_array().size(), 1U);
    EXPECT_EQ(counts.at("counts").at(0).at("gravity"), 5);
}

TEST_F(IncidentRoutes, EveryFilterIsUnderstoodOrRefused) {
    const IncidentId one = console_.add_incident("gate", 3);
    console_.add_incident("plaza", 4);
    ASSERT_EQ(act(one, {{"action", "acknowledge"}}).status, 200);
    EXPECT_EQ(listed("operator", "?state=acknowledged,closed"), (Ids{"test-1"}));
    EXPECT_EQ(listed("operator", "?min_gravity=4"), (Ids{"test-2"}));
    EXPECT_EQ(listed("operator", "?assignee=operator"), (Ids{"test-1"}));
    EXPECT_EQ(listed("operator", "?q=plaza"), (Ids{"test-2"})) << "what a camera is called";
    for (const char* bad :
         {"?state=gone",
          "?limit=0",
          "?limit=501",
          "?min_gravity=9",
          "?order=random",
          "?cursor=x",
          "?from=yesterday",
          "?unreviewed=perhaps"}) {
        EXPECT_EQ(console_.get("operator", std::string("/api/v1/incidents") + bad).status, 400)
            << bad;
    }
}

TEST_F(IncidentRoutes, AVerdictIsStoredAndWrittenDown) {
    const IncidentId id = console_.add_incident("gate", 4);
    const net::HttpResponse answer =
        act(id, {{"action", "false_alarm"}, {"reason", "animal"}, {"text", "고양이"}});
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value incident = json_of(answer);
    EXPECT_EQ(incident.at("state"), "false_alarm");
    EXPECT_EQ(incident.at("reason"), "animal");
    EXPECT_EQ(incident.at("change"), 2);
    EXPECT_EQ(incident.at("camera_name"), "정문");
    EXPECT_EQ(incident.at("steps").as_array().back().at("who"), "operator");
    EXPECT_EQ(console_.audit_lines().front(), "operator actOnIncident incident:test-1 allowed");
}

TEST_F(IncidentRoutes, WhatIsNotAllowedChangesNothing) {
    const IncidentId id = console_.add_incident("gate", 4);
    EXPECT_EQ(act(id, {{"action", "close"}}).status, 412);
    EXPECT_EQ(act(id, {{"action", "explode"}}).status, 400);
    EXPECT_EQ(act(id, {{"action", "note"}}).status, 400);
    EXPECT_EQ(act(id, {{"action", "false_alarm"}}).status, 400) << "without a reason";
    EXPECT_EQ(act(id, {{"action", "false_alarm"}, {"reason", "ghost"}}).status, 400);
    EXPECT_EQ(act(id, {{"action", "confirm"}, {"surprise", 1}}).status, 400);
    EXPECT_EQ(act(id, {{"action", "confirm"}}, "park_operator").status, 404);
    EXPECT_EQ(act(id, {{"action", "confirm"}}, "auditor").status, 404);
    EXPECT_EQ(act(id, {{"action", "assign"}, {"assignee", "nobody"}}, "supervisor").status, 400);
    EXPECT_EQ(
        act(id, {{"action", "assign"}, {"assignee", "park_operator"}}, "supervisor").status, 400
    ) << "who does not see it cannot handle it";
    const auto incident = console_.parts().store.incidents().get(id).value();
    EXPECT_EQ(incident.change, 1);
}

TEST_F(IncidentRoutes, TheSecondOfTwoVerdictsIsToldOfTheFirst) {
    const IncidentId id = console_.add_incident("gate", 4);
    ASSERT_EQ(act(id, {{"action", "confirm"}, {"expected_change", 1}}).status, 200);
    const net::HttpResponse late = act(
        id, {{"action", "false_alarm"}, {"reason", "staff"}, {"expected_change", 1}}, "supervisor"
    );
    EXPECT_EQ(late.status, 412);
    EXPECT_NE(late.body.find("operator"), std::string::npos) << late.body;
}

TEST_F(IncidentRoutes, NotesReviewsAndMergesAreKept) {
    const IncidentId one = console_.add_incident("gate", 3);
    const IncidentId two = console_.add_incident("plaza", 5);
    const std::string path = "/api/v1/incidents/" + one.value();
    ASSERT_EQ(console_.post("operator", path + "/notes", {{"text", "파란 트럭"}}).status, 200);
    EXPECT_EQ(console_.post("operator", path + "/notes", {{"text", ""}}).status, 400);
    ASSERT_EQ(console_.put("operator", path + "/reviewed", json::object{}).status, 204);
    EXPECT_EQ(listed("operator", "?unreviewed=true"), (Ids{two.value()}));
    EXPECT_EQ(listed("supervisor", "?unreviewed=true").size(), 2U);

    const net::HttpResponse merged =
        console_.post("supervisor", path + "/merge", {{"incidents", json::array{two.value()}}});
    ASSERT_EQ(merged.status, 200) << merged.body;
    EXPECT_EQ(json_of(merged).at("absorbed"), (json::array{two.value()}));
    EXPECT_EQ(listed("operator"), (Ids{one.value()}));
    EXPECT_EQ(
        console_.post("supervisor", path + "/merge", {{"incidents", json::array{"gone"}}}).status,
        404
    );
}

TEST_F(IncidentRoutes, NeighboursAreTheCamerasNear) {
    const IncidentId id = console_.add_incident("gate", 3);
    const auto near =
        json_of(console_.get("operator", "/api/v1/incidents/" + id.value() + "/neighbours"));
    ASSERT_EQ(near.at("neighbours").as_array().size(), 2U);
    EXPECT_EQ(near.at("neighbours").at(0).at("camera"), "plaza");
}

TEST_F(IncidentRoutes, AnAcceptedSuggestionChangesTheCamera) {
    put_noise();
    const auto list = json_of(console_.get("administrator", "/api/v1/suggestions"));
    ASSERT_EQ(list.at("suggestions").as_array().size(), 1U) << json::serialize(list);
    EXPECT_EQ(list.at("suggestions").at(0).at("kind"), "mask");
    EXPECT_EQ(list.at("suggestions").at(0).at("verdicts"), 7);
    const auto one = json_of(console_.get("operator", "/api/v1/incidents/noise-1/suggestion"));
    EXPECT_EQ(one.at("suggestion").at("id"), "gate:fence:vegetation");

    const std::string accept = "/api/v1/suggestions/gate:fence:vegetation/accept";
    EXPECT_EQ(console_.post("operator", accept, json::object{}).status, 403);
    const net::HttpResponse accepted = console_.post("administrator", accept, json::object{});
    ASSERT_EQ(accepted.status, 200) << accepted.body;
    const auto camera = console_.parts().fleet.get(CameraId("gate")).value();
    EXPECT_EQ(camera->config.masks.size(), 1U);
    EXPECT_EQ(camera->changed_by, "administrator");
    EXPECT_EQ(
        console_.post("administrator", "/api/v1/suggestions/gate:x:animal/accept", json::object{})
            .status,
        404
    );
}

TEST_F(IncidentRoutes, SupervisionTellsLoadAndWhatWaits) {
    put_noise();
    console_.add_incident("gate", 5);
    const net::HttpResponse answer = console_.get("supervisor", "/api/v1/supervision/now");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value now = json_of(answer);
    EXPECT_EQ(now.at("unanswered").as_array().size(), 1U);
    EXPECT_EQ(now.at("open_by_gravity").at(4), 1);
    EXPECT_EQ(now.at("cameras_total"), 3);
    EXPECT_EQ(console_.get("operator", "/api/v1/supervision/now").status, 403);
}

TEST_F(IncidentRoutes, TheShiftReportAddsUp) {
    put_noise();
    const WallTime now = console_.clock().wall();
    const WallTime hour{std::chrono::floor<std::chrono::hours>(now.time_since_epoch())};
    ASSERT_TRUE(console_.parts().store.coverage().merge(
        {{CameraId("gate"), hour - std::chrono::hours{1}, std::chrono::seconds{12}, 300}}
    ));
    const std::string span =
        "?from=" + to_iso8601(now - std::chrono::hours{8}) + "&to=" + to_iso8601(now);
    const net::HttpResponse answer =
        console_.get("supervisor", "/api/v1/supervision/report" + span);
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value report = json_of(answer);
    EXPECT_EQ(report.at("opened"), 7);
    EXPECT_EQ(report.at("by_state").at("false_alarm"), 6);
    EXPECT_EQ(report.at("acknowledge_p95_s").to_number<double>(), 30);
    EXPECT_EQ(report.at("operators").at(0).at("false_alarms"), 6);
    EXPECT_EQ(report.at("false_alarms").at(0).at("reasons").at("vegetation"), 6);
    EXPECT_EQ(report.at("worst_coverage").at(0).at("longest_unwatched_s").to_number<double>(), 12);
    EXPECT_EQ(report.at("exports"), 0);
    const auto ledger =
        json_of(console_.get("supervisor", "/api/v1/supervision/coverage" + span + "&camera=gate"));
    EXPECT_EQ(ledger.at("rows").as_array().size(), 1U);
    EXPECT_EQ(console_.get("supervisor", "/api/v1/supervision/report").status, 400);
}

}  // namespace
}  // namespace bongsu::console
