#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"
#include "eval/measurements.hpp"
#include "eval/report.hpp"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::bench {

/// One row of a bar drawing.
struct Bar {
    std::string label;
    double value = 0;
    std::optional<double> goal;  ///< drawn as a mark across the row
    std::string text;            ///< what stands beside the bar, such as "427 of 400"
};

/// How often something took how long: one row of dots, with its median and 95th percentile.
struct Spread {
    std::string label;
    std::vector<double> values;
};

/// A benchmark's report: one HTML page without outside references, dark, for screen and print.
/// Everything given as text is escaped. Runs on: one thread.
class HtmlPage {
public:
    /// `lead` says in a sentence or two what was measured and how.
    HtmlPage(std::string_view title, std::string_view lead);

    void add_heading(std::string_view text);
    void add_note(std::string_view text);

    /// The first column is text, the others are numbers.
    void add_table(const eval::ReportTable& table);
    void add_bars(std::string_view title, std::string_view unit, std::span<const Bar> bars);
    void add_spreads(std::string_view title, std::string_view unit, std::span<const Spread> rows);
    void add_plot(const eval::Plot& plot);

    /// A drawing of one's own, as markup. Colours: the classes `c0` to `c5` (stroke and fill),
    /// `axis`, `faint`, and `currentColor`.
    void add_drawing(std::string_view title, std::string_view svg);

    /// All figures by name, folded away.
    void add_measurements(const eval::Measurements& figures);

    std::string to_text() const;
    Status write(const std::filesystem::path& file) const;

private:
    std::string head_;
    std::string body_;
};

}  // namespace bongsu::bench
