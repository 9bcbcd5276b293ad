#include "app/city_config.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

Result<CityConfig> config(const char* yaml, const std::vector<std::string>& overrides = {}) {
    return parse_city_config(parse_yaml(yaml, "t").value(), overrides);
}

TEST(CityConfig, DefaultsRunASingleNode) {
    const CityConfig c = config("cameras: [{id: a, url: clip.mp4}]").value();
    EXPECT_EQ(c.monitor_port, 9090);
    EXPECT_EQ(c.time_zone, "+09:00");
    EXPECT_EQ(c.cameras.size(), 1U);
}

TEST(CityConfig, UnknownTopKeyNamesTheNearest) {
    EXPECT_EQ(
        config("{camera: []}").error().message, "unknown key 'camera'; did you mean 'cameras'?"
    );
}

TEST(CityConfig, RefusesTheSameCameraTwice) {
    const auto result = config("cameras: [{id: a, url: x}, {id: a, url: y}]");
    ASSERT_FALSE(result.has_value());
    EXPECT_EQ(result.error().message, "cameras[1].id 'a' is given twice");
}

TEST(CityConfig, SetOverridesNestedValues) {
    const CityConfig c =
        config("cameras: [{id: a, url: x}]", {"recording.segment=30s", "monitor_port=0"}).value();
    EXPECT_EQ(*c.recording.find("segment")->as_text(), "30s");
    EXPECT_EQ(c.monitor_port, 0);
    EXPECT_FALSE(config("cameras: []", {"nonsense"}).has_value());
}

TEST(CameraId, ComesFromTheLastPartOfTheSource) {
    EXPECT_EQ(camera_id_from("/video/Gate 1.mp4", 0), "gate-1");
    EXPECT_EQ(camera_id_from("rtsp://u:p@10.0.0.1/stream1?x=2", 0), "stream1");
    EXPECT_EQ(camera_id_from("frames/img1/", 0), "img1");
    EXPECT_EQ(camera_id_from("/", 4), "camera-5");
}

TEST(CityConfig, MissingFileSaysWhich) {
    const auto result = load_city_config("/nonexistent/city.yaml", {});
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().message.find("/nonexistent/city.yaml"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::app
