#include "core/setting_fields.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

TEST(SettingFields, DefaultsAndRangesAreThoseGiven) {
    const SettingsSchema schema{{
        fields::flag("on", true, "h"),
        fields::whole("count", 3, 1, 5, "h"),
        fields::number("rate", 2.5, 0, 10, "1/s", "h"),
        fields::seconds("wait", "2m", 1, 600, "h"),
        fields::bytes("room", "2kB", "h", 1, 5000),
        fields::choice("mode", {"a", "b"}, "h"),
    }};
    const Settings plain = schema.parse(Value{}, "x").value();
    EXPECT_TRUE(plain.flag("on"));
    EXPECT_EQ(plain.integer("count"), 3);
    EXPECT_DOUBLE_EQ(plain.number("rate"), 2.5);
    EXPECT_EQ(plain.duration("wait"), std::chrono::minutes{2});
    EXPECT_EQ(plain.bytes("room"), 2000);
    EXPECT_EQ(plain.text("mode"), "a");
    EXPECT_FALSE(schema.parse(Value::Map{{"count", 6}}, "x").has_value());
    EXPECT_FALSE(schema.parse(Value::Map{{"room", 0}}, "x").has_value());
    EXPECT_FALSE(schema.parse(Value::Map{{"mode", "c"}}, "x").has_value());
}

}  // namespace
}  // namespace bongsu
