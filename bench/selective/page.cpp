// The benchmark's HTML report: drawings of times and scores, no pictures.
#include "core/xml_text.hpp"
#include "selective/findings.hpp"
#include "selective/grouping.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

constexpr double kWidth = 860;
constexpr double kNames = 150;
constexpr double kRow = 30;
constexpr double kHead = 22;
constexpr std::size_t kCurvePoints = 400;
constexpr double kSquare = 240;
constexpr double kTitle = 20;
constexpr double kSquareStep = 290;
constexpr std::size_t kSquaresInLine = 3;

/// The times of one camera below each other's: seconds to pixels.
struct Scale {
    double seconds;

    double x(double time) const {
        return kNames + std::clamp(time / seconds, 0.0, 1.0) * (kWidth - kNames);
    }
};

std::string block(
    const Scale& scale, eval::TimeSpan span, double y, double height, const char* style
) {
    return fmt::format(
        "<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' {}/>",
        scale.x(span.begin),
        y,
        std::max(1.0, scale.x(span.end) - scale.x(span.begin)),
        height,
        style
    );
}

std::string tick(const Scale& scale, double time, double y, double height, const char* style) {
    return fmt::format(
        "<line x1='{0:.1f}' x2='{0:.1f}' y1='{1:.1f}' y2='{2:.1f}' stroke-width='2' {3}/>",
        scale.x(time),
        y,
        y + height,
        style
    );
}

const char* style_of(const EventVerdict& one, bool is_clip) {
    if (one.is_noticed_in_time()) {
        return "class='c2'";
    }
    if (!is_clip && !is_promised(*one.event)) {
        return "class='c5'";
    }
    return one.delay ? "class='c1'" : "class='c3'";
}

std::string camera_row(const FilmVerdict& film, const Scale& scale, double y) {
    std::string out = fmt::format(
        "<text x='0' y='{:.1f}' class='soft'>{}</text>"
        "<line x1='{}' x2='{}' y1='{:.1f}' y2='{:.1f}' class='axis'/>\n",
        y + 13,
        escape_xml(film.film->camera),
        kNames,
        kWidth,
        y + 24,
        y + 24
    );
    for (const Distraction& one : film.film->distractions) {
        out += block(scale, one.span, y + 4, 12, "class='faint'");
    }
    for (const EventVerdict& one : film.events) {
        out += block(scale, one.event->span, y + 4, 12, style_of(one, film.is_clip()));
    }
    for (const eval::TimeSpan& span : film.watched->followed) {
        out += block(scale, span, y + 18, 4, "class='c0'");
    }
    for (const double wake : film.false_wakes) {
        out += tick(scale, wake, y + 2, 20, "class='c4'");
    }
    return out + "\n";
}

std::string legend() {
    constexpr std::array<std::pair<const char*, const char*>, 7> kItems{{
        {"c2", "noticed in 3 s"},
        {"c1", "later"},
        {"c3", "missed"},
        {"c5", "too small, faint"},
        {"c0", "followed"},
        {"c4", "false wake"},
        {"faint", "light, beam"},
    }};
    std::string out;
    double x = kNames;
    for (const auto& [colour, text] : kItems) {
        out += fmt::format(
            "<rect x='{:.0f}' y='2' width='12' height='10' class='{}'/><text x='{:.0f}' y='11'>{}"
            "</text>",
            x,
            colour,
            x + 18,
            text
        );
        x += 101;
    }
    return out + "\n";
}

std::string time_lines(const std::vector<FilmVerdict>& films) {
    Scale scale{.seconds = 1};
    for (const FilmVerdict& film : films) {
        scale.seconds = std::max(scale.seconds, film.watched->until);
    }
    const double height = kHead + kRow * static_cast<double>(films.size());
    std::string out = fmt::format(
        "<svg viewBox='0 0 {} {}' role='img' aria-label='When something happened on each camera, "
        "and what the node did'>\n",
        kWidth,
        height + 20
    );
    out += legend();
    double y = kHead;
    for (const FilmVerdict& film : films) {
        out += camera_row(film, scale, y);
        y += kRow;
    }
    const double minutes = scale.seconds / 60;
    const int step = std::max(1, static_cast<int>(minutes / 6));
    for (int minute = 0; minute <= minutes; minute += step) {
        out += fmt::format(
            "<text x='{:.1f}' y='{:.1f}' text-anchor='{}' class='soft'>{} min</text>",
            scale.x(60.0 * minute),
            height + 14,
            minute == 0 ? "start" : "end",
            minute
        );
    }
    return out + "</svg>";
}

/// Curves of all tiers in one square, false rate to the right, hit rate upwards.
std::string roc_square(
    const std::string& title, const std::vector<TierWindow>& windows, double left, double top
) {
    const auto x = [&](double rate) { return left + rate * kSquare; };
    const auto y = [&](double rate) { return top + kTitle + (1 - rate) * kSquare; };
    std::string out =
        fmt::format("<text x='{}' y='{}'>{}</text>\n", left, top + 12, escape_xml(title));
    for (const double rate : {0.0, 0.5, 1.0}) {
        out += fmt::format(
            "<line x1='{:.1f}' x2='{:.1f}' y1='{:.1f}' y2='{:.1f}' class='axis'/>"
            "<line x1='{:.1f}' x2='{:.1f}' y1='{:.1f}' y2='{:.1f}' class='axis'/>",
            x(0),
            x(1),
            y(rate),
            y(rate),
            x(rate),
            x(rate),
            y(0),
            y(1)
        );
    }
    for (std::size_t tier = 0; tier < kTiers; ++tier) {
        const auto curve = eval::roc_curve(cases_of(windows, tier));
        if (curve.empty()) {
            break;  // nothing happened there, or something all the time
        }
        const std::size_t step = std::max<std::size_t>(1, curve.size() / kCurvePoints);
        std::string points;
        for (std::size_t i = 0; i < curve.size(); i += step) {
            points += fmt::format("{:.1f},{:.1f} ", x(curve[i].false_rate), y(curve[i].hit_rate));
        }
        const eval::RocPoint works = working_point(windows, tier);
        out += fmt::format(
            "<polyline points='{}{:.1f},{:.1f}' class='c{} line'/>"
            "<circle cx='{:.1f}' cy='{:.1f}' r='4' class='c{}'/>"
            "<text x='{:.1f}' y='{:.1f}' text-anchor='end' class='c{}'>T{} {:.3f}</text>\n",
            points,
            x(1),
            y(1),
            tier,
            x(works.false_rate),
            y(works.hit_rate),
            tier,
            x(1) - 6,
            y(0.05) - 16 * static_cast<double>(kTiers - 1 - tier),
            tier,
            tier,
            eval::area_below(curve)
        );
    }
    return out;
}

std::string roc_squares(const Findings& findings) {
    std::vector<std::string> names = conditions_of(findings);
    names.insert(names.begin(), "");
    const std::size_t lines = (names.size() + kSquaresInLine - 1) / kSquaresInLine;
    std::string out = fmt::format(
        "<svg viewBox='0 0 {} {}' role='img' aria-label='Receiver operating characteristics'>\n",
        kWidth,
        static_cast<double>(lines) * kSquareStep
    );
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::size_t line = i / kSquaresInLine;
        const std::size_t column = i % kSquaresInLine;
        out += roc_square(
            names[i].empty() ? "all conditions" : names[i],
            windows_of(findings, names[i]),
            6 + static_cast<double>(column) * (kWidth / kSquaresInLine),
            static_cast<double>(line) * kSquareStep
        );
    }
    return out + "</svg>";
}

std::vector<Spread> delays_of(const std::vector<Group>& groups) {
    std::vector<Spread> rows;
    for (const Group& group : groups) {
        if (!group.delays.empty()) {
            rows.push_back({.label = group.name, .values = group.delays});
        }
    }
    return rows;
}

std::string lead_of(const Findings& findings) {
    const std::vector<Group> all = overall(findings);
    if (all.empty()) {
        return "No camera was watched.";
    }
    const Group& group = all.front();
    return fmt::format(
        "{} of {} events were noticed within three seconds ({:.1f} %, 95 % interval from {:.1f} "
        "%); {} false wakes in {:.1f} quiet camera-hours; {:.1f} % of the quiet time called an "
        "operator. Footage is composed: people of one film walk through empty scenes, weather is "
        "drawn.",
        group.noticed,
        group.events,
        100 * group.recall().share,
        100 * group.recall().low,
        group.false_wakes,
        group.quiet.all / 3600,
        group.quiet.all > 0 ? 100 * group.quiet.called / group.quiet.all : 0
    );
}

}  // namespace

HtmlPage page_of(const Findings& findings) {
    HtmlPage page("Selective monitoring", lead_of(findings));
    if (!findings.films.empty()) {
        page.add_heading("Cameras");
        page.add_drawing("What happened, and what the node did", time_lines(findings.films));
    }
    for (const FindingSection& section : sections_of(findings)) {
        page.add_heading(section.title);
        for (const std::string& note : section.notes) {
            page.add_note(note);
        }
        page.add_table(section.table);
        if (section.drawing == SectionDrawing::Delays) {
            const std::vector<Spread> rows = delays_of(by_condition(findings));
            page.add_spreads("Delay until noticed", "s", rows);
        }
        if (section.drawing == SectionDrawing::TierCurves) {
            page.add_drawing(
                "Hits upwards, false to the right, both from 0 to 1; a dot is where the product "
                "works",
                roc_squares(findings)
            );
        }
    }
    page.add_measurements(measurements_of(findings));
    return page;
}

}  // namespace bongsu::bench
