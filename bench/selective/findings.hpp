#pragma once

#include "eval/measurements.hpp"
#include "eval/report.hpp"
#include "program/html_page.hpp"
#include "selective/judgement.hpp"
#include "selective/tiers.hpp"

#include <string>
#include <vector>

namespace bongsu::bench {

/// Everything that one run gave.
struct Findings {
    std::vector<FilmVerdict> films;
    std::vector<TierScores> tiers;  ///< empty when they were not wanted
    MetricValues counters;
    int tiles = 0;
};

eval::Measurements measurements_of(const Findings& findings);

/// What is printed and what the page shows.
/// What the page draws below a table.
enum class SectionDrawing { None, Delays, TierCurves };

struct FindingSection {
    std::string title;
    std::vector<std::string> notes;
    eval::ReportTable table;
    SectionDrawing drawing = SectionDrawing::None;
};

std::vector<FindingSection> sections_of(const Findings& findings);
std::string to_text(const std::vector<FindingSection>& sections);

HtmlPage page_of(const Findings& findings);

}  // namespace bongsu::bench
