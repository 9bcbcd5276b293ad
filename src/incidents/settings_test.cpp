#include "incidents/settings.hpp"

#include <gtest/gtest.h>

namespace bongsu::incidents {
namespace {

TEST(IncidentSettings, DefaultsOfTableAndStructAgree) {
    const auto parsed = parse_incident_settings({}, "incidents");
    ASSERT_TRUE(parsed) << parsed.error().message;
    const IncidentSettings usual;
    EXPECT_EQ(parsed->join_window, usual.join_window);
    EXPECT_FLOAT_EQ(parsed->near, usual.near);
    EXPECT_EQ(parsed->longest, usual.longest);
    EXPECT_EQ(parsed->stale_after, usual.stale_after);
    EXPECT_EQ(parsed->max_unsaved, usual.max_unsaved);
}

TEST(IncidentSettings, AnUnknownKeyNamesTheNearest) {
    const auto parsed = parse_incident_settings(Value::Map{{"joinwindow", 3}}, "incidents");
    ASSERT_FALSE(parsed);
    EXPECT_NE(parsed.error().message.find("join_window"), std::string::npos)
        << parsed.error().message;
}

}  // namespace
}  // namespace bongsu::incidents
