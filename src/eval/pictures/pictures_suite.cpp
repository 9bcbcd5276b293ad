// Detector and tracker together, from the pictures.
#include "eval/pictures/error_strip.hpp"
#include "eval/pictures/looking.hpp"
#include "eval/suite.hpp"
#include "eval/tracking/scores.hpp"
#include "tracking/tracker.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};

struct Rate {
    const char* name;
    double looks_per_second;
};

constexpr std::array<Rate, 2> kThinnedRates{{{"fps5", 5}, {"fps2", 2.5}}};

MotFrames follow(
    const Looks& looks,
    const SequenceInfo& info,
    const tracking::TrackerSettings& settings,
    int step
) {
    tracking::Tracker tracker(settings);
    MotFrames shown;
    for (std::size_t f = 0; f < looks.found.size(); f += static_cast<std::size_t>(step)) {
        const WallTime now = kStart + from_seconds(static_cast<double>(f) / info.frame_rate);
        std::vector<Track> people;
        for (const Track& track : tracker.update(now, looks.found[f], true)) {
            if (track.cls == ObjectClass::Person) {
                people.push_back(track);
            }
        }
        shown.push_back(shown_rows(people));
    }
    return shown;
}

void add_full_rate(
    Measurements& measurements, const std::string& prefix, const TrackingScores& scores
) {
    add_scores(measurements, prefix, scores);
    measurements.add(prefix + ".recall", scores.clear.recall());
    measurements.add(prefix + ".precision", scores.clear.precision());
}

Status measure(
    const MotSequence& sequence, const Looks& looks, SuiteContext& context, ReportSection& section
) {
    const std::string name = sequence.info.name;
    const std::string prefix = "pictures." + as_name_part(name);
    Measurements& measurements = context.report.measurements;
    const tracking::TrackerSettings settings = tracker_for(sequence.info);
    const MotFrames tracks = follow(looks, sequence.info, settings, 1);
    const TrackingScores scores = score_tracks(sequence.truth, tracks);
    add_full_rate(measurements, prefix, scores);
    ReportTable& table = section.tables.front();
    table.rows.push_back(
        score_row(fmt::format("{} ({:g} fps)", name, sequence.info.frame_rate), scores)
    );
    const TrackingScores all =
        score_tracks(sequence.truth, follow(looks, sequence.info, tracking::TrackerSettings{}, 1));
    measurements.add(prefix + ".mota_any_size", all.clear.mota());
    measurements.add(prefix + ".idf1_any_size", all.identity.idf1());
    table.rows.push_back(score_row(name + ", people of any size followed", all));
    for (const Rate& rate : kThinnedRates) {
        const int step = thinning_step(sequence.info.frame_rate, rate.looks_per_second);
        if (step == 1) {
            continue;
        }
        const TrackingScores slow = score_tracks(
            thinned(sequence.truth, step), follow(looks, sequence.info, settings, step)
        );
        const std::string slow_prefix = prefix + "." + rate.name;
        measurements.add(slow_prefix + ".mota", slow.clear.mota());
        measurements.add(slow_prefix + ".idf1", slow.identity.idf1());
        measurements.add(slow_prefix + ".hota", slow.hota.hota);
        table.rows.push_back(
            score_row(fmt::format("{} ({:.1f} fps)", name, sequence.info.frame_rate / step), slow)
        );
    }
    return add_worst_pictures(sequence, tracks, context, section);
}

}  // namespace

SuiteResult run_pictures(SuiteContext& context) {
    BONGSU_ASSIGN(auto sequences, load_sequences(context.options.data / "tracking"));
    std::erase_if(sequences, [](const MotSequence& s) { return !s.has_pictures(); });
    if (sequences.empty()) {
        return "no sequence with pictures below " + (context.options.data / "tracking").string();
    }
    Metrics metrics;
    auto detector =
        make_eval_detector(context.options, tracking::TrackerSettings{}.low_score, metrics);
    if (!detector) {
        return detector.error().describe();
    }
    ReportSection section{
        .title = "Tracking from pictures",
        .notes =
            {"The product's detector and tracker at their defaults, except that only people of at "
             "least 7 % of the picture's height are followed; the second row of a sequence is "
             "without "
             "that bound. True boxes of all sizes count in both."},
        .tables = {{.head = score_head(), .rows = {}}},
    };
    double seconds = 0;
    for (const MotSequence& sequence : sequences) {
        BONGSU_ASSIGN(const Looks looks, look_at(sequence, **detector, context));
        seconds += looks.seconds_per_picture;
        BONGSU_TRY(measure(sequence, looks, context, section));
    }
    context.report.measurements.add(
        "pictures.ms_per_frame", 1000 * seconds / static_cast<double>(sequences.size())
    );
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
