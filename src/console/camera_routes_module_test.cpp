// Cameras over the interface: real parts, real sessions, real rights.
#include "console/testing/test_console.hpp"
#include "core/json.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

using testing::Ask;
using testing::json_of;
using testing::TestConsole;
namespace json = boost::json;

json::object camera_form(const std::string& id) {
    return {
        {"id", id},
        {"organisation", "city"},
        {"url", "rtsp://kim:secret@10.0.0.1/" + id},
        {"place", {{"latitude", 37.5}, {"longitude", 126.9}}}
    };
}

net::HttpResponse patch(TestConsole& console, const std::string& user, const json::value& body) {
    return console.ask(user, "/api/v1/cameras", {.method = "PATCH", .body = json::serialize(body)});
}

net::HttpResponse csv(TestConsole& console, const std::string& query, const std::string& table) {
    return console.ask(
        "administrator",
        "/api/v1/cameras/import" + query,
        {.method = "POST", .body = table, .type = "text/csv"}
    );
}

std::string field_of(const net::HttpResponse& problem) {
    const json::value body = json_of(problem);
    const json::value* errors = body.as_object().if_contains("errors");
    return errors == nullptr ? "" : std::string(errors->as_array().at(0).at("path").as_string());
}

TEST(CameraRoutes, CreateChangeAndRemoveACamera) {
    TestConsole console;
    const auto made = console.post("administrator", "/api/v1/cameras", camera_form("yard"));
    ASSERT_EQ(made.status, 201) << made.body;
    EXPECT_EQ(made.body.find("secret"), std::string::npos);
    EXPECT_EQ(*net::find_field(made.headers, "etag"), "\"1\"");

    json::object form = json_of(made).at("config").as_object();
    form["name"] = "마당";
    const std::string path = "/api/v1/cameras/yard";
    EXPECT_EQ(console.put("administrator", path, form).status, 412);
    const auto changed = console.put("administrator", path, form, "\"1\"");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(json_of(changed).at("summary").at("name").as_string(), "마당");
    const auto stale = console.put("administrator", path, form, "\"1\"");
    EXPECT_EQ(stale.status, 412);
    EXPECT_NE(stale.body.find("by administrator"), std::string::npos) << stale.body;
    EXPECT_EQ(
        console.parts().fleet.get(CameraId("yard")).value()->config.streams[0].url,
        "rtsp://kim:secret@10.0.0.1/yard"
    );

    EXPECT_EQ(console.ask("administrator", path, {.method = "DELETE"}).status, 204);
    EXPECT_EQ(console.get("administrator", path).status, 404);
}

TEST(CameraRoutes, WrongFormsNameTheField) {
    TestConsole console;
    const auto post = [&](json::object form) {
        return console.post("administrator", "/api/v1/cameras", std::move(form));
    };
    json::object form = camera_form("yard");
    form["place"] = {{"latitude", 91}, {"longitude", 1}};
    EXPECT_EQ(field_of(post(form)), "place.latitude");
    form = camera_form("Yard 1");
    EXPECT_EQ(field_of(post(form)), "id");
    form = camera_form("yard");
    form["nmae"] = "x";
    EXPECT_EQ(field_of(post(form)), "nmae");
    EXPECT_EQ(post(camera_form("gate")).status, 409);
    EXPECT_EQ(
        console.ask("administrator", "/api/v1/cameras", {.method = "POST", .body = "{\"id\":"})
            .status,
        400
    );
}

TEST(CameraRoutes, ListsShowOnlyWhatTheCallerSees) {
    TestConsole console;
    const json::value all = json_of(console.get("operator", "/api/v1/cameras"));
    EXPECT_EQ(all.at("total").as_int64(), 3);
    const json::value parks = json_of(console.get("park_operator", "/api/v1/cameras"));
    EXPECT_EQ(parks.at("total").as_int64(), 1);
    EXPECT_EQ(parks.at("cameras").at(0).at("id").as_string(), "pond");
    const json::value page = json_of(console.get("operator", "/api/v1/cameras?limit=2"));
    EXPECT_EQ(page.at("next").as_string(), "plaza") << json::serialize(page);
    EXPECT_EQ(
        json_of(console.get("operator", "/api/v1/cameras?q=pond&state=off")).at("total").as_int64(),
        1
    );
    EXPECT_EQ(console.get("operator", "/api/v1/cameras?limit=0").status, 400);
}

TEST(CameraRoutes, VersionsAreSeenComparedAndUndone) {
    TestConsole console;
    ASSERT_EQ(console.post("administrator", "/api/v1/cameras", camera_form("yard")).status, 201);
    const std::string path = "/api/v1/cameras/yard";
    json::object form = camera_form("yard");
    form["name"] = "two";
    ASSERT_EQ(console.put("administrator", path, form, "1").status, 200);
    const json::value diff = json_of(console.get("operator", path + "/versions/2/diff"));
    EXPECT_EQ(diff.at("changes").as_array().size(), 1U);
    EXPECT_EQ(diff.at("changes").at(0).at("path").as_string(), "name");
    const auto undone = console.post("administrator", path + "/versions/1/restore", json::object{});
    ASSERT_EQ(undone.status, 200) << undone.body;
    EXPECT_EQ(json_of(undone).at("summary").at("name").as_string(), "yard");
    EXPECT_EQ(
        json_of(console.get("operator", path + "/versions")).at("versions").as_array().size(), 3U
    );
    EXPECT_EQ(console.get("operator", path + "/versions/9/diff").status, 404);
    EXPECT_EQ(console.get("operator", path + "/versions/x/diff").status, 404);
}

TEST(CameraRoutes, ARemovedCameraIsFoundAndBroughtBack) {
    TestConsole console;
    const std::string path = "/api/v1/cameras/gate";
    ASSERT_EQ(console.ask("administrator", path, {.method = "DELETE"}).status, 204);
    EXPECT_EQ(console.get("administrator", path).status, 404);
    EXPECT_EQ(json_of(console.get("administrator", "/api/v1/cameras")).at("total").as_int64(), 2);

    const json::value removed =
        json_of(console.get("administrator", "/api/v1/cameras?removed=true"));
    ASSERT_EQ(removed.at("total").as_int64(), 1);
    EXPECT_EQ(removed.at("cameras").at(0).at("id").as_string(), "gate");
    EXPECT_EQ(removed.at("cameras").at(0).at("removed_by").as_string(), "administrator");
    const json::value versions = json_of(console.get("administrator", path + "/versions"));
    ASSERT_EQ(versions.at("versions").as_array().size(), 2U);
    EXPECT_TRUE(versions.at("versions").at(0).at("is_removed").as_bool());
    EXPECT_EQ(console.get("administrator", path + "/versions/2/diff").status, 200);

    EXPECT_EQ(console.post("operator", path + "/versions/1/restore", json::object{}).status, 403);
    const auto back = console.post("administrator", path + "/versions/1/restore", json::object{});
    ASSERT_EQ(back.status, 200) << back.body;
    EXPECT_EQ(json_of(back).at("version").as_int64(), 3);
    EXPECT_EQ(console.audit_lines().front(), "administrator restoreVersion camera:gate allowed");
    EXPECT_EQ(console.get("administrator", path).status, 200);
    EXPECT_EQ(
        json_of(console.get("administrator", "/api/v1/cameras?removed=true"))
            .at("total")
            .as_int64(),
        0
    );
}

TEST(CameraRoutes, RemovedCamerasOfOthersStayHidden) {
    TestConsole console;
    ASSERT_EQ(
        console.ask("administrator", "/api/v1/cameras/gate", {.method = "DELETE"}).status, 204
    );
    const json::value seen = json_of(console.get("park_operator", "/api/v1/cameras?removed=true"));
    EXPECT_EQ(seen.at("total").as_int64(), 0);
    EXPECT_EQ(console.get("park_operator", "/api/v1/cameras/gate/versions").status, 404);
}

TEST(CameraRoutes, RulesAreChangedAlone) {
    TestConsole console;
    const json::object rules{
        {"zones", {{{"id", "z"}, {"points", {{0, 0}, {1, 0}, {1, 1}}}}}},
        {"masks", json::array{}},
        {"rules", {{{"behaviour", "intrusion"}, {"zones", {"z"}}}}}
    };
    const std::string path = "/api/v1/cameras/gate/rules";
    const auto changed = console.put("administrator", path, rules, "1");
    ASSERT_EQ(changed.status, 200) << changed.body;
    EXPECT_EQ(json_of(changed).at("config").at("rules").as_array().size(), 1U);
    EXPECT_EQ(console.put("administrator", path, {{"name", "x"}}, "2").status, 400);
    EXPECT_EQ(console.put("operator", path, rules, "2").status, 403);
}

TEST(CameraRoutes, BulkEditsTellWhatFailed) {
    TestConsole console;
    const json::object body{
        {"cameras", {"gate", "nobody", "plaza"}}, {"patch", {{"place", {{"site", "광장"}}}}}
    };
    const auto done = patch(console, "administrator", body);
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(json_of(done).at("changed").as_int64(), 2);
    EXPECT_EQ(json_of(done).at("failed").at(0).at("camera").as_string(), "nobody");
    json::object strict = body;
    strict["all_or_nothing"] = true;
    EXPECT_EQ(json_of(patch(console, "administrator", strict)).at("changed").as_int64(), 0);
    EXPECT_EQ(patch(console, "operator", body).status, 403);
    EXPECT_EQ(patch(console, "administrator", {{"cameras", json::array{}}}).status, 400);
}

TEST(CameraRoutes, TablesComeInAfterADryRunAndGoOutWithoutPasswords) {
    TestConsole console;
    const std::string table =
        "id,organisation,url\nnew-1,city,rtsp://kim:secret@h/1\nBad,city,rtsp://h/2\n";
    const json::value dry = json_of(csv(console, "", table));
    EXPECT_TRUE(dry.at("is_dry_run").as_bool());
    EXPECT_EQ(dry.at("problems").at(0).at("row").as_int64(), 3);
    EXPECT_EQ(dry.at("problems").at(0).at("code").as_string(), "bad_id");
    EXPECT_EQ(dry.at("problems").at(0).at("values").at("value").as_string(), "Bad");
    EXPECT_EQ(console.get("administrator", "/api/v1/cameras/new-1").status, 404);
    const json::value refused = json_of(csv(console, "?dry_run=false", table));
    EXPECT_EQ(refused.at("imported").as_int64(), 0);
    const json::value taken = json_of(csv(console, "?dry_run=false&only_good=true", table));
    EXPECT_EQ(taken.at("imported").as_int64(), 1);
    const auto exported = console.get("administrator", "/api/v1/cameras/export");
    ASSERT_EQ(exported.status, 200);
    EXPECT_NE(exported.body.find("rtsp://***@h/1"), std::string::npos);
    EXPECT_EQ(exported.body.find("secret"), std::string::npos);
    EXPECT_EQ(csv(console, "", "").status, 400);
    const auto empty = csv(console, "", "\n");
    EXPECT_EQ(empty.status, 400);
    EXPECT_EQ(json_of(empty).at("errors").at(0).at("code").as_string(), "file_empty");
}

TEST(CameraRoutes, GroupsAreMadeRenamedAndRemoved) {
    TestConsole console;
    const json::object north{{"id", "north"}, {"name", "북부"}, {"organisation", "city"}};
    ASSERT_EQ(console.post("administrator", "/api/v1/groups", north).status, 201);
    json::object form = camera_form("yard");
    form["groups"] = json::array{"north"};
    ASSERT_EQ(console.post("administrator", "/api/v1/cameras", form).status, 201);
    const json::value groups = json_of(console.get("operator", "/api/v1/groups"));
    EXPECT_EQ(groups.at("groups").at(0).at("cameras").as_int64(), 1);
    EXPECT_EQ(
        json_of(console.get("park_operator", "/api/v1/groups")).at("groups").as_array().size(), 0U
    );
    const Ask remove{.method = "DELETE"};
    EXPECT_EQ(console.ask("administrator", "/api/v1/groups/north", remove).status, 412);
    ASSERT_EQ(
        patch(
            console,
            "administrator",
            {{"cameras", {"yard"}}, {"patch", {{"groups", json::array{}}}}}
        ).status,
        200
    );
    EXPECT_EQ(console.ask("administrator", "/api/v1/groups/north", remove).status, 204);
}

TEST(CameraRoutes, ProbesAreHandedOnWithoutFilesOfTheServer) {
    TestConsole console([](ConsoleParts& parts) {
        parts.probe = [](const ProbeRequest& request) {
            ProbeResult result;
            result.is_good = request.password == "p";
            result.outcome = ProbeOutcome::GoodH265;
            result.codec = Codec::H265;
            result.still = {0xFF, 0xD8, 0xFF};
            return result;
        };
    });
    const std::string path = "/api/v1/cameras/probe";
    const auto good =
        console.post("administrator", path, {{"url", "rtsp://h/1"}, {"password", "p"}});
    ASSERT_EQ(good.status, 200) << good.body;
    EXPECT_EQ(json_of(good).at("codec").as_string(), "h265");
    EXPECT_EQ(json_of(good).at("code").as_string(), "good_h265");
    EXPECT_EQ(json_of(good).at("still").as_string(), "data:image/jpeg;base64,/9j/");
    EXPECT_EQ(console.post("administrator", path, {{"url", "/etc/passwd"}}).status, 400);
    EXPECT_EQ(console.post("operator", path, {{"url", "rtsp://h/1"}}).status, 403);
}

TEST(HealthRoutes, CountAndShowWhatTheCallerSees) {
    auto snapshot = std::make_shared<HealthSnapshot>();
    CameraHealth gate{.camera = CameraId("gate"), .condition = CameraCondition::Lost};
    gate.words = "main stream is lost: no route to host";
    gate.streams.push_back({.role = StreamRole::Main, .state = LinkState::Waiting});
    snapshot->cameras = {gate};
    TestConsole console([&](ConsoleParts& parts) { parts.health = [snapshot] { return snapshot; }; }
    );
    const json::value all = json_of(console.get("administrator", "/api/v1/health?state=lost"));
    EXPECT_EQ(all.at("lost").as_int64(), 1);
    EXPECT_EQ(all.at("off").as_int64(), 2);
    ASSERT_EQ(all.at("cameras").as_array().size(), 1U);
    EXPECT_EQ(all.at("cameras").at(0).at("words").as_string(), gate.words);
    EXPECT_EQ(all.at("cameras").at(0).at("streams").at(0).at("state").as_string(), "waiting");
}

TEST(HealthRoutes, FormsOfBehavioursComeFromTheirTables) {
    TestConsole console;
    const auto answer = console.get("administrator", "/api/v1/schemas/behaviours");
    ASSERT_EQ(answer.status, 200);
    const json::value body = json_of(answer);
    const auto& list = body.at("behaviours").as_array();
    const auto loitering = std::ranges::find_if(list, [](const json::value& each) {
        return each.at("name").as_string() == "loitering";
    });
    ASSERT_NE(loitering, list.end());
    EXPECT_EQ(loitering->at("scope").as_string(), "area");
    EXPECT_FALSE(loitering->at("fields").as_array().empty());
    EXPECT_EQ(body.at("common").at(2).at("name").as_string(), "gravity");
    EXPECT_EQ(body.at("common").at(2).at("max").as_int64(), 5);
}

/// The 95th percentile of repeated requests, in milliseconds.
TEST(CameraRoutes, TenThousandCamerasAreListedPageByPage) {
    TestConsole console;
    std::vector<Value> forms;
    for (int i = 0; i < 10'000; ++i) {
        forms.push_back(
            parse_json(json::serialize(camera_form("c" + std::to_string(i))), "t").value()
        );
    }
    ASSERT_TRUE(console.parts().fleet.put_many(
        forms, fleet::BulkMode::AllOrNothing, {.who = "t", .why = ""}
    ));
    const json::value first = json_of(console.get("operator", "/api/v1/cameras?limit=500"));
    const auto total = static_cast<std::size_t>(first.at("total").as_int64());
    EXPECT_GE(total, 10'000U);
    std::set<std::string> seen;
    std::size_t listed = 0;
    std::string next;
    do {
        const std::string after = next.empty() ? "" : "&cursor=" + next;
        const json::value page =
            json_of(console.get("operator", "/api/v1/cameras?limit=500" + after));
        for (const json::value& camera : page.at("cameras").as_array()) {
            seen.insert(std::string(camera.at("id").as_string()));
            ++listed;
        }
        const json::value* more = page.as_object().if_contains("next");
        next = more != nullptr && more->is_string() ? std::string(more->as_string()) : "";
    } while (!next.empty() && listed <= total);
    EXPECT_EQ(listed, total) << "on some page twice or on none";
    EXPECT_EQ(seen.size(), total);
    const json::value found = json_of(console.get("operator", "/api/v1/cameras?limit=1&q=c99"));
    EXPECT_EQ(found.at("total").as_int64(), 111);
}

}  // namespace
}  // namespace bongsu::console
