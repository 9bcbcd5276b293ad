#include "eval/intervals.hpp"
#include "eval/recognition/figures.hpp"
#include "eval/recognition/kind_count.hpp"

#include <array>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr double kSecondsPerHour = 3600;

std::string span_text(const Interval& interval) {
    return fmt::format("{:.3f} to {:.3f}", interval.low, interval.high);
}

/// The table of one item that has events of its own, and its measurements when `out` is wanted.
ReportTable item_table(const std::string& kind, const KindCount& count, Measurements* out) {
    const FilmCount sum = count.sum();
    const auto number = [](int value) { return std::to_string(value); };
    ReportTable table{.head = {kind, "value", "95 % interval"}, .rows = {}};
    table.rows.push_back({"events", number(sum.whole.events), ""});
    table.rows.push_back({"found", number(sum.whole.hits), ""});
    table.rows.push_back({"false alarms, all films", number(sum.whole.false_alarms), ""});
    if (sum.hours > 0) {
        const Interval alarms = poisson_interval(sum.false_alarms);
        table.rows.push_back(
            {"false alarms per camera-hour without the event",
             fmt::format("{:.3f}", sum.false_alarms / sum.hours),
             span_text({alarms.low / sum.hours, alarms.high / sum.hours})}
        );
    }
    for (const KindFigure& figure : kind_figures()) {
        const auto value = figure.of(sum);
        if (!value) {
            continue;
        }
        const Interval interval = interval_by_group(count.groups, [&](auto items) {
            return figure.of(count.sum_of(items));
        });
        table.rows.push_back({figure.name, fmt::format("{:.3f}", *value), span_text(interval)});
        if (out != nullptr) {
            const std::string name = "recognition." + as_name_part(kind) + "." + figure.name;
            out->add(name, *value);
            add_interval(*out, name, interval);
        }
    }
    return table;
}

std::vector<std::string> false_row(
    const std::string& kind, const KindTotals& totals, const FilmCount& count
) {
    const Interval interval = poisson_interval(count.false_alarms);
    const auto by_hour = [&](double value) {
        return count.hours > 0 ? fmt::format("{:.2f}", value / count.hours) : std::string();
    };
    return {
        kind,
        fmt::format("{:.0f}", totals.proposals),
        fmt::format("{:.0f}", totals.events),
        std::to_string(count.false_alarms),
        std::to_string(count.in_own_set),
        std::to_string(count.in_stills),
        std::to_string(count.unlabelled),
        fmt::format("{:.3f}", count.hours),
        by_hour(count.false_alarms),
        by_hour(interval.low) + " to " + by_hour(interval.high)
    };
}

ReportTable table_of_false() {
    return {
        .head =
            {"kind",
             "proposals",
             "raised",
             "false",
             "of these in its own set",
             "of these in stills",
             "unlabelled",
             "camera-hours without it",
             "false per camera-hour",
             "95 % interval"},
        .rows = {}
    };
}

/// Which alarms are counted as unlabelled, and why.
ReportTable table_of_unlabelled() {
    ReportTable table{.head = {"unlabelled: kind", "in the set", "label", "why"}, .rows = {}};
    for (const Unlabelled& each : unlabelled_kinds()) {
        const auto text = [](std::string_view word) {
            return word.empty() ? std::string("any") : std::string(word);
        };
        const std::string label =
            each.condition.empty() ? text(each.label) : "condition " + text(each.condition);
        table.rows.push_back({std::string(each.kind), text(each.set), label, std::string(each.why)}
        );
    }
    return table;
}

void add_counts(
    const std::string& kind, const KindTotals& totals, const FilmCount& count, Measurements& out
) {
    const std::string prefix = "recognition." + as_name_part(kind) + ".";
    out.add(prefix + "proposals", totals.proposals);
    out.add(prefix + "raised", totals.events);
    out.add(prefix + "false_alarms", count.false_alarms);
    out.add(prefix + "unlabelled", count.unlabelled);
    out.add(prefix + "camera_hours", count.hours);
    if (count.hours > 0) {
        out.add(prefix + "false_alarms_per_camera_hour", count.false_alarms / count.hours);
    }
}

void add_total(const Watched& watched, const FilmCount& all, Measurements& out) {
    double hours = 0;
    for (const RecognitionFilm& film : watched.films) {
        hours += film.seconds / kSecondsPerHour;
    }
    if (hours <= 0) {
        return;
    }
    const Interval interval = poisson_interval(all.false_alarms);
    const std::string name = watched.prefix() + "false_alarms_per_camera_hour";
    out.add(name, all.false_alarms / hours);
    add_interval(out, name, {interval.low / hours, interval.high / hours});
    out.add(watched.prefix() + "false_alarms", all.false_alarms);
    out.add(watched.prefix() + "unlabelled_alarms", all.unlabelled);
    out.add(watched.prefix() + "camera_hours", hours);
}

std::string note_of(const Watched& watched) {
    return fmt::format(
        "A film is a negative for every kind but its own and those of the table of unlabelled "
        "ones. "
        "Stills before and after a clip are not counted as time, alarms in them are. The hours are "
        "few: without a single false alarm the upper end of the interval is 3.7 divided by them. "
        "KISA: from {:.0f} s before to {:.0f} s after the true start, repeats are false. i-LIDS: "
        "within 10 s of the start, recall bias 0.65. Pmiss: least share of missed events at so "
        "many "
        "false alarms a minute (ActEV), over thresholds on confidence. clip_auc: of the highest "
        "confidence of an alarm in each clip of the item's own set, 0 without one.",
        watched.kisa_before,
        watched.kisa_after
    );
}

}  // namespace

void add_kind_figures(const Watched& watched, Measurements& out, ReportSection& section) {
    Measurements* const by_kind = watched.is_plain() ? &out : nullptr;
    ReportTable wrong = table_of_false();
    FilmCount all;
    section.notes.push_back(note_of(watched));
    for (const auto& [kind, totals] : watched.screening.kinds) {
        const KindCount count = count_kind(watched, kind);
        const FilmCount sum = count.sum();
        all += sum;
        wrong.rows.push_back(false_row(kind, totals, sum));
        if (by_kind != nullptr) {
            add_counts(kind, totals, sum, *by_kind);
        }
        if (sum.whole.events > 0) {
            section.tables.push_back(item_table(kind, count, by_kind));
        }
    }
    add_total(watched, all, out);
    section.tables.push_back(std::move(wrong));
    section.tables.push_back(table_of_unlabelled());
}

}  // namespace bongsu::eval
