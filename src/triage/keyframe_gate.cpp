#include "triage/keyframe_gate.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::triage {
namespace {

constexpr float kMostDiscount = 4;  ///< on the noise; the score has its square root
constexpr Duration kDiscountFade = std::chrono::minutes{5};

/// a - b without the common level shift (exposure, clouds).
CellValues levelled_difference(const CellValues& a, const CellValues& b) {
    CellValues difference(kGridCells);
    for (std::size_t i = 0; i < kGridCells; ++i) {
        difference[i] = a[i] - b[i];
    }
    const float level = sampled_median(difference);
    for (float& d : difference) {
        d -= level;
    }
    return difference;
}

void make_absolute(CellValues& values) {
    for (float& v : values) {
        v = std::abs(v);
    }
}

}  // namespace

KeyframeGate::KeyframeGate(GateSettings settings, const std::vector<Polygon>& masks)
    : settings_(settings), masked_(mask_cells(masks)), background_(settings.background) {}

GateVerdict KeyframeGate::look(const Frame& frame) {
    const GreyGrid grid = shrink(frame.planes[0]);
    const Duration elapsed = last_ ? frame.wall - *last_ : Duration{0};
    const ViewQuality quality = meter_.measure(frame, grid, elapsed);
    const CellValues picture = blur(grid);
    const float colour = colourfulness(frame);
    GateVerdict verdict;
    if (background_.is_empty() || frame.width != width_ || frame.height != height_) {
        verdict = begin(picture, frame);
    } else {
        CellValues movement = levelled_difference(picture, previous_);
        make_absolute(movement);
        LightComparison light;
        verdict.change = explain(picture, movement, colour, light);
        if (verdict.change != GlobalChange::None) {
            follow(verdict.change, picture, light);
        } else {
            const CellValues difference = levelled_difference(picture, background_.mean());
            MotionRegions found = find_regions(
                score(difference, movement), settings_.regions, frame.width, frame.height
            );
            verdict.score = found.peak;
            verdict.moving_share = found.share;
            verdict.regions = std::move(found.boxes);
            background_.learn(picture, difference, movement, elapsed);
        }
    }
    fade_discounts(elapsed);
    verdict.quality = quality;
    previous_ = picture;
    previous_colour_ = colour;
    last_ = frame.wall;
    return verdict;
}

GateVerdict KeyframeGate::begin(const CellValues& picture, const Frame& frame) {
    background_.restart(picture);
    discount_.assign(kGridCells, 1.0F);
    width_ = frame.width;
    height_ = frame.height;
    GateVerdict verdict;
    verdict.is_learning = true;
    return verdict;
}

GlobalChange KeyframeGate::explain(
    const CellValues& picture, const CellValues& movement, float colour, LightComparison& light
) {
    if (is_infrared_switch(previous_colour_, colour)) {
        return GlobalChange::Infrared;
    }
    std::size_t changed = 0;
    for (std::size_t i = 0; i < kGridCells; ++i) {
        changed += movement[i] > background_.limit(i) ? 1U : 0U;
    }
    if (static_cast<float>(changed) < settings_.global_share * static_cast<float>(kGridCells)) {
        return GlobalChange::None;
    }
    // A shift is asked for first: a shaken picture may also pass as "same structure" in plain
    // blocks.
    if (!best_shift(previous_, picture).is_none()) {
        return GlobalChange::Shake;
    }
    light = compare_under_light(previous_, picture);
    return light.explained >= settings_.global_explained ? GlobalChange::Light : GlobalChange::None;
}

void KeyframeGate::follow(
    GlobalChange change, const CellValues& picture, const LightComparison& light
) {
    for (std::size_t i = 0; i < kGridCells; ++i) {
        // What a change of light does not explain keeps its background, and shows up at the next
        // picture.
        if (change != GlobalChange::Light || light.is_explained[i] != 0) {
            background_.adopt(i, picture[i]);
        }
    }
}

CellValues KeyframeGate::score(const CellValues& difference, const CellValues& movement) const {
    CellValues distance(kGridCells);
    CellValues noise(kGridCells);
    const CellValues& learnt = background_.noise();
    for (std::size_t i = 0; i < kGridCells; ++i) {
        distance[i] = std::abs(difference[i]);
        noise[i] = learnt[i] * discount_[i];
    }
    const CellValues near_distance = person_mean(distance);
    const CellValues near_noise = person_mean(noise);
    CellValues scores = person_mean(movement);
    for (std::size_t i = 0; i < kGridCells; ++i) {
        const float z = near_distance[i] / (near_noise[i] + 0.5F);
        scores[i] = masked_[i] != 0 ? 0.0F : std::sqrt(z * scores[i]);
    }
    return scores;
}

void KeyframeGate::discount(std::span<const Box> regions) {
    if (discount_.empty()) {
        return;
    }
    const float fx = kGridWidth / static_cast<float>(width_);
    const float fy = kGridHeight / static_cast<float>(height_);
    for (const Box& region : regions) {
        const Box cells = clipped(scaled(region, fx, fy), kGridWidth, kGridHeight);
        const int left = static_cast<int>(cells.x);
        const int right = static_cast<int>(std::ceil(cells.right()));
        for (int y = static_cast<int>(cells.y); y < static_cast<int>(std::ceil(cells.bottom()));
             ++y) {
            for (int x = left; x < right; ++x) {
                float& factor = discount_
                    [static_cast<std::size_t>(y) * kGridWidth + static_cast<std::size_t>(x)];
                factor = std::min(kMostDiscount, factor * 1.3F);
            }
        }
    }
}

void KeyframeGate::fade_discounts(Duration elapsed) {
    const Duration bounded = std::max(elapsed, Duration{0});
    const auto kept =
        static_cast<float>(std::exp(-to_seconds(bounded) / to_seconds(kDiscountFade)));
    for (float& factor : discount_) {
        factor = 1 + (factor - 1) * kept;
    }
}

}  // namespace bongsu::triage
