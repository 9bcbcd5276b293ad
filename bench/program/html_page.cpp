#include "program/html_page.hpp"

#include "core/xml_text.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

constexpr double kWidth = 860;
constexpr double kLabelWidth = 190;
constexpr double kTextWidth = 170;
constexpr double kRowHeight = 26;
constexpr double kPlotHeight = 320;
constexpr double kMargin = 56;
constexpr int kTicks = 5;
constexpr std::size_t kColours = 6;

constexpr std::string_view kStyle = R"(<style>
:root{color-scheme:dark;--page:#0f1114;--line:#2a2e35;--faint:#3a3f48;--text:#e4e6ea;--soft:#9aa1ac;
--c0:#6ea8fe;--c1:#f0a35e;--c2:#6fcf97;--c3:#e57373;--c4:#b39ddb;--c5:#9aa1ac}
body{background:var(--page);color:var(--text);font:15px/1.55 system-ui,sans-serif;max-width:920px;margin:3em auto;padding:0 1.5em}
h1{font-size:1.6em;font-weight:600;line-height:1.2;margin:0}
h2{font-size:1.15em;font-weight:600;border-top:1px solid var(--line);padding-top:1.2em;margin:2.4em 0 .6em}
h3{font-size:1em;font-weight:500;margin:1.8em 0 .4em}
p{max-width:72ch;margin:.6em 0}.lead,.note,summary{color:var(--soft)}
table{border-collapse:collapse;margin:1em 0;font-size:14px;font-variant-numeric:tabular-nums}
th{color:var(--soft);font-weight:500;vertical-align:bottom}
th,td{padding:.3em 1em .3em 0;border-bottom:1px solid var(--line);text-align:right}
th:first-child,td:first-child{text-align:left}
.scroll{overflow-x:auto}svg{display:block;margin:.8em 0;max-width:100%;height:auto;font:12px system-ui,sans-serif}
svg text{fill:var(--text)}svg .soft{fill:var(--soft)}.axis{stroke:var(--line)}.faint{fill:var(--line)}
.goal{stroke:var(--text);stroke-width:2}.line{fill:none;stroke-width:2}
.c0{fill:var(--c0);stroke:var(--c0)}.c1{fill:var(--c1);stroke:var(--c1)}.c2{fill:var(--c2);stroke:var(--c2)}
.c3{fill:var(--c3);stroke:var(--c3)}.c4{fill:var(--c4);stroke:var(--c4)}.c5{fill:var(--c5);stroke:var(--c5)}
.line{fill:none}text.c0,text.c1,text.c2,text.c3,text.c4,text.c5{stroke:none}
summary{cursor:pointer;margin:2em 0 0}
@media print{:root{color-scheme:light;--page:#fff;--line:#ccc;--text:#111;--soft:#555}}
</style>
)";

std::string svg_begin(double height) {
    return fmt::format("<svg viewBox='0 0 {} {}' role='img'>\n", kWidth, height);
}

std::string row_label(std::string_view label, double y) {
    return fmt::format("<text x='0' y='{:.1f}'>{}</text>\n", y + 4, escape_xml(label));
}

/// 1, 2 or 5 times a power of ten, so that about kTicks of them span the length.
double step_for(double length) {
    const double rough = std::max(length, 1e-9) / kTicks;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power) {
            return factor * power;
        }
    }
    return 10 * power;
}

/// Values along one side of a drawing.
struct Axis {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    double begin = 0;  ///< place of the lowest value
    double end = 0;

    void take(double value) {
        low = std::min(low, value);
        high = std::max(high, value);
    }

    double at(double value) const {
        return high > low ? begin + (value - low) / (high - low) * (end - begin)
                          : (begin + end) / 2;
    }

    std::vector<double> ticks() const {
        const double step = step_for(high - low);
        std::vector<double> out;
        for (double value = std::ceil(low / step) * step; value <= high + step / 1000;
             value += step) {
            out.push_back(std::abs(value) < step / 1000 ? 0 : value);
        }
        return out;
    }
};

std::string value_axis(const Axis& axis, double height, std::string_view unit) {
    std::string out;
    for (const double tick : axis.ticks()) {
        out += fmt::format(
            "<line x1='{0:.1f}' x2='{0:.1f}' y1='0' y2='{1:.1f}' class='axis'/>"
            "<text x='{0:.1f}' y='{2:.1f}' text-anchor='middle' class='soft'>{3:.4g}</text>\n",
            axis.at(tick),
            height,
            height + 15,
            tick
        );
    }
    return out + fmt::format(
                     "<text x='{:.1f}' y='{:.1f}' text-anchor='end' class='soft'>{}</text>\n",
                     kWidth,
                     height + 15,
                     escape_xml(unit)
                 );
}

std::string plot_grid(const eval::Plot& plot, const Axis& x, const Axis& y) {
    std::string out;
    for (const double tick : y.ticks()) {
        out += fmt::format(
            "<line x1='{:.1f}' x2='{:.1f}' y1='{:.1f}' y2='{:.1f}' class='axis'/>"
            "<text x='{:.1f}' y='{:.1f}' text-anchor='end' class='soft'>{:.4g}</text>\n",
            x.begin,
            x.end,
            y.at(tick),
            y.at(tick),
            x.begin - 8,
            y.at(tick) + 4,
            tick
        );
    }
    for (const double tick : x.ticks()) {
        out += fmt::format(
            "<text x='{:.1f}' y='{:.1f}' text-anchor='middle' class='soft'>{:.4g}</text>\n",
            x.at(tick),
            y.begin + 18,
            tick
        );
    }
    return out + fmt::format(
                     "<text x='{:.1f}' y='{:.1f}' text-anchor='end' class='soft'>{}</text>"
                     "<text x='0' y='12' class='soft'>{}</text>\n",
                     x.end,
                     y.begin + 36,
                     escape_xml(plot.x_label),
                     escape_xml(plot.y_label)
                 );
}

std::string legend(const eval::Plot& plot, double y) {
    std::string out;
    double x = kMargin;
    for (std::size_t i = 0; i < plot.curves.size(); ++i) {
        const std::string& label = plot.curves[i].label;
        out += fmt::format(
            "<rect x='{:.1f}' y='{:.1f}' width='10' height='10' class='c{}'/>"
            "<text x='{:.1f}' y='{:.1f}'>{}</text>\n",
            x,
            y - 9,
            i % kColours,
            x + 15,
            y,
            escape_xml(label)
        );
        x += 35 + 7 * static_cast<double>(label.size());
    }
    return out;
}

}  // namespace

HtmlPage::HtmlPage(std::string_view title, std::string_view lead)
    : head_(fmt::format(
          "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'><title>{0}</title>\n"
          "<meta name='viewport' content='width=device-width'>\n{1}</head><body>\n<h1>{0}</h1>\n"
          "<p class='lead'>{2}</p>\n",
          escape_xml(title),
          kStyle,
          escape_xml(lead)
      )) {}

void HtmlPage::add_heading(std::string_view text) {
    body_ += fmt::format("<h2>{}</h2>\n", escape_xml(text));
}

void HtmlPage::add_note(std::string_view text) {
    body_ += fmt::format("<p class='note'>{}</p>\n", escape_xml(text));
}

void HtmlPage::add_table(const eval::ReportTable& table) {
    body_ += "<div class='scroll'><table><tr>";
    for (const std::string& cell : table.head) {
        body_ += fmt::format("<th>{}</th>", escape_xml(cell));
    }
    body_ += "</tr>\n";
    for (const auto& row : table.rows) {
        body_ += "<tr>";
        for (const std::string& cell : row) {
            body_ += fmt::format("<td>{}</td>", escape_xml(cell));
        }
        body_ += "</tr>\n";
    }
    body_ += "</table></div>\n";
}

void HtmlPage::add_bars(std::string_view title, std::string_view unit, std::span<const Bar> bars) {
    Axis axis{.begin = kLabelWidth, .end = kWidth - kTextWidth};
    axis.take(0);
    for (const Bar& bar : bars) {
        axis.take(std::max(bar.value, bar.goal.value_or(0)));
    }
    const double height = kRowHeight * static_cast<double>(bars.size());
    std::string svg = svg_begin(height + 22) + value_axis(axis, height, unit);
    double y = 0;
    for (const Bar& bar : bars) {
        const bool is_short = bar.goal && bar.value < *bar.goal;
        svg += row_label(bar.label, y + kRowHeight / 2);
        svg += fmt::format(
            "<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='14' class='{}'/>",
            axis.begin,
            y + 6,
            std::max(0.5, axis.at(bar.value) - axis.begin),
            is_short ? "c1" : "c0"
        );
        if (bar.goal) {
            svg += fmt::format(
                "<line x1='{0:.1f}' x2='{0:.1f}' y1='{1:.1f}' y2='{2:.1f}' class='goal'/>",
                axis.at(*bar.goal),
                y + 2,
                y + 24
            );
        }
        svg += fmt::format(
            "<text x='{:.1f}' y='{:.1f}'>{}</text>\n",
            axis.end + 12,
            y + kRowHeight / 2 + 4,
            escape_xml(bar.text)
        );
        y += kRowHeight;
    }
    add_drawing(title, svg + "</svg>");
}

void HtmlPage::add_spreads(
    std::string_view title, std::string_view unit, std::span<const Spread> rows
) {
    Axis axis{.begin = kLabelWidth, .end = kWidth - kTextWidth};
    axis.take(0);
    for (const Spread& row : rows) {
        std::ranges::for_each(row.values, [&](double value) { axis.take(value); });
    }
    const double height = kRowHeight * static_cast<double>(rows.size());
    std::string svg = svg_begin(height + 22) + value_axis(axis, height, unit);
    double y = kRowHeight / 2;
    for (const Spread& row : rows) {
        svg += row_label(row.label, y);
        for (const double value : row.values) {
            svg += fmt::format(
                "<circle cx='{:.1f}' cy='{:.1f}' r='4' class='c0' opacity='.55'/>",
                axis.at(value),
                y
            );
        }
        const double median = eval::percentile(row.values, 0.5);
        const double most = eval::percentile(row.values, 0.95);
        if (!row.values.empty()) {
            svg += fmt::format(
                "<line x1='{0:.1f}' x2='{0:.1f}' y1='{1:.1f}' y2='{2:.1f}' class='goal'/>"
                "<text x='{3:.1f}' y='{4:.1f}'>p50 {5:.3g} · p95 {6:.3g}</text>\n",
                axis.at(median),
                y - 9,
                y + 9,
                axis.end + 12,
                y + 4,
                median,
                most
            );
        }
        y += kRowHeight;
    }
    add_drawing(title, svg + "</svg>");
}

void HtmlPage::add_plot(const eval::Plot& plot) {
    Axis x{.begin = kMargin, .end = kWidth - 10};
    Axis y{.begin = kPlotHeight - kMargin, .end = 24};
    y.take(0);
    for (const eval::Curve& curve : plot.curves) {
        for (const Point& point : curve.points) {
            x.take(point.x);
            y.take(point.y);
        }
    }
    if (!(x.low <= x.high)) {
        return;
    }
    std::string svg = svg_begin(kPlotHeight) + plot_grid(plot, x, y);
    for (std::size_t i = 0; i < plot.curves.size(); ++i) {
        std::string points;
        for (const Point& point : plot.curves[i].points) {
            points += fmt::format("{:.1f},{:.1f} ", x.at(point.x), y.at(point.y));
        }
        svg += fmt::format("<polyline points='{}' class='c{} line'/>\n", points, i % kColours);
    }
    add_drawing(plot.title, svg + legend(plot, kPlotHeight - 6) + "</svg>");
}

void HtmlPage::add_drawing(std::string_view title, std::string_view svg) {
    body_ += fmt::format("<h3>{}</h3>\n{}\n", escape_xml(title), svg);
}

void HtmlPage::add_measurements(const eval::Measurements& figures) {
    eval::ReportTable table{.head = {"measurement", "value", "unit"}, .rows = {}};
    for (const auto& [name, value] : figures.values()) {
        table.rows.push_back(
            {name, fmt::format("{:.4g}", value), std::string(eval::find_measurement(name)->unit)}
        );
    }
    body_ += "<details><summary>All measurements</summary>\n";
    add_table(table);
    body_ += "</details>\n";
}

std::string HtmlPage::to_text() const {
    return head_ + body_ + "</body></html>\n";
}

Status HtmlPage::write(const std::filesystem::path& file) const {
    std::error_code error;
    if (file.has_parent_path()) {
        std::filesystem::create_directories(file.parent_path(), error);
    }
    std::ofstream out(file, std::ios::binary);
    out << to_text();
    if (error || !out.flush()) {
        return fail(ErrorKind::Unavailable, "cannot write the report to " + file.string());
    }
    return {};
}

}  // namespace bongsu::bench
