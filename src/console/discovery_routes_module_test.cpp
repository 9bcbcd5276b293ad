// Looking for cameras through the interface, against simulated cameras as real servers.
#include "console/candidate_json.hpp"
#include "console/testing/test_console.hpp"
#include "onvif/testing/simulated_cameras.hpp"

#include <thread>

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using onvif::testing::SimulatedCameras;
using testing::Ask;
using testing::json_of;
using testing::TestConsole;

class Scanning : public ::testing::Test {
protected:
    TestConsole console_;
    SimulatedCameras cameras_{{.has_own_addresses = true}, {"gate-a", "gate-b"}};
    std::string range_ = "127.0.0.1-2:" + std::to_string(cameras_.front().port());

    json::object order(bool has_credentials) const {
        json::object body{{"range", range_}};
        if (has_credentials) {
            body["user"] = SimulatedCameras::kUser;
            body["password"] = SimulatedCameras::kPassword;
        }
        return body;
    }

    std::string start(const json::object& body) {
        const auto answer = console_.post("administrator", "/api/v1/scans", body);
        EXPECT_EQ(answer.status, 202) << answer.body;
        return std::string(json_of(answer).at("id").as_string());
    }

    json::value finished(const std::string& id) {
        for (int i = 0; i < 1000; ++i) {
            const auto answer = console_.get("administrator", "/api/v1/scans/" + id);
            EXPECT_EQ(answer.status, 200) << answer.body;
            json::value scan = json_of(answer);
            if (scan.at("is_done").as_bool()) {
                return scan;
            }
            std::this_thread::sleep_for(10ms);
        }
        ADD_FAILURE() << "the scan does not end";
        return {};
    }
};

TEST_F(Scanning, FindsCamerasAndAsksThemWithTheGivenPassword) {
    const json::value scan = finished(start(order(true)));
    EXPECT_EQ(scan.at("asked"), scan.at("total"));
    EXPECT_EQ(scan.at("words").as_string(), "");
    ASSERT_EQ(scan.at("findings").as_array().size(), 2U);
    const json::value& first = scan.at("findings").at(0);
    EXPECT_TRUE(first.at("is_onvif").as_bool());
    EXPECT_EQ(first.at("known_camera").as_string(), "");
    const json::value& candidate = first.at("candidate");
    ASSERT_TRUE(candidate.is_object()) << json::serialize(first);
    EXPECT_EQ(candidate.at("manufacturer").as_string(), "Bongsu");
    EXPECT_EQ(candidate.at("profiles").as_array().size(), 2U);
    EXPECT_EQ(candidate.at("profiles").at(0).at("use").as_string(), "main");
}

TEST_F(Scanning, GivesAConfigurationThatCanBeAddedAsItIs) {
    const json::value scan = finished(start(order(true)));
    for (const json::value& finding : scan.at("findings").as_array()) {
        const json::value& config = finding.at("candidate").at("config");
        const auto added = console_.post("administrator", "/api/v1/cameras", config);
        EXPECT_EQ(added.status, 201) << added.body;
        const auto camera =
            console_.parts().fleet.get(CameraId{std::string(config.at("id").as_string())});
        ASSERT_TRUE(camera);
        EXPECT_EQ((*camera)->config.streams.size(), 2U);
        EXPECT_TRUE((*camera)->config.onvif->has_ptz);
        EXPECT_EQ((*camera)->config.onvif->password, SimulatedCameras::kPassword);
    }
    const json::value again = finished(start(order(false)));
    for (const json::value& finding : again.at("findings").as_array()) {
        EXPECT_NE(finding.at("known_camera").as_string(), "");  // both are known now
    }
}

TEST_F(Scanning, AsksOneFindingLater) {
    const std::string id = start(order(false));
    const json::value scan = finished(id);
    ASSERT_TRUE(scan.at("findings").at(0).at("candidate").is_null());
    const std::string path = "/api/v1/scans/" + id + "/interrogate";
    const std::string finding(scan.at("findings").at(0).at("id").as_string());
    const auto wrong = console_.post(
        "administrator",
        path,
        {{"finding", finding}, {"user", "admin"}, {"password", "wrong-secret"}}
    );
    EXPECT_EQ(wrong.status, 400);
    EXPECT_FALSE(wrong.body.contains("wrong-secret"));
    const auto right = console_.post(
        "administrator",
        path,
        {{"finding", finding},
         {"user", SimulatedCameras::kUser},
         {"password", SimulatedCameras::kPassword}}
    );
    ASSERT_EQ(right.status, 200) << right.body;
    EXPECT_EQ(json_of(right).at("manufacturer").as_string(), "Bongsu");
    const auto unknown =
        console_.post("administrator", path, {{"finding", "99"}, {"user", "a"}, {"password", "b"}});
    EXPECT_EQ(unknown.status, 404);
}

TEST_F(Scanning, IsSeenByNobodyElse) {
    const std::string id = start(order(true));
    finished(id);
    EXPECT_EQ(console_.get("operator", "/api/v1/scans/" + id).status, 403);
    EXPECT_EQ(console_.get("administrator", "/api/v1/scans/does-not-exist").status, 404);
}

TEST_F(Scanning, CanBeStopped) {
    const std::string id = start({{"range", "127.1.0.0/20:1"}});
    EXPECT_EQ(
        console_.ask("administrator", "/api/v1/scans/" + id, {.method = "DELETE"}).status, 204
    );
    EXPECT_EQ(console_.get("administrator", "/api/v1/scans/" + id).status, 404);
}

TEST_F(Scanning, SaysWhatIsWrongWithAnOrder) {
    for (const json::object& body :
         {json::object{},
          json::object{{"range", "10.0.0.0/8"}},
          json::object{{"range", "camera city kr"}},
          json::object{{"multicast", "yes"}},
          json::object{{"range", "10.1.2.3"}, {"ports", 80}}}) {
        const auto answer = console_.post("administrator", "/api/v1/scans", body);
        EXPECT_EQ(answer.status, 400) << json::serialize(body);
    }
}

TEST_F(Scanning, KeepsThePasswordOutOfTheAuditLog) {
    finished(start(order(true)));
    bool is_written = false;
    for (const std::string& line : console_.audit_lines()) {
        is_written = is_written || line.contains("startScan");
        EXPECT_FALSE(line.contains(SimulatedCameras::kPassword)) << line;
    }
    EXPECT_TRUE(is_written);
}

TEST(CameraIds, AreMadeOfNamesAndAreFree) {
    TestConsole console;
    const auto fleet = console.parts().fleet.snapshot();
    EXPECT_EQ(free_camera_id("Main Gate (2)", *fleet), "main-gate-2");
    EXPECT_EQ(free_camera_id("gate", *fleet), "gate-2");
    EXPECT_EQ(free_camera_id("정문", *fleet), "camera");
    EXPECT_EQ(free_camera_id(std::string(500, 'x'), *fleet).size(), 56U);
}

}  // namespace
}  // namespace bongsu::console
