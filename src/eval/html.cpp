#include "core/xml_text.hpp"
#include "eval/report.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr double kPlotWidth = 560;
constexpr double kPlotHeight = 300;
constexpr double kMargin = 48;
constexpr std::array<const char*, 6> kColours{
    "#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a"
};

constexpr const char* kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Bongsu evaluation</title>
<meta name="viewport" content="width=device-width">
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:1100px;margin:2em auto;padding:0 1em;color:#1f2328}
h1,h2{line-height:1.2}h2{border-top:1px solid #d0d7de;padding-top:1em;margin-top:2em}
table{border-collapse:collapse;margin:1em 0;font-size:14px}
th,td{padding:.25em .7em;border-bottom:1px solid #d8dee4;text-align:right}
th:first-child,td:first-child{text-align:left}
svg{display:block;margin:1em 0}figure{margin:1em 0}figure img{max-width:100%}
figcaption,.note{color:#59636e}
</style></head><body><h1>Bongsu evaluation</h1>
)";

struct Range {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void take(double v) {
        low = std::min(low, v);
        high = std::max(high, v);
    }

    double part(double v) const { return high > low ? (v - low) / (high - low) : 0.5; }
};

/// Pixel places of values.
struct Axes {
    Range x;
    Range y;

    double px(double v) const { return kMargin + x.part(v) * (kPlotWidth - 2 * kMargin); }

    double py(double v) const {
        return kPlotHeight - kMargin - y.part(v) * (kPlotHeight - 2 * kMargin);
    }
};

Axes axes_of(const Plot& plot) {
    Axes axes;
    axes.y.take(0);
    for (const Curve& curve : plot.curves) {
        for (const Point& p : curve.points) {
            axes.x.take(p.x);
            axes.y.take(p.y);
        }
    }
    return axes;
}

std::string axis_svg(const Plot& plot, const Axes& axes) {
    std::string out;
    constexpr int kTicks = 5;
    for (int i = 0; i <= kTicks; ++i) {
        const double part = static_cast<double>(i) / kTicks;
        const double x = axes.x.low + part * (axes.x.high - axes.x.low);
        const double y = axes.y.low + part * (axes.y.high - axes.y.low);
        out += fmt::format(
            "<line x1='{0}' x2='{1}' y1='{2:.1f}' y2='{2:.1f}' stroke='#d8dee4'/>"
            "<text x='{3}' y='{4:.1f}' text-anchor='end'>{5:.3g}</text>"
            "<text x='{6:.1f}' y='{7}' text-anchor='middle'>{8:.3g}</text>\n",
            kMargin,
            kPlotWidth - kMargin,
            axes.py(y),
            kMargin - 5,
            axes.py(y) + 4,
            y,
            axes.px(x),
            kPlotHeight - kMargin + 16,
            x
        );
    }
    return out +
           fmt::format(
               "<text x='{}' y='{}' text-anchor='middle'>{}</text>"
               "<text x='12' y='{}' text-anchor='middle' transform='rotate(-90 12 {})'>{}</text>\n",
               kPlotWidth / 2,
               kPlotHeight - 10,
               escape_xml(plot.x_label),
               kPlotHeight / 2,
               kPlotHeight / 2,
               escape_xml(plot.y_label)
           );
}

std::string plot_svg(const Plot& plot) {
    const Axes axes = axes_of(plot);
    if (!(axes.x.low <= axes.x.high)) {
        return {};
    }
    std::string out = fmt::format(
        "<h3>{}</h3><svg width='{}' height='{}' font-size='11' fill='#1f2328'>\n",
        escape_xml(plot.title),
        kPlotWidth,
        kPlotHeight
    );
    out += axis_svg(plot, axes);
    for (std::size_t i = 0; i < plot.curves.size(); ++i) {
        const char* colour = kColours.at(i % kColours.size());
        std::string points;
        for (const Point& p : plot.curves[i].points) {
            points += fmt::format("{:.1f},{:.1f} ", axes.px(p.x), axes.py(p.y));
        }
        out += fmt::format(
            "<polyline points='{}' fill='none' stroke='{}' stroke-width='2'/>"
            "<text x='{}' y='{}' fill='{}' text-anchor='end'>{}</text>\n",
            points,
            colour,
            kPlotWidth - kMargin,
            kMargin - 8 + 14 * static_cast<double>(i) - 14,
            colour,
            escape_xml(plot.curves[i].label)
        );
    }
    return out + "</svg>\n";
}

std::string table_html(const ReportTable& table) {
    std::string out = "<table><tr>";
    for (const std::string& cell : table.head) {
        out += fmt::format("<th>{}</th>", escape_xml(cell));
    }
    out += "</tr>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (const std::string& cell : row) {
            out += fmt::format("<td>{}</td>", escape_xml(cell));
        }
        out += "</tr>\n";
    }
    return out + "</table>\n";
}

std::string section_html(const ReportSection& section) {
    std::string out = fmt::format("<h2>{}</h2>\n", escape_xml(section.title));
    for (const std::string& note : section.notes) {
        out += fmt::format("<p class='note'>{}</p>\n", escape_xml(note));
    }
    for (const ReportTable& table : section.tables) {
        out += table_html(table);
    }
    for (const Plot& plot : section.plots) {
        out += plot_svg(plot);
    }
    for (const Strip& strip : section.strips) {
        out += fmt::format(
            "<figure><img src='{}' alt=''><figcaption>{}</figcaption></figure>\n",
            escape_xml(strip.file),
            escape_xml(strip.caption)
        );
    }
    return out;
}

}  // namespace

std::string to_html(const EvalReport& report) {
    std::string out = kHead;
    for (const ReportSection& section : report.sections) {
        out += section_html(section);
    }
    ReportTable all{.head = {"measurement", "value", "unit"}, .rows = {}};
    for (const auto& [name, value] : report.measurements.values()) {
        all.rows.push_back(
            {name, fmt::format("{:.4g}", value), std::string(find_measurement(name)->unit)}
        );
    }
    out += "<h2>All measurements</h2>\n" + table_html(all);
    for (const std::string& line : report.skipped) {
        out += fmt::format("<p class='note'>left out: {}</p>\n", escape_xml(line));
    }
    return out + "</body></html>\n";
}

Status write_html(const EvalReport& report, const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    std::ofstream out(folder / "index.html", std::ios::binary);
    out << to_html(report);
    if (error || !out.flush()) {
        return fail(
            ErrorKind::Unavailable,
            fmt::format("cannot write the report to {}", (folder / "index.html").string())
        );
    }
    return {};
}

}  // namespace bongsu::eval
