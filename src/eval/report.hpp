#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"
#include "eval/measurements.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace bongsu::eval {

/// One line of a plot.
struct Curve {
    std::string label;
    std::vector<Point> points;  ///< in the units of the axes
};

struct Plot {
    std::string title;
    std::string x_label;
    std::string y_label;
    std::vector<Curve> curves;
};

/// A cell is text; numbers are already formatted.
struct ReportTable {
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
};

/// A picture that shows a case worth looking at, written beside the report.
struct Strip {
    std::string file;  ///< relative to the report's folder
    std::string caption;
};

/// What one suite says for people.
struct ReportSection {
    std::string title;
    std::vector<std::string> notes;  ///< sentences, such as how small the data is
    std::vector<ReportTable> tables;
    std::vector<Plot> plots;
    std::vector<Strip> strips;
};

/// Result of an evaluation.
struct EvalReport {
    Measurements measurements;
    std::vector<ReportSection> sections;
    std::vector<std::string> skipped;  ///< "suite: why"
};

/// The report as one HTML page without outside references except its strips.
std::string to_html(const EvalReport& report);

/// Writes index.html into `folder`, which is made when absent.
Status write_html(const EvalReport& report, const std::filesystem::path& folder);

}  // namespace bongsu::eval
