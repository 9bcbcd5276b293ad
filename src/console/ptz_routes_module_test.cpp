// Moving cameras through the interface, against a simulated camera as a real server.
#include "console/testing/test_console.hpp"
#include "onvif/testing/simulated_cameras.hpp"

#include <gtest/gtest.h>

namespace bongsu::console {
namespace {

namespace json = boost::json;
using onvif::testing::SimulatedCameras;
using testing::Ask;
using testing::json_of;
using testing::TestConsole;

class Moving : public ::testing::Test {
protected:
    TestConsole console_;
    SimulatedCameras cameras_{{}, {"dome"}};

    void SetUp() override {
        add("dome", SimulatedCameras::kPassword);
        add("locked", "wrong-secret");
    }

    void add(const std::string& id, const std::string& password) {
        const auto added = console_.parts().fleet.create(
            Value::Map{
                {"id", id},
                {"organisation", "city"},
                {"url", "rtsp://192.0.2.9/" + id},
                {"onvif",
                 Value::Map{
                     {"address", cameras_.address("dome")},
                     {"user", SimulatedCameras::kUser},
                     {"password", password},
                     {"ptz", true}
                 }}
            },
            {"test", ""}
        );
        ASSERT_TRUE(added) << added.error().describe();
    }

    net::HttpResponse order(const json::value& body, const std::string& camera = "dome") {
        Ask ask{.method = "POST", .body = json::serialize(body)};
        ask.purpose = "maintenance";
        return console_.ask("operator", "/api/v1/cameras/" + camera + "/ptz", ask);
    }

    std::vector<camsim::PtzOrder> orders() { return cameras_.camera("dome").ptz().orders(); }
};

TEST_F(Moving, TellsWhatTheCameraCanDo) {
    const auto answer = console_.get("operator", "/api/v1/cameras/dome/ptz");
    ASSERT_EQ(answer.status, 200) << answer.body;
    const json::value state = json_of(answer);
    EXPECT_TRUE(state.at("is_available").as_bool());
    EXPECT_TRUE(state.at("can_move").as_bool());
    EXPECT_TRUE(state.at("can_zoom").as_bool());
    EXPECT_EQ(state.at("presets").as_array().size(), 3U);
}

TEST_F(Moving, SaysInWordsWhyACameraCannotBeMoved) {
    const json::value fixed = json_of(console_.get("operator", "/api/v1/cameras/gate/ptz"));
    EXPECT_FALSE(fixed.at("is_available").as_bool());
    EXPECT_FALSE(fixed.at("words").as_string().empty());
    const json::value locked = json_of(console_.get("operator", "/api/v1/cameras/locked/ptz"));
    EXPECT_FALSE(locked.at("is_available").as_bool());
    EXPECT_FALSE(std::string_view(locked.at("words").as_string()).contains("wrong-secret"));
}

TEST_F(Moving, CarriesOutOrders) {
    EXPECT_EQ(order({{"command", "move"}, {"pan", 0.5}, {"tilt", -1}}).status, 204);
    EXPECT_EQ(order({{"command", "stop"}}).status, 204);
    EXPECT_EQ(order({{"command", "preset"}, {"preset", "2"}}).status, 204);
    EXPECT_EQ(order({{"command", "home"}}).status, 204);
    const auto done = orders();
    ASSERT_EQ(done.size(), 4U);
    EXPECT_EQ(done[0].what, "ContinuousMove");
    EXPECT_DOUBLE_EQ(done[0].pan, 0.5);
    EXPECT_DOUBLE_EQ(done[0].tilt, -1);
    EXPECT_EQ(done[2].preset, "2");
    EXPECT_EQ(done[3].what, "GotoHomePosition");
}

TEST_F(Moving, IsWrittenIntoTheAuditLog) {
    ASSERT_EQ(order({{"command", "home"}}).status, 204);
    const std::string newest = console_.audit_lines().front();
    EXPECT_TRUE(newest.contains("operator")) << newest;
    EXPECT_TRUE(newest.contains("movePtz")) << newest;
    EXPECT_TRUE(newest.contains("dome")) << newest;
}

TEST_F(Moving, NeedsAPurpose) {
    Ask ask{.method = "POST", .body = R"({"command":"home"})"};
    ask.purpose = "";
    EXPECT_NE(console_.ask("operator", "/api/v1/cameras/dome/ptz", ask).status, 204);
    EXPECT_TRUE(orders().empty());
}

TEST_F(Moving, RefusesWhatIsNoOrder) {
    for (const json::value& body :
         {json::value{{"command", "fly"}},
          json::value{{"command", "move"}, {"pan", 2}},
          json::value{{"command", "move"}, {"pan", "left"}},
          json::value{{"command", "preset"}},
          json::value{{"pan", 1}}}) {
        EXPECT_EQ(order(body).status, 400) << json::serialize(body);
    }
    EXPECT_EQ(order({{"command", "preset"}, {"preset", "99"}}).status, 404);
    EXPECT_TRUE(orders().empty());
}

TEST_F(Moving, FollowsAChangedConfiguration) {
    ASSERT_FALSE(
        json_of(console_.get("operator", "/api/v1/cameras/locked/ptz")).at("is_available").as_bool()
    );
    const auto outcome = console_.parts().fleet.change_many(
        {CameraId{"locked"}},
        Value::Map{{"onvif", Value::Map{{"password", SimulatedCameras::kPassword}}}},
        fleet::BulkMode::AllOrNothing,
        {"test", ""}
    );
    ASSERT_TRUE(outcome) << outcome.error().describe();
    EXPECT_TRUE(
        json_of(console_.get("operator", "/api/v1/cameras/locked/ptz")).at("is_available").as_bool()
    );
}

}  // namespace
}  // namespace bongsu::console
