#include "core/settings.hpp"

#include <gtest/gtest.h>

namespace bongsu {
namespace {

const SettingsSchema& schema() {
    static const SettingsSchema instance{{
        {.name = "dwell",
         .type = FieldType::Seconds,
         .fallback = 10,
         .min = 1,
         .max = 3600,
         .unit = "s"},
        {.name = "classes", .type = FieldType::TextList, .fallback = Value::List{"person"}},
        {.name = "hit_test",
         .type = FieldType::Choice,
         .fallback = "foot",
         .choices = {"foot", "centre"}},
        {.name = "limit", .type = FieldType::ByteSize, .is_optional = true},
        {.name = "url", .type = FieldType::Text, .help = "where it is"},
    }};
    return instance;
}

std::string error_of(const char* yaml) {
    const auto result = schema().parse(parse_yaml(yaml, "t").value(), "rules[2]");
    return result ? "" : result.error().message;
}

TEST(Settings, FillsDefaultsAndReadsUnits) {
    const Settings s =
        schema().parse(parse_yaml("{url: a, dwell: 2m, limit: 2GB}", "t").value(), "x").value();
    EXPECT_EQ(s.duration("dwell"), std::chrono::minutes{2});
    EXPECT_EQ(s.bytes("limit"), 2'000'000'000);
    EXPECT_EQ(s.text("hit_test"), "foot");
    EXPECT_EQ(s.texts("classes"), std::vector<std::string>{"person"});
}

TEST(Settings, OptionalFieldMayBeAbsent) {
    const Settings s = schema().parse(parse_yaml("{url: a}", "t").value(), "x").value();
    EXPECT_FALSE(s.has("limit"));
}

TEST(Settings, UnknownKeyNamesTheNearest) {
    EXPECT_EQ(error_of("{url: a, dwel: 3}"), "rules[2]: unknown key 'dwel'; did you mean 'dwell'?");
}

TEST(Settings, SaysWhichFieldHasTheWrongTypeOrRange) {
    EXPECT_EQ(
        error_of("{url: a, dwell: [1]}"),
        "rules[2].dwell must be a time such as 2.5, 500ms, 10s, 5m, 2h or 30d, not list"
    );
    EXPECT_EQ(error_of("{url: a, dwell: 0}"), "rules[2].dwell is 0 s; allowed is 1 to 3600");
    EXPECT_EQ(
        error_of("{url: a, hit_test: head}"), "rules[2].hit_test must be one of foot, centre"
    );
    EXPECT_EQ(error_of("{}"), "rules[2].url is required (where it is)");
}

TEST(NearestName, FindsOnlyWhatIsNear) {
    EXPECT_EQ(nearest_name("loitring", {"intrusion", "loitering"}), "loitering");
    EXPECT_EQ(nearest_name("xyz", {"intrusion", "loitering"}), std::nullopt);
}

}  // namespace
}  // namespace bongsu
