#include "domain/camera.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

Result<CameraConfig> camera(const char* yaml) {
    return parse_camera(parse_yaml(yaml, "t").value(), "cameras[0]");
}

TEST(Camera, ReadsTheShortForm) {
    const CameraConfig c =
        camera("{id: gate-1, url: 'rtsp://h/main', sub_url: 'rtsp://h/sub'}").value();
    EXPECT_EQ(c.id, CameraId{"gate-1"});
    ASSERT_EQ(c.streams.size(), 2U);
    EXPECT_EQ(c.streams[0].source, "rtsp");
    EXPECT_EQ(c.streams[1].role, StreamRole::Sub);
    EXPECT_EQ(c.keep_for, std::chrono::hours{24 * 30});
}

TEST(Camera, ReadsZonesAndRulesWithPluginSettings) {
    const CameraConfig c = camera(R"(
id: gate-1
url: clip.mp4
zones: [{id: lawn, points: [[0, 0], [1, 0], [1, 1]]}]
rules: [{behaviour: loitering, gravity: 4, zones: [lawn], dwell: 8s}]
)")
                               .value();
    EXPECT_EQ(c.streams[0].source, "file");
    ASSERT_EQ(c.rules.size(), 1U);
    EXPECT_EQ(c.rules[0].id, RuleId{"loitering"});
    EXPECT_EQ(*c.rules[0].settings.find("dwell")->as_text(), "8s");
}

TEST(Camera, SaysWhatIsWrongAndWhere) {
    EXPECT_EQ(
        camera("{id: a, url: u, zone: []}").error().message.substr(0, 32),
        "cameras[0]: unknown key 'zone'; "
    );
    EXPECT_NE(
        camera("{id: 'A b', url: u}").error().message.find("cameras[0].id 'A b'"), std::string::npos
    );
    EXPECT_NE(camera("{id: a}").error().message.find("either url or streams"), std::string::npos);
    EXPECT_NE(
        camera("{id: a, url: u, zones: [{id: z, points: [[0,0],[2,0],[1,1]]}]}")
            .error()
            .message.find("zones[0].points[1] lies outside the picture"),
        std::string::npos
    );
    EXPECT_NE(
        camera("{id: a, url: u, zones: [{id: z, points: [[0,0],[1,1],[1,0],[0,1]]}]}")
            .error()
            .message.find("edges of the zone cross"),
        std::string::npos
    );
    EXPECT_NE(
        camera("{id: a, url: u, rules: [{behaviour: x, gravity: 9}]}")
            .error()
            .message.find("1 to 5"),
        std::string::npos
    );
}

TEST(Camera, TellsItsStreamsAndItsGravestRule) {
    CameraConfig camera;
    camera.streams = {{.role = StreamRole::Main}, {.role = StreamRole::Sub, .url = "rtsp://a/sub"}};
    ASSERT_NE(find_stream(camera, StreamRole::Sub), nullptr);
    EXPECT_EQ(find_stream(camera, StreamRole::Sub)->url, "rtsp://a/sub");
    camera.streams.pop_back();
    EXPECT_EQ(find_stream(camera, StreamRole::Sub), nullptr);
    EXPECT_EQ(highest_gravity(camera), 1);
    camera.rules = {{.gravity = 2}, {.gravity = 4}, {.gravity = 3}};
    EXPECT_EQ(highest_gravity(camera), 4);
}

TEST(RedactUrl, HidesCredentialsOnly) {
    EXPECT_EQ(redact_url("rtsp://kim:p@ss@10.0.0.1:554/s?x=1"), "rtsp://***@10.0.0.1:554/s?x=1");
    EXPECT_EQ(redact_url("rtsp://10.0.0.1/a@b"), "rtsp://10.0.0.1/a@b");
    EXPECT_EQ(redact_url("/video/clip.mp4"), "/video/clip.mp4");
}

}  // namespace
}  // namespace bongsu
