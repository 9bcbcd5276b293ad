#include "eval/pictures/error_strip.hpp"

#include "annotation/picture.hpp"
#include "eval/pictures/picture_file.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace bongsu::eval {
namespace {

constexpr float kMinIou = 0.5F;
constexpr std::size_t kPictures = 4;
constexpr int kApart = 15;  // pictures; neighbours show the same error
constexpr int kMissedGravity = 5;
constexpr int kFalseGravity = 3;

bool is_covered(const MotRow& row, const std::vector<MotRow>& by) {
    return std::ranges::any_of(by, [&](const MotRow& other) {
        return iou(row.box, other.box) >= kMinIou;
    });
}

annotation::Overlay errors_of(const std::vector<MotRow>& truth, const std::vector<MotRow>& tracks) {
    annotation::Overlay overlay;
    for (const MotRow& row : truth) {
        if (!is_covered(row, tracks)) {
            overlay.highlights.push_back({row.box, kMissedGravity, "missed"});
        }
    }
    for (const MotRow& row : tracks) {
        if (!is_covered(row, truth)) {
            overlay.highlights.push_back({row.box, kFalseGravity, "false"});
        }
    }
    return overlay;
}

/// Frames (from 0) with the most errors, apart from each other.
std::vector<std::size_t> worst_frames(const MotFrames& truth, const MotFrames& tracks) {
    std::vector<std::pair<std::size_t, std::size_t>> errors;
    for (std::size_t f = 0; f < std::min(truth.size(), tracks.size()); ++f) {
        errors.emplace_back(errors_of(truth[f], tracks[f]).highlights.size(), f);
    }
    std::ranges::sort(errors, std::greater{});
    std::vector<std::size_t> chosen;
    for (const auto& [count, frame] : errors) {
        const bool is_near = std::ranges::any_of(chosen, [&](std::size_t other) {
            return std::abs(static_cast<int>(other) - static_cast<int>(frame)) < kApart;
        });
        if (count > 0 && !is_near && chosen.size() < kPictures) {
            chosen.push_back(frame);
        }
    }
    return chosen;
}

}  // namespace

Status add_worst_pictures(
    const MotSequence& sequence,
    const MotFrames& tracks,
    const SuiteContext& context,
    ReportSection& section
) {
    if (context.options.report.empty()) {
        return {};
    }
    std::error_code ignored;
    std::filesystem::create_directories(context.options.report / "pictures", ignored);
    for (const std::size_t f : worst_frames(sequence.truth, tracks)) {
        const int number = static_cast<int>(f) + 1;
        BONGSU_ASSIGN(const Frame frame, load_picture(sequence.picture(number)));
        const auto overlay = errors_of(sequence.truth[f], tracks[f]);
        BONGSU_ASSIGN(const auto jpeg, annotation::encode_annotated_jpeg(frame, overlay));
        const std::string file =
            fmt::format("pictures/{}_{:06}.jpg", as_name_part(sequence.info.name), number);
        BONGSU_TRY(annotation::write_file(context.options.report / file, jpeg));
        section.strips.push_back(
            {file, fmt::format("{}, picture {}: missed and false boxes", sequence.info.name, number)
            }
        );
    }
    return {};
}

}  // namespace bongsu::eval
