// The tracker alone: it is fed the detections that come with each sequence.
#include "eval/suite.hpp"
#include "eval/tracking/plain_sort.hpp"
#include "eval/tracking/scores.hpp"
#include "tracking/tracker.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

/// MOTA of plain SORT as its authors publish it for these very detections (README of their
/// repository, sequences of their validation half).
struct PublishedFloor {
    std::string_view sequence;
    double mota;
};

constexpr std::array<PublishedFloor, 6> kPublished{{
    {"TUD-Campus", 0.627},
    {"ETH-Sunnyday", 0.591},
    {"ETH-Pedcross2", 0.454},
    {"ADL-Rundle-8", 0.286},
    {"Venice-2", 0.186},
    {"KITTI-17", 0.602},
}};

struct Rate {
    const char* name;
    double looks_per_second;
};

constexpr std::array<Rate, 2> kThinnedRates{{{"fps5", 5}, {"fps2", 2.5}}};

/// The detections come from another detector than ours (Faster R-CNN, published with SORT): its
/// scores begin at 0.5 and half of them are above 0.96, so what differs from the product's defaults
/// is the scale of scores alone.
tracking::TrackerSettings given_detections_settings() {
    tracking::TrackerSettings settings;
    settings.low_score = 0.3F;
    settings.high_score = 0.5F;
    settings.birth_score = 0.9F;
    settings.sure_score = 0.999F;
    settings.instant_score = 1.01F;
    settings.first_look_score = 0.52F;
    return settings;
}

struct Followed {
    MotFrames tracks;
    double seconds_per_frame = 0;
};

Followed follow(const MotFrames& detections, double frame_rate) {
    tracking::Tracker tracker(given_detections_settings());
    const SystemClock clock;
    const MonoTime started = clock.mono();
    constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};
    Followed result;
    for (std::size_t f = 0; f < detections.size(); ++f) {
        std::vector<Detection> found;
        for (const MotRow& row : detections[f]) {
            found.push_back({
                .cls = ObjectClass::Person,
                .score = static_cast<float>(row.score),
                .box = row.box,
                .appearance = {},
            });
        }
        const WallTime now = kStart + from_seconds(static_cast<double>(f) / frame_rate);
        result.tracks.push_back(shown_rows(tracker.update(now, found, true)));
    }
    const double frames = std::max<double>(1, static_cast<double>(detections.size()));
    result.seconds_per_frame = to_seconds(clock.mono() - started) / frames;
    return result;
}

double floor_of(const std::string& sequence, double measured_here) {
    const auto* found = std::ranges::find(kPublished, sequence, &PublishedFloor::sequence);
    return found == kPublished.end() ? measured_here : found->mota;
}

/// Sums over sequences.
struct Totals {
    int sequences = 0;
    double mota = 0;
    double idf1 = 0;
    double hota = 0;
    double seconds_per_frame = 0;
    double least_over_floor = std::numeric_limits<double>::infinity();
};

void measure_full_rate(
    const MotSequence& sequence, SuiteContext& context, ReportTable& table, Totals& totals
) {
    const std::string prefix = "tracking." + as_name_part(sequence.info.name);
    const Followed followed = follow(sequence.detections, sequence.info.frame_rate);
    const TrackingScores scores = score_tracks(sequence.truth, followed.tracks);
    const TrackingScores sort = score_tracks(sequence.truth, plain_sort(sequence.detections));
    Measurements& measurements = context.report.measurements;
    add_scores(measurements, prefix, scores);
    measurements.add(prefix + ".sort_mota", sort.clear.mota());
    measurements.add(prefix + ".sort_idf1", sort.identity.idf1());
    measurements.add(prefix + ".sort_hota", sort.hota.hota);
    const double over = scores.clear.mota() - floor_of(sequence.info.name, sort.clear.mota());
    measurements.add(prefix + ".mota_over_floor", over);
    const std::string name =
        fmt::format("{} ({:g} fps)", sequence.info.name, sequence.info.frame_rate);
    table.rows.push_back(score_row(name, scores));
    table.rows.push_back(score_row(name + ", plain SORT", sort));
    ++totals.sequences;
    totals.mota += scores.clear.mota();
    totals.idf1 += scores.identity.idf1();
    totals.hota += scores.hota.hota;
    totals.seconds_per_frame += followed.seconds_per_frame;
    totals.least_over_floor = std::min(totals.least_over_floor, over);
}

void measure_thinned(const MotSequence& sequence, SuiteContext& context, ReportTable& table) {
    for (const Rate& rate : kThinnedRates) {
        const int step = thinning_step(sequence.info.frame_rate, rate.looks_per_second);
        if (step == 1) {
            continue;
        }
        const MotFrames truth = thinned(sequence.truth, step);
        const MotFrames detections = thinned(sequence.detections, step);
        const double frame_rate = sequence.info.frame_rate / step;
        const TrackingScores scores = score_tracks(truth, follow(detections, frame_rate).tracks);
        const TrackingScores sort = score_tracks(truth, plain_sort(detections));
        const std::string prefix =
            fmt::format("tracking.{}.{}", as_name_part(sequence.info.name), rate.name);
        Measurements& measurements = context.report.measurements;
        measurements.add(prefix + ".mota", scores.clear.mota());
        measurements.add(prefix + ".idf1", scores.identity.idf1());
        measurements.add(prefix + ".hota", scores.hota.hota);
        measurements.add(prefix + ".ids", scores.clear.switches);
        measurements.add(prefix + ".sort_mota", sort.clear.mota());
        measurements.add(prefix + ".sort_idf1", sort.identity.idf1());
        const std::string name = fmt::format("{} ({:.1f} fps)", sequence.info.name, frame_rate);
        table.rows.push_back(score_row(name, scores));
        table.rows.push_back(score_row(name + ", plain SORT", sort));
    }
}

void add_totals(const Totals& totals, Measurements& measurements) {
    measurements.add("tracking.sequences", totals.sequences);
    measurements.add("tracking.mean_mota", totals.mota / totals.sequences);
    measurements.add("tracking.mean_idf1", totals.idf1 / totals.sequences);
    measurements.add("tracking.mean_hota", totals.hota / totals.sequences);
    measurements.add("tracking.least_over_floor", totals.least_over_floor);
    measurements.add(
        "tracking.microseconds_per_frame", 1e6 * totals.seconds_per_frame / totals.sequences
    );
}

}  // namespace

SuiteResult run_tracking(SuiteContext& context) {
    BONGSU_ASSIGN(auto sequences, load_sequences(context.options.data / "tracking"));
    std::erase_if(sequences, [](const MotSequence& s) {
        return std::ranges::all_of(s.detections, [](const auto& frame) { return frame.empty(); });
    });
    if (sequences.empty()) {
        return "no sequence with det/det.txt below " + (context.options.data / "tracking").string();
    }
    ReportSection section{
        .title = "Tracking on given detections",
        .notes = {"Online figures: no track is interpolated or revised afterwards. Ground-truth "
                  "rows that "
                  "are not considered are left out, so boxes on them count as false."},
    };
    ReportTable full{.head = score_head(), .rows = {}};
    ReportTable slow{.head = score_head(), .rows = {}};
    Totals totals;
    ProgressMeter meter(context, "sequences", static_cast<int>(sequences.size()));
    for (const MotSequence& sequence : sequences) {
        measure_full_rate(sequence, context, full, totals);
        measure_thinned(sequence, context, slow);
        meter.step();
    }
    add_totals(totals, context.report.measurements);
    section.tables = {std::move(full), std::move(slow)};
    context.report.sections.push_back(std::move(section));
    return std::nullopt;
}

}  // namespace bongsu::eval
