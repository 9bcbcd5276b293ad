// What the benchmark prints and what stands in its page: the same tables.
#include "selective/findings.hpp"
#include "selective/grouping.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace bongsu::bench {
namespace {

using Row = std::vector<std::string>;

std::string percent(double part, double whole) {
    return whole > 0 ? fmt::format("{:.1f} %", 100 * part / whole) : "-";
}

std::string recall_text(const Group& group) {
    if (group.events == 0) {
        return "-";
    }
    const eval::Proportion recall = group.recall();
    return fmt::format("{:.3f} ({:.2f}-{:.2f})", recall.share, recall.low, recall.high);
}

std::string delay_text(const Group& group, double part) {
    return group.delays.empty() ? "-" : fmt::format("{:.1f}", eval::percentile(group.delays, part));
}

Row event_cells(const Group& group) {
    return {
        group.name,
        std::to_string(group.events),
        std::to_string(group.noticed),
        std::to_string(group.noticed_later),
        recall_text(group),
        delay_text(group, 0.5),
        delay_text(group, 0.95)
    };
}

const Row kEventHead{"", "events", "in 3 s", "later", "recall (95 %)", "delay p50, s", "p95, s"};

Row with(Row row, const Row& more) {
    row.insert(row.end(), more.begin(), more.end());
    return row;
}

FindingSection condition_section(const Findings& findings) {
    FindingSection section{
        .title = "By condition",
        .notes =
            {"Events: people of at least 6 % of the picture's height and 25 grey levels' contrast, "
             "visible for at least two seconds. Quiet time is all time without an event; followed "
             "means every picture "
             "decoded and the detector at its full rate, which goes on for ten seconds after "
             "somebody has left; calm time leaves those out (3 s before to 12 s after events)."},
        .table =
            {.head = with(kEventHead, {"false wakes/h", "quiet followed", "calm followed"}),
             .rows = {}},
        .drawing = SectionDrawing::Delays
    };
    std::vector<Group> groups = by_condition(findings);
    std::ranges::copy(overall(findings), std::back_inserter(groups));
    for (const Group& group : groups) {
        section.table.rows.push_back(with(
            event_cells(group),
            {fmt::format("{:.1f}", group.false_wakes_per_hour()),
             percent(group.quiet.followed, group.quiet.all),
             percent(group.quiet.calm_followed, group.quiet.calm)}
        ));
    }
    return section;
}

FindingSection event_section(
    std::string title, std::string note, const std::vector<Group>& groups
) {
    FindingSection section{
        .title = std::move(title),
        .notes = {std::move(note)},
        .table = {.head = kEventHead, .rows = {}}
    };
    for (const Group& group : groups) {
        section.table.rows.push_back(event_cells(group));
    }
    return section;
}

FindingSection kind_section(const Findings& findings) {
    return event_section(
        "By kind of event",
        "corner: somebody steps out from behind something. pause: stands still for some seconds. "
        "group: two to four people one behind the other.",
        by_kind(findings)
    );
}

FindingSection visibility_section(const Findings& findings) {
    return event_section(
        "What nobody promises",
        "All people on composed films. clear: what the tables above count. faint: between 12 and "
        "25 grey levels from what is behind them, in the mean over the figure; hidden: less, a "
        "dark coat on a lawn at night; small: below 6 % of the picture's height. The stated limits "
        "are in docs/design/triage.md.",
        by_visibility(findings)
    );
}

FindingSection clip_section(const Findings& findings) {
    return event_section(
        "Somebody else's footage",
        "The same piece of film again and again, so the events of a row are not independent. "
        "Falls, fights and the fire begin in a scene in which somebody or something stands "
        "already: to be noticed is that it begins to move.",
        by_clip(findings)
    );
}

FindingSection quiet_section(const Findings& findings) {
    const std::vector<Group> all = overall(findings);
    const QuietTime quiet = all.empty() ? QuietTime{} : all.front().quiet;
    FindingSection section{
        .title = "What the operator is spared",
        .notes = {fmt::format(
            "One operator with {} tiles for {} cameras. Called: the wall shows the camera "
            "because somebody was said to be there. In turn: because there was room or its "
            "turn came.",
            findings.tiles,
            findings.films.size()
        )},
        .table = {.head = {"", "camera-hours", "share of quiet time"}, .rows = {}}
    };
    const std::pair<const char*, double> rows[] = {
        {"quiet time", quiet.all},
        {"followed by decoder and detector", quiet.followed},
        {"on the wall, called", quiet.called},
        {"on the wall, in turn", quiet.in_turn},
        {"not called: spared", quiet.all - quiet.called},
    };
    if (quiet.all <= 0) {
        return section;
    }
    for (const auto& [name, seconds] : rows) {
        section.table.rows.push_back(
            {name, fmt::format("{:.2f}", seconds / 3600), percent(seconds, quiet.all)}
        );
    }
    return section;
}

Row tier_row(const std::string& name, const std::vector<TierWindow>& windows) {
    const auto hits = std::ranges::count_if(windows, &TierWindow::has_event);
    Row row{
        name, std::to_string(hits), std::to_string(windows.size() - static_cast<std::size_t>(hits))
    };
    for (std::size_t tier = 0; tier < kTiers; ++tier) {
        const auto curve = eval::roc_curve(cases_of(windows, tier));
        const eval::RocPoint works = working_point(windows, tier);
        row.push_back(curve.empty() ? "-" : fmt::format("{:.3f}", eval::area_below(curve)));
        row.push_back(fmt::format("{:.3f} / {:.3f}", works.hit_rate, works.false_rate));
    }
    return row;
}

FindingSection tier_section(const Findings& findings) {
    FindingSection section{
        .title = "The tiers by themselves",
        .notes =
            {"Windows of one group of pictures (2 s), the scores of the product's own classes run "
             "over the same films in this process. T0: largest excess of a coded picture's size. "
             "T1: the key-frame gate, without its memory of what is followed. T2: the best person "
             "or vehicle at a place that moves, or a sure person, by the detector on every key "
             "frame. Hits / false: windows with and without an event that the product's own "
             "settings let through. Windows that an event fills by less than half are left out."},
        .table =
            {.head =
                 {"",
                  "with event",
                  "without",
                  "T0 area",
                  "hits / false",
                  "T1 area",
                  "hits / false",
                  "T2 area",
                  "hits / false"},
             .rows = {}},
        .drawing = SectionDrawing::TierCurves
    };
    for (const std::string& condition : conditions_of(findings)) {
        section.table.rows.push_back(tier_row(condition, windows_of(findings, condition)));
    }
    if (!section.table.rows.empty()) {
        section.table.rows.push_back(tier_row("all", windows_of(findings, "")));
    }
    return section;
}

FindingSection ledger_section(const Findings& findings) {
    FindingSection section{
        .title = "The coverage ledger against the log",
        .notes =
            {"Longest time of each camera without a look of the detector at the whole picture: "
             "what "
             "the ledger in the database claims, and what follows from the log's line for each "
             "look, the time from the film's begin to the first and from the last to its end "
             "included. At most 60 s are promised. Missed between looks: events that nobody "
             "noticed and during which the detector saw no whole picture."},
        .table =
            {.head =
                 {"camera", "ledger, s", "log, s", "looks, ledger", "looks, log", "missed between"},
             .rows = {}}
    };
    for (const FilmVerdict& film : findings.films) {
        const LedgerVerdict& ledger = film.ledger;
        section.table.rows.push_back(
            {film.film->camera,
             fmt::format("{:.1f}", ledger.claimed),
             fmt::format("{:.1f}", ledger.found),
             std::to_string(ledger.looks_claimed),
             std::to_string(ledger.looks_found),
             std::to_string(ledger.missed_in_gaps)}
        );
    }
    return section;
}

FindingSection missed_section(const Findings& findings) {
    FindingSection section{
        .title = "Every event that was missed or late",
        .notes = {},
        .table =
            {.head = {"camera", "at, s", "visible, s", "kind", "height", "contrast", "delay, s"},
             .rows = {}}
    };
    for (const FilmVerdict& film : findings.films) {
        for (const EventVerdict& one : film.events) {
            if (one.is_noticed_in_time()) {
                continue;
            }
            section.table.rows.push_back(
                {film.film->camera,
                 fmt::format("{:.1f}", one.event->span.begin),
                 fmt::format("{:.1f}", one.event->span.length()),
                 one.event->kind,
                 fmt::format("{:.1f} %", 100 * one.event->height),
                 fmt::format("{:.0f}", one.event->contrast),
                 one.delay ? fmt::format("{:.1f}", *one.delay) : "never"}
            );
        }
    }
    return section;
}

}  // namespace

std::vector<FindingSection> sections_of(const Findings& findings) {
    std::vector<FindingSection> sections{
        condition_section(findings),
        kind_section(findings),
        visibility_section(findings),
        clip_section(findings),
        quiet_section(findings),
        tier_section(findings),
        missed_section(findings),
        ledger_section(findings)
    };
    std::erase_if(sections, [](const FindingSection& one) { return one.table.rows.empty(); });
    return sections;
}

std::string to_text(const std::vector<FindingSection>& sections) {
    std::string out;
    for (const FindingSection& section : sections) {
        std::vector<std::size_t> widths(section.table.head.size());
        const auto widen = [&](const Row& row) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                widths[i] = std::max(widths[i], row[i].size());
            }
        };
        widen(section.table.head);
        std::ranges::for_each(section.table.rows, widen);
        out += "\n" + section.title + "\n";
        const auto print = [&](const Row& row) {
            for (std::size_t i = 0; i < row.size(); ++i) {
                out += i == 0 ? fmt::format("{:<{}}", row[i], widths[i])
                              : fmt::format("  {:>{}}", row[i], widths[i]);
            }
            out += "\n";
        };
        print(section.table.head);
        std::ranges::for_each(section.table.rows, print);
    }
    return out;
}

}  // namespace bongsu::bench
