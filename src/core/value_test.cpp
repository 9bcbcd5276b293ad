#include "core/value.hpp"

#include <cstring>

#include <gtest/gtest.h>

namespace bongsu {
namespace {

const char* only_user_is_set(const char* name) {
    return std::strcmp(name, "CAMERA_USER") == 0 ? "kim" : nullptr;
}

TEST(Yaml, KeepsTypesAndOrder) {
    const Value v = parse_yaml("{b: 1, a: [1.5, true, x, '7', ~]}", "t").value();
    EXPECT_EQ(v.as_map()->at(0).first, "b");
    const Value::List& list = *v.find("a")->as_list();
    EXPECT_DOUBLE_EQ(*list[0].as_double(), 1.5);
    EXPECT_TRUE(*list[1].as_bool());
    EXPECT_EQ(*list[2].as_text(), "x");
    EXPECT_EQ(*list[3].as_text(), "7");
    EXPECT_TRUE(list[4].is_null());
}

TEST(Yaml, NamesFileLineAndColumnOfAMistake) {
    const auto result = parse_yaml("a: 1\nb: [1, 2\n", "city.yaml");
    ASSERT_FALSE(result.has_value());
    EXPECT_TRUE(result.error().message.starts_with("city.yaml:")) << result.error().message;
}

TEST(Yaml, RefusesAKeyGivenTwice) {
    const auto result = parse_yaml("a: 1\na: 2\n", "city.yaml");
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().message.find("'a' is given twice"), std::string::npos);
}

TEST(Yaml, RefusesEndlessNesting) {
    EXPECT_FALSE(parse_yaml(std::string(100, '[') + std::string(100, ']'), "t").has_value());
}

TEST(Environment, FillsNamesAndDefaults) {
    const Value v =
        parse_yaml("url: 'rtsp://${CAMERA_USER}:${CAMERA_PASSWORD:none}@h'", "t").value();
    const Value out = expand_environment(v, only_user_is_set).value();
    EXPECT_EQ(*out.find("url")->as_text(), "rtsp://kim:none@h");
}

TEST(Environment, UnsetNameWithoutDefaultIsAnErrorThatNamesIt) {
    const auto result = expand_environment(Value{"${NO_SUCH}"}, only_user_is_set);
    ASSERT_FALSE(result.has_value());
    EXPECT_NE(result.error().message.find("NO_SUCH"), std::string::npos);
}

}  // namespace
}  // namespace bongsu
