#include "app/reference_docs.hpp"

#include <gtest/gtest.h>

namespace bongsu::app {
namespace {

TEST(ConfigReference, ShowsDefaultRangeAndMeaning) {
    const SettingsSchema schema{{
        {.name = "dwell",
         .type = FieldType::Seconds,
         .fallback = 10,
         .min = 1,
         .unit = "s",
         .help = "a|b"},
        {.name = "url", .type = FieldType::Text, .help = "where"},
        {.name = "mode", .type = FieldType::Choice, .fallback = "x", .choices = {"x", "y"}},
    }};
    const std::string text = config_reference({{"rule", "Intro.", &schema}});
    EXPECT_NE(text.find("| `dwell` | time | `10` | 1 to any | s | a\\|b |"), std::string::npos)
        << text;
    EXPECT_NE(text.find("| `url` | text | **required** |"), std::string::npos);
    EXPECT_NE(text.find("`x`, `y`"), std::string::npos);
}

TEST(MetricsReference, ListsEachMetric) {
    const MetricDesc things{MetricKind::Counter, "bongsu_x_total", "1", "Things.", {}};
    const std::string text = metrics_reference({{"ingest", {things}}});
    EXPECT_NE(text.find("| `bongsu_x_total` | counter | 1 | Things. |"), std::string::npos) << text;
}

}  // namespace
}  // namespace bongsu::app
