// Detector, still gate and tracker together, from the pictures.
#include "behaviours/registry.hpp"
#include "eval/pictures/error_strip.hpp"
#include "eval/pictures/looking.hpp"
#include "eval/pictures/picture_file.hpp"
#include "eval/suite.hpp"
#include "eval/tracking/scores.hpp"
#include "pipeline/frame_analysis.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr WallTime kStart{std::chrono::seconds{1'750'000'000}};

struct Rate {
    const char* name;
    double looks_per_second;
};

constexpr std::array<Rate, 2> kThinnedRates{{{"fps5", 5}, {"fps2", 2.5}}};

/// The way of the product from detections on: still gate, appearance, tracker. Every `step`-th
/// picture is looked at.
Result<MotFrames> follow(
    const MotSequence& sequence,
    const Looks& looks,
    const tracking::TrackerSettings& settings,
    int step
) {
    const behaviours::Registry no_behaviours;
    Metrics metrics;
    CameraConfig camera;
    camera.id = CameraId{"eval"};
    const pipeline::AnalysisParts parts{
        .behaviours = no_behaviours, .metrics = metrics, .tracker = settings
    };
    BONGSU_ASSIGN(auto analysis, pipeline::FrameAnalysis::create(camera, parts));
    MotFrames shown;
    for (int i = 0; i < sequence.info.length; i += step) {
        BONGSU_ASSIGN(Frame frame, load_picture(sequence.picture(i + 1)));
        frame.camera = camera.id;
        frame.wall = kStart + from_seconds(i / sequence.info.frame_rate);
        const auto tracks = analysis.observe({
            .time = frame.wall,
            .frame = &frame,
            .detections = looks.found[static_cast<std::size_t>(i)],
            .has_detections = true,
        });
        std::vector<Track> people;
        std::ranges::copy_if(tracks, std::back_inserter(people), [](const Track& track) {
            return track.cls == ObjectClass::Person;
        });
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
    BONGSU_ASSIGN(const MotFrames tracks, follow(sequence, looks, settings, 1));
    const TrackingScores scores = score_tracks(sequence.truth, tracks);
    add_full_rate(measurements, prefix, scores);
    ReportTable& table = section.tables.front();
    table.rows.push_back(
        score_row(fmt::format("{} ({:g} fps)", name, sequence.info.frame_rate), scores)
    );
    BONGSU_ASSIGN(
        const MotFrames all_tracks, follow(sequence, looks, tracking::TrackerSettings{}, 1)
    );
    const TrackingScores all = score_tracks(sequence.truth, all_tracks);
    measurements.add(prefix + ".mota_any_size", all.clear.mota());
    measurements.add(prefix + ".idf1_any_size", all.identity.idf1());
    table.rows.push_back(score_row(name + ", people of any size followed", all));
    for (const Rate& rate : kThinnedRates) {
        const int step = thinning_step(sequence.info.frame_rate, rate.looks_per_second);
        if (step == 1) {
            continue;
        }
        BONGSU_ASSIGN(const MotFrames slow_tracks, follow(sequence, looks, settings, step));
        const TrackingScores slow = score_tracks(thinned(sequence.truth, step), slow_tracks);
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
        make_eval_detector(context.options, vision::DetectorSettings{}.min_score, metrics);
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
