#include "camsim/camera_list.hpp"

#include "camsim/options.hpp"
#include "domain/camera.hpp"

#include <set>

#include <gtest/gtest.h>

namespace bongsu::camsim {
namespace {

Result<std::vector<CameraEntry>> parse(const char* yaml) {
    return parse_camera_list(parse_yaml(yaml, "test").value(), "/films");
}

std::string error_of(const char* yaml) {
    const auto list = parse(yaml);
    return list ? "" : list.error().message;
}

const char* const kTwo = R"(
cameras:
  - id: plaza
    name: Plaza
    main: plaza.mp4
    sub: plaza-sub.mp4
    start_offset: 5s
    zones:
      - {id: lawn, points: [[0, 0], [1, 0], [1, 1]]}
    rules:
      - {id: lawn-intrusion, behaviour: intrusion, zones: [lawn]}
  - {id: gate, main: /abs/gate.mp4, mode: on_demand, loop: false, faults: {udp_loss: 0.1}}
)";

TEST(CameraList, ReadsCamerasWithPathsBesideTheList) {
    const auto list = parse(kTwo).value();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list[0].main, "/films/plaza.mp4");
    EXPECT_EQ(list[0].sub, "/films/plaza-sub.mp4");
    EXPECT_EQ(list[0].start_offset, std::chrono::seconds{5});
    EXPECT_EQ(list[1].main, "/abs/gate.mp4");
    EXPECT_EQ(list[1].sub, "");
    EXPECT_EQ(list[1].mode, PlayMode::OnDemand);
    EXPECT_FALSE(list[1].is_looped);
}

TEST(CameraList, NamesWhatIsWrong) {
    EXPECT_EQ(
        error_of("cameras: [{id: a, mian: x}]"),
        "cameras[0]: unknown key 'mian'; did you mean 'main'?"
    );
    EXPECT_NE(error_of("cameras: [{id: A/b, main: x}]").find("'A/b'"), std::string::npos);
    EXPECT_NE(
        error_of("cameras: [{id: a, main: x}, {id: a, main: x}]").find("twice"), std::string::npos
    );
    EXPECT_NE(error_of("cameras: []").find("not empty"), std::string::npos);
    EXPECT_NE(error_of("cameras: [{id: a, main: x, zones: 3}]").find("list"), std::string::npos);
    EXPECT_NE(
        error_of("cameras: [{id: a, main: x, faults: {udp_los: 1}}]").find("udp_loss"),
        std::string::npos
    );
}

TEST(CameraList, RepeatsCamerasWithNamesAndStartsOfTheirOwn) {
    const auto cameras = repeat_cameras(parse(kTwo).value(), 5);
    ASSERT_EQ(cameras.size(), 5U);
    EXPECT_EQ(cameras[0].id, "plaza-0001");
    EXPECT_EQ(cameras[4].id, "plaza-0005");
    std::set<std::string> ids;
    for (const CameraEntry& camera : cameras) {
        ids.insert(camera.id);
    }
    EXPECT_EQ(ids.size(), 5U);
    EXPECT_NE(cameras[0].start_offset, cameras[2].start_offset);
}

TEST(CameraList, ServesOnlyTheFirstWhenFewerAreAskedFor) {
    const auto cameras = repeat_cameras(parse(kTwo).value(), 1);
    ASSERT_EQ(cameras.size(), 1U);
    EXPECT_EQ(cameras[0].id, "plaza");
}

TEST(CameraList, GivesAConfigurationThatAWatchingSystemAccepts) {
    const auto cameras = parse(kTwo).value();
    const auto config = parse_camera(watch_config(cameras[0], "rtsp://a:b@h:1"), "cameras[0]");
    ASSERT_TRUE(config) << config.error().describe();
    ASSERT_EQ(config->streams.size(), 2U);
    EXPECT_EQ(config->streams[0].url, "rtsp://a:b@h:1/plaza/main");
    EXPECT_EQ(config->streams[1].role, StreamRole::Sub);
    EXPECT_EQ(config->zones.size(), 1U);
    EXPECT_EQ(config->rules.size(), 1U);
}

TEST(CameraList, PassesOnWhatItIsToldAboutACamera) {
    const auto cameras = parse(R"(
cameras:
  - id: gate
    main: gate.mp4
    about: {organisation: parks, place: {latitude: 37.2, longitude: 127.4}}
)");
    ASSERT_TRUE(cameras) << cameras.error().describe();
    const auto config = parse_camera(watch_config(cameras->front(), "rtsp://h:1"), "cameras[0]");
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->organisation.value(), "parks");
    EXPECT_EQ(config->place.latitude, 37.2);
}

TEST(CamsimOptions, HaveTheSameDefaultsInTheTableAndInTheStructure) {
    const CamsimOptions parsed = parse_options(Value::Map{}, "camsim").value();
    const CamsimOptions made;
    EXPECT_EQ(parsed.bind, made.bind);
    EXPECT_EQ(parsed.port, made.port);
    EXPECT_EQ(parsed.cameras, made.cameras);
    EXPECT_EQ(parsed.auth, made.auth);
    EXPECT_EQ(parsed.user, made.user);
    EXPECT_EQ(parsed.password, made.password);
    EXPECT_EQ(parsed.session_timeout, made.session_timeout);
    EXPECT_EQ(parsed.report_interval, made.report_interval);
    EXPECT_EQ(parsed.packet_size, made.packet_size);
    EXPECT_EQ(parsed.max_connections, made.max_connections);
    EXPECT_EQ(parsed.backlog_bytes, made.backlog_bytes);
    EXPECT_EQ(parsed.film_bytes, made.film_bytes);
}

}  // namespace
}  // namespace bongsu::camsim
