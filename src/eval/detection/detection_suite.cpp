// The detector against labelled boxes: a street video and single pictures.
#include "eval/detection/scoring.hpp"
#include "eval/detection/video_frames.hpp"
#include "eval/mot/sequence.hpp"
#include "eval/pictures/looking.hpp"
#include "eval/pictures/picture_file.hpp"
#include "eval/suite.hpp"
#include "vision/still_gate.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr std::size_t kLargestLabels = 16U << 20U;
constexpr float kLowestScore = 0.1F;
constexpr double kVtestRate = 10;  // pictures per second
constexpr double kIou = 0.5;
constexpr double kLooseIou = 0.4;
constexpr std::array kScores{0.30F, 0.35F, 0.40F, 0.45F, 0.50F, 0.60F};

struct Band {
    const char* name;
    HeightBand heights;
};

constexpr std::array<Band, 4> kBands{{
    {"h_below_50", {0, 50}},
    {"h_50_100", {50, 100}},
    {"h_100_200", {100, 200}},
    {"h_200_up", {200, std::numeric_limits<float>::infinity()}},
}};

Result<TruthByPicture> load_labels(const std::filesystem::path& file, std::string_view key) {
    BONGSU_ASSIGN(const std::string csv, read_text_file(file, kLargestLabels));
    return parse_box_labels(csv, key, file.string());
}

Result<std::vector<Detection>> find_people(vision::Detector& detector, const Frame& frame) {
    BONGSU_ASSIGN(auto found, detector.detect(frame));
    std::erase_if(found, [](const Detection& d) { return d.cls != ObjectClass::Person; });
    return found;
}

/// The same video judged twice.
struct LookedAtVideo {
    std::vector<LookedAtPicture> single;  ///< each picture on its own
    std::vector<LookedAtPicture>
        followed;  ///< as the pipeline sees a camera: through the still gate
};

Result<LookedAtVideo> look_at_video(const SuiteContext& context, vision::Detector& detector) {
    BONGSU_ASSIGN(const TruthByPicture labels, load_labels(context.options.labels, "frame"));
    std::map<int, PictureTruth> by_number;
    std::set<int> wanted;
    for (const auto& [key, truth] : labels) {
        int number = -1;
        std::from_chars(key.data(), key.data() + key.size(), number);
        by_number[number] = truth;
        wanted.insert(number);
    }
    BONGSU_ASSIGN(const auto frames, read_video_frames(context.options.vtest, wanted));
    ProgressMeter meter(context, "vtest", static_cast<int>(frames.size()));
    LookedAtVideo video;
    vision::StillGate gate;
    for (const auto& [number, picture] : frames) {
        Frame frame = picture;
        frame.wall = WallTime{} + from_seconds(number / kVtestRate);
        BONGSU_ASSIGN(auto people, find_people(detector, frame));
        video.followed.push_back({by_number[number], gate.filter(frame, people)});
        video.single.push_back({by_number[number], std::move(people)});
        meter.step();
    }
    return video;
}

Result<std::vector<LookedAtPicture>> look_at_pictures(
    const SuiteContext& context, vision::Detector& detector
) {
    const auto folder = context.options.data / "detection";
    BONGSU_ASSIGN(const TruthByPicture labels, load_labels(folder / "boxes.csv", "image"));
    ProgressMeter meter(context, "pictures", static_cast<int>(labels.size()));
    std::vector<LookedAtPicture> pictures;
    for (const auto& [name, truth] : labels) {
        BONGSU_ASSIGN(const Frame frame, load_picture(folder / name));
        BONGSU_ASSIGN(auto people, find_people(detector, frame));
        pictures.push_back({truth, std::move(people)});
        meter.step();
    }
    return pictures;
}

void add_bands(
    const std::vector<LookedAtPicture>& pictures,
    float own_score,
    const std::string& prefix,
    Measurements& measurements,
    ReportSection& section
) {
    ReportTable table{.head = {"height", "people", "AP50", "recall"}, .rows = {}};
    for (const Band& band : kBands) {
        const DetectionCurve curve = score_detections(pictures, kIou, band.heights);
        if (curve.truth_boxes() == 0) {
            continue;
        }
        const std::string name = prefix + "." + band.name;
        const double recall = curve.at_score(own_score).recall;
        measurements.add(name + ".ap50", curve.average_precision());
        measurements.add(name + ".recall", recall);
        measurements.add(name + ".boxes", curve.truth_boxes());
        table.rows.push_back(
            {band.name,
             std::to_string(curve.truth_boxes()),
             fmt::format("{:.3f}", curve.average_precision()),
             fmt::format("{:.3f}", recall)}
        );
    }
    section.tables.push_back(std::move(table));
}

Plot recall_plot(const std::string& set, const DetectionCurve& curve) {
    Curve line{.label = set, .points = {}};
    for (const OperatingPoint& point : curve.points()) {
        if (point.false_per_picture <= 2) {
            line.points.push_back(
                {static_cast<float>(point.false_per_picture), static_cast<float>(point.recall)}
            );
        }
    }
    return {
        .title = "Recall against false boxes, " + set,
        .x_label = "false boxes per picture",
        .y_label = "recall",
        .curves = {std::move(line)}
    };
}

void measure(
    const std::string& set,
    const std::vector<LookedAtPicture>& pictures,
    float own_score,
    SuiteContext& context
) {
    const std::string prefix = "detection." + set;
    Measurements& m = context.report.measurements;
    const DetectionCurve curve = score_detections(pictures, kIou);
    const OperatingPoint own = curve.at_score(own_score);
    const OperatingPoint loose = score_detections(pictures, kLooseIou).at_score(own_score);
    const OperatingPoint tenth = curve.at_false_per_picture(0.1);
    m.add(prefix + ".frames", static_cast<double>(pictures.size()));
    m.add(prefix + ".boxes", curve.truth_boxes());
    m.add(prefix + ".recall", own.recall);
    m.add(prefix + ".false_boxes_per_frame", own.false_per_picture);
    m.add(prefix + ".recall_iou40", loose.recall);
    m.add(prefix + ".false_boxes_per_frame_iou40", loose.false_per_picture);
    m.add(prefix + ".ap50", curve.average_precision());
    m.add(prefix + ".recall_at_fppi01", tenth.recall);
    m.add(prefix + ".threshold_at_fppi01", tenth.score);
    m.add(prefix + ".recall_at_fppi1", curve.at_false_per_picture(1).recall);
    ReportSection section{
        .title = "Detection of people: " + set,
        .notes = {fmt::format(
            "{} pictures, {} people. The detector's own threshold is {:.2f}; AP50 {:.3f}.",
            pictures.size(),
            curve.truth_boxes(),
            own_score,
            curve.average_precision()
        )},
        .tables = {{.head = {"score", "recall", "false boxes per picture"}, .rows = {}}},
        .plots = {recall_plot(set, curve)},
    };
    for (const float score : kScores) {
        const OperatingPoint point = curve.at_score(score);
        const std::string name = fmt::format("{}.at{:.0f}", prefix, 100 * score);
        m.add(name + ".recall", point.recall);
        m.add(name + ".false_boxes_per_frame", point.false_per_picture);
        section.tables.front().rows.push_back(
            {fmt::format("{:.2f}", score),
             fmt::format("{:.3f}", point.recall),
             fmt::format("{:.3f}", point.false_per_picture)}
        );
    }
    add_bands(pictures, own_score, prefix, m, section);
    context.report.sections.push_back(std::move(section));
}

}  // namespace

SuiteResult run_detection(SuiteContext& context) {
    const EvalOptions& options = context.options;
    const bool has_video = !options.labels.empty() && std::filesystem::exists(options.labels) &&
                           std::filesystem::exists(options.vtest);
    const bool has_pictures =
        !options.data.empty() && std::filesystem::exists(options.data / "detection" / "boxes.csv");
    if (!has_video) {
        context.line(
            "detection: vtest left out; it needs the labels in tests/data and vtest.avi of the "
            "package opencv-doc"
        );
    }
    if (!has_video && !has_pictures) {
        return (options.data / "detection" / "boxes.csv").string() + " is absent";
    }
    const vision::DetectorSettings defaults;
    Metrics metrics;
    auto detector = make_eval_detector(options, kLowestScore, metrics);
    if (!detector) {
        return detector.error().describe();
    }
    if (has_video) {
        BONGSU_ASSIGN(const LookedAtVideo video, look_at_video(context, **detector));
        measure("vtest", video.followed, defaults.min_score, context);
        measure("vtest_single", video.single, defaults.sure_score, context);
    }
    if (has_pictures) {
        BONGSU_ASSIGN(const auto pictures, look_at_pictures(context, **detector));
        measure("pictures", pictures, defaults.sure_score, context);
    }
    return std::nullopt;
}

}  // namespace bongsu::eval
