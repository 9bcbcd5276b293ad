#include "domain/onvif_config.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(OnvifConfig, ReadsAllKeys) {
    const auto config = parse_onvif(
        Value::Map{
            {"address", "10.1.2.3:8080"},
            {"user", "viewer"},
            {"password", "secret"},
            {"events", true},
            {"ptz", true}
        },
        "cameras[0].onvif"
    );
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_EQ(config->address, "10.1.2.3:8080");
    EXPECT_EQ(config->user, "viewer");
    EXPECT_EQ(config->password, "secret");
    EXPECT_TRUE(config->has_events);
    EXPECT_TRUE(config->has_ptz);
}

TEST(OnvifConfig, AsksNothingOfTheCameraUnlessToldTo) {
    const auto config = parse_onvif(Value::Map{{"address", "10.1.2.3"}}, "onvif");
    ASSERT_TRUE(config) << config.error().message;
    EXPECT_FALSE(config->has_events);
    EXPECT_FALSE(config->has_ptz);
}

TEST(OnvifConfig, NamesThePlaceOfAWrongKey) {
    const auto config =
        parse_onvif(Value::Map{{"address", "10.1.2.3"}, {"event", true}}, "cameras[7].onvif");
    ASSERT_FALSE(config);
    EXPECT_NE(config.error().message.find("cameras[7].onvif"), std::string::npos);
    EXPECT_NE(config.error().message.find("events"), std::string::npos);
}

TEST(OnvifConfig, RefusesAnEmptyAddress) {
    EXPECT_FALSE(parse_onvif(Value::Map{{"address", ""}}, "onvif"));
}

}  // namespace
}  // namespace bongsu
