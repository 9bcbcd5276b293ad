#include "domain/camera_form.hpp"

#include "core/json.hpp"
#include "domain/camera_group.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

constexpr const char* kWhole = R"(
id: gate-1
name: 정문 1
organisation: seoul
groups: [north, gates, north]
tags: [pole, night]
note: "ladder needed"
place: {latitude: 37.5665, longitude: 126.978, height: 4.5, heading: 360, field_of_view: 90,
        range: 40, address: "세종대로 110", site: "서울광장"}
streams:
  - {role: main, url: "rtsp://kim:p@ss@10.0.0.1/main", settings: {password: hidden, transport: tcp}}
  - {role: sub, url: "rtsp://kim:p@ss@10.0.0.1/sub"}
masks: [[[0, 0], [0.1, 0], [0.1, 0.1]]]
private_masks: [[[0.5, 0.5], [0.7, 0.5], [0.7, 0.9]]]
zones: [{id: lawn, name: 잔디, points: [[0, 0], [1, 0], [1, 1]]}]
rules: [{behaviour: loitering, gravity: 4, zones: [lawn], schedule: ["mon-fri 22:00-06:00"], dwell: 8s}]
onvif: {address: "http://10.0.0.1/onvif", user: kim, password: secret, ptz: true}
keep_for: 7d
keep_bytes: 2TB
record: false
)";

CameraConfig whole() {
    return parse_camera(parse_yaml(kWhole, "t").value(), "camera").value();
}

Value with(const Value& form, const std::string& key, Value value) {
    Value::Map map = *form.as_map();
    for (auto& member : map) {
        if (member.first == key) {
            member.second = value;
        }
    }
    return map;
}

TEST(CameraForm, ComesBackAsTheSameCameraThroughJson) {
    const Value form = to_value(whole(), Secrets::Kept);
    const CameraConfig again =
        parse_camera(parse_json(to_json(form), "t").value(), "camera").value();
    EXPECT_EQ(to_json(to_value(again, Secrets::Kept)), to_json(form));
    EXPECT_EQ(again.place, whole().place);
    EXPECT_EQ(again.place.heading, 0);
    EXPECT_EQ(again.groups, (std::vector{GroupId{"gates"}, GroupId{"north"}}));
    EXPECT_EQ(again.streams[0].url, "rtsp://kim:p@ss@10.0.0.1/main");
    EXPECT_EQ(again.private_masks, whole().private_masks);
    EXPECT_EQ(again.keep_for, std::chrono::hours{7 * 24});
}

TEST(CameraForm, ShowsNoSecret) {
    const std::string shown = to_json(to_value(whole(), Secrets::Hidden));
    EXPECT_EQ(shown.find("p@ss"), std::string::npos);
    EXPECT_EQ(shown.find("hidden"), std::string::npos);
    EXPECT_EQ(shown.find("secret"), std::string::npos);
    EXPECT_NE(shown.find("rtsp://***@10.0.0.1/main"), std::string::npos);
}

TEST(CameraForm, AnEditOfTheShownFormKeepsTheStoredSecrets) {
    const Value shown = to_value(whole(), Secrets::Hidden);
    const Value restored = with_secrets_of(shown, whole()).value();
    EXPECT_EQ(to_json(restored), to_json(to_value(whole(), Secrets::Kept)));
}

TEST(CameraForm, AStoredPasswordNeverGoesToAnotherHost) {
    const Value shown = to_value(whole(), Secrets::Hidden);
    const Value::List moved{Value::Map{{"role", "main"}, {"url", "rtsp://***@evil.example/main"}}};
    const auto refused = with_secrets_of(with(shown, "streams", moved), whole());
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("streams[0].url names another host"), std::string::npos);
    const Value elsewhere{Value::Map{{"address", "http://evil.example/onvif"}, {"password", "***"}}
    };
    EXPECT_FALSE(with_secrets_of(with(shown, "onvif", elsewhere), whole()));
}

TEST(CameraForm, AHiddenSecretWithNothingStoredIsRefused) {
    const CameraConfig plain =
        parse_camera(parse_yaml("{id: a, url: 'rtsp://h/1'}", "t").value(), "camera").value();
    const Value edited{Value::Map{{"id", "a"}, {"url", "rtsp://***@h/1"}}};
    EXPECT_EQ(with_secrets_of(edited, plain).error().kind, ErrorKind::InvalidArgument);
}

TEST(CameraPlace, SaysWhatIsWrong) {
    const auto place = [](const char* yaml) {
        return parse_place(parse_yaml(yaml, "t").value(), "place");
    };
    EXPECT_NE(
        place("{latitude: 91, longitude: 0}").error().message.find("place.latitude is 91"),
        std::string::npos
    );
    EXPECT_NE(
        place("{latitude: 9}").error().message.find("place.longitude is missing"), std::string::npos
    );
    EXPECT_NE(
        place("{headin: 9}").error().message.find("did you mean 'heading'"), std::string::npos
    );
    EXPECT_EQ(place("{}").value(), CameraPlace{});
    EXPECT_TRUE(to_value(CameraPlace{}).is_null());
}

TEST(CameraGroup, ComesBackAndRefusesBadIds) {
    const CameraGroup group =
        parse_group(
            parse_yaml("{id: north, name: 북부, organisation: seoul}", "t").value(), "group"
        )
            .value();
    EXPECT_EQ(parse_group(to_value(group), "group").value(), group);
    EXPECT_FALSE(parse_group(parse_yaml("{id: 'N 1'}", "t").value(), "group"));
}

}  // namespace
}  // namespace bongsu
