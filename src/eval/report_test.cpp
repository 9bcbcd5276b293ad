#include "eval/report.hpp"

#include <gtest/gtest.h>

namespace bongsu::eval {
namespace {

TEST(HtmlReport, ShowsTablesPlotsAndStrips) {
    EvalReport report;
    report.measurements.add("zones.recall", 0.5);
    report.skipped.emplace_back("kisa: nothing there");
    report.sections.push_back({
        .title = "Zones <1>",
        .notes = {"a & b"},
        .tables = {{.head = {"type"}, .rows = {{"intrusion"}}}},
        .plots = {{
            .title = "curve",
            .x_label = "x",
            .y_label = "y",
            .curves = {{.label = "line", .points = {{0, 0}, {1, 0.5F}}}},
        }},
        .strips = {{"pictures/a.jpg", "worst"}},
    });
    const std::string html = to_html(report);
    for (const char* part :
         {"Zones &lt;1&gt;",
          "a &amp; b",
          "<td>intrusion</td>",
          "<polyline",
          "src='pictures/a.jpg'",
          "zones.recall",
          "left out: kisa: nothing there"}) {
        EXPECT_NE(html.find(part), std::string::npos) << part;
    }
    EXPECT_EQ(html.find("http"), std::string::npos) << "the page must not need the network";
}

TEST(HtmlReport, APlotWithoutPointsIsLeftOut) {
    EvalReport report;
    report.sections.push_back({.title = "empty", .plots = {{.title = "nothing", .curves = {{}}}}});
    EXPECT_EQ(to_html(report).find("<svg"), std::string::npos);
}

}  // namespace
}  // namespace bongsu::eval
