#include "soak/page.hpp"

#include "program/html_page.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

eval::Curve curve_of(const History& history, const char* label, double Condition::* member) {
    eval::Curve curve{.label = label, .points = {}};
    for (const Moment& moment : history) {
        curve.points.push_back(
            {static_cast<float>(moment.condition.hours),
             static_cast<float>(moment.condition.*member)}
        );
    }
    return curve;
}

eval::Plot plot(const char* title, const char* unit, std::vector<eval::Curve> curves) {
    return {.title = title, .x_label = "hours", .y_label = unit, .curves = std::move(curves)};
}

/// The line that was laid through the memory after the warm-up.
eval::Curve line_of(const SoakOutcome& outcome) {
    eval::Curve curve{.label = "trend", .points = {}};
    const auto& trend = outcome.judgement.growths.front().trend;
    if (trend) {
        for (const double hours :
             {outcome.judgement.warm_up_hours, outcome.history.back().condition.hours}) {
            curve.points.push_back(
                {static_cast<float>(hours), static_cast<float>(trend->start + trend->slope * hours)}
            );
        }
    }
    return curve;
}

/// What is judged: the resident memory after the warm-up beside where its line begins.
eval::Plot change_plot(const SoakOutcome& outcome) {
    eval::Curve resident{.label = "resident", .points = {}};
    eval::Curve line = line_of(outcome);
    const double base = line.points.empty() ? 0 : static_cast<double>(line.points.front().y);
    for (const Moment& moment : outcome.history) {
        const Condition& condition = moment.condition;
        if (condition.hours >= outcome.judgement.warm_up_hours) {
            resident.points.push_back(
                {static_cast<float>(condition.hours),
                 static_cast<float>(condition.resident_mb - base)}
            );
        }
    }
    for (Point& point : line.points) {
        point.y -= static_cast<float>(base);
    }
    return plot("Change since the warm-up", "MB", {std::move(resident), std::move(line)});
}

eval::Plot latency_plot(
    const Judgement& judgement, const char* title, const std::vector<std::string>& names
) {
    eval::Plot drawn = plot(title, "s", {});
    for (const Latency& latency : judgement.latencies) {
        if (std::ranges::find(names, latency.name) == names.end()) {
            continue;
        }
        eval::Curve curve{.label = latency.name, .points = {}};
        for (const eval::Sample& window : latency.windows) {
            curve.points.push_back({static_cast<float>(window.x), static_cast<float>(window.y)});
        }
        drawn.curves.push_back(std::move(curve));
    }
    return drawn;
}

void add_plots(const SoakOutcome& outcome, HtmlPage& page) {
    const History& history = outcome.history;
    page.add_heading("Memory");
    page.add_plot(plot(
        "Memory of the station",
        "MB",
        {curve_of(history, "resident", &Condition::resident_mb),
         curve_of(history, "proportional", &Condition::proportional_mb),
         curve_of(history, "heap and stacks", &Condition::anonymous_mb)}
    ));
    page.add_plot(change_plot(outcome));
    page.add_heading("Handles and threads");
    page.add_plot(plot(
        "Open files and sockets; threads",
        "",
        {curve_of(history, "handles", &Condition::handles),
         curve_of(history, "threads", &Condition::threads)}
    ));
    page.add_heading("Delays");
    page.add_note("95th percentiles of windows after the warm-up.");
    page.add_plot(latency_plot(
        outcome.judgement, "Inside the station", {"incident", "analysis", "request", "disk"}
    ));
    page.add_plot(latency_plot(
        outcome.judgement, "At its visitors", {"api", "picture", "still", "playback", "change"}
    ));
    page.add_heading("Disk");
    page.add_note(
        "Recordings are held down by deletion; pictures of incidents and the database grow with "
        "the "
        "number of incidents, as they are kept."
    );
    page.add_plot(plot(
        "On disk",
        "MB",
        {curve_of(history, "recordings", &Condition::recordings_mb),
         curve_of(history, "pictures and scenes", &Condition::other_mb),
         curve_of(history, "database", &Condition::database_mb)}
    ));
}

}  // namespace

std::vector<std::vector<std::string>> verdict_rows(const Judgement& judgement) {
    std::vector<std::vector<std::string>> rows;
    for (const Growth& growth : judgement.growths) {
        rows.push_back({growth.name, growth.words()});
    }
    for (const Latency& latency : judgement.latencies) {
        rows.push_back({latency.name + " p95", latency.words()});
    }
    return rows;
}

Status write_page(const SoakOutcome& outcome, const std::filesystem::path& file) {
    HtmlPage page(
        "Soak",
        "One station with recording, analysis, console and deletion, on cameras of which some fail "
        "again and again, with people at work on it: does it stay as it is?"
    );
    page.add_heading("Verdict");
    page.add_note(fmt::format(
        "{:.2f} hours, of which {:.2f} are the warm-up that is not judged. Restarts: {}.",
        outcome.history.empty() ? 0 : outcome.history.back().condition.hours,
        outcome.judgement.warm_up_hours,
        outcome.restarts.size()
    ));
    page.add_table({.head = {"", "finding"}, .rows = verdict_rows(outcome.judgement)});
    if (outcome.tally.failures() > 0) {
        eval::ReportTable failures{.head = {"failed request", "times"}, .rows = {}};
        for (const auto& [words, times] : outcome.tally.failure_words()) {
            failures.rows.push_back({words.substr(0, 200), std::to_string(times)});
        }
        page.add_table(failures);
    }
    if (!outcome.history.empty()) {
        add_plots(outcome, page);
    }
    page.add_measurements(outcome.figures);
    return page.write(file);
}

}  // namespace bongsu::bench
