#include "behaviours/view_baseline.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours {
namespace {

constexpr int kSamplesNeeded = 20;
constexpr Duration kTimeNeeded = std::chrono::seconds{20};
/// Time in which the average forgets two thirds of what it was.
constexpr double kMemorySeconds = 300;
/// Keeps the ratios of almost black pictures finite, grey levels.
constexpr float kLumaFloor = 8;
constexpr float kContrastFloor = 1;
constexpr std::array<float, 3> kBandBorders{40, 90, 160};

void approach(float& mean, float value, float share) {
    mean += share * (value - mean);
}

}  // namespace

ViewFigures ViewFigures::of(const ViewQuality& quality) {
    return {
        .luma = quality.mean_luma,
        .relative_contrast = quality.contrast / (quality.mean_luma + kLumaFloor),
        .focus = quality.sharpness / (quality.contrast + kContrastFloor),
        .similarity = quality.background_similarity
    };
}

void ViewBaseline::learn(const ViewQuality& quality, WallTime now) {
    latest_ = band_of(quality.mean_luma);
    Band& band = bands_.at(*latest_);
    const ViewFigures seen = ViewFigures::of(quality);
    if (band.samples == 0) {
        band.first = now;
        band.last = now;
        band.mean = seen;
    }
    ++band.samples;
    // A plain average of the first pictures, then one that forgets with time, however fast pictures
    // come.
    const double elapsed = std::clamp(to_seconds(now - band.last), 0.0, kMemorySeconds);
    const double fading = 1 - std::exp(-elapsed / kMemorySeconds);
    const double share = band.samples <= kSamplesNeeded ? 1.0 / band.samples : fading;
    band.last = now;
    approach(band.mean.luma, seen.luma, static_cast<float>(share));
    approach(band.mean.relative_contrast, seen.relative_contrast, static_cast<float>(share));
    approach(band.mean.focus, seen.focus, static_cast<float>(share));
    approach(band.mean.similarity, seen.similarity, static_cast<float>(share));
}

std::optional<ViewFigures> ViewBaseline::usual_at(float luma) const {
    return figures(bands_.at(band_of(luma)));
}

std::optional<ViewFigures> ViewBaseline::latest() const {
    return latest_ ? figures(bands_.at(*latest_)) : std::nullopt;
}

std::size_t ViewBaseline::band_of(float luma) {
    const auto border = std::ranges::upper_bound(kBandBorders, luma);
    return static_cast<std::size_t>(border - kBandBorders.begin());
}

std::optional<ViewFigures> ViewBaseline::figures(const Band& band) {
    if (band.samples < kSamplesNeeded || band.last - band.first < kTimeNeeded) {
        return std::nullopt;
    }
    return band.mean;
}

}  // namespace bongsu::behaviours
