#include "triage/keyframe_gate.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::triage {
namespace {

constexpr float kMostDiscount = 4;  ///< on the noise; the score has its square root
constexpr Duration kDiscountFade = std::chrono::minutes{5};

/// a - b without the common level shift (exposure, clouds).
void levelled_difference(const CellValues& a, const CellValues& b, CellValues& difference) {
    difference.resize(kGridCells);
    for (std::size_t i = 0; i < kGridCells; ++i) {
        difference[i] = a[i] - b[i];
    }
    const float level = sampled_median(difference);
    for (float& d : difference) {
        d -= level;
    }
}

void make_absolute(CellValues& values) {
    for (float& v : values) {
        v = std::abs(v);
    }
}

/// Grids that live for one look only; one set per thread serves all cameras.
struct Scratch {
    GreyGrid grid;
    CellValues picture;
    CellValues movement;
    CellValues difference;
    CellValues distance = CellValues(kGridCells);
    CellValues noise = CellValues(kGridCells);
    CellValues near_distance;
    CellValues near_noise;
    CellValues scores;
};

Scratch& scratch() {
    thread_local Scratch mine;
    return mine;
}

}  // namespace

KeyframeGate::KeyframeGate(GateSettings settings, const std::vector<Polygon>& masks)
    : settings_(settings), background_(settings.background) {
    const std::vector<std::uint8_t> masked = mask_cells(masks);
    weights_.reserve(kGridCells);
    for (const std::uint8_t cell : masked) {
        weights_.push_back(cell != 0 ? 0.0F : 1.0F);
    }
}

GateVerdict KeyframeGate::look(const Frame& frame, std::span<const Box> known) {
    Scratch& work = scratch();
    const GreyGrid& grid = work.grid;
    shrink(frame.planes[0], work.grid);
    const Duration elapsed = last_ ? frame.wall - *last_ : Duration{0};
    const ViewQuality quality = meter_.measure(frame, grid, elapsed);
    const CellValues& picture = work.picture;
    blur(grid, work.picture);
    const float colour = colourfulness(frame);
    GateVerdict verdict;
    if (background_.is_empty() || frame.width != width_ || frame.height != height_) {
        verdict = begin(picture, frame);
    } else {
        CellValues& movement = work.movement;
        levelled_difference(picture, previous_, movement);
        make_absolute(movement);
        LightComparison light;
        verdict.change = explain(picture, movement, colour, light);
        if (verdict.change != GlobalChange::None) {
            follow(verdict.change, picture, light);
        } else {
            levelled_difference(picture, background_.mean(), work.difference);
            const CellValues& difference = work.difference;
            CellValues& scores = work.scores;
            score(difference, movement, scores);
            silence(scores, known);
            MotionRegions found =
                find_regions(scores, settings_.regions, frame.width, frame.height);
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

void KeyframeGate::score(
    const CellValues& difference, const CellValues& movement, CellValues& scores
) const {
    Scratch& work = scratch();
    const CellValues& learnt = background_.noise();
    for (std::size_t i = 0; i < kGridCells; ++i) {
        work.distance[i] = std::abs(difference[i]);
        work.noise[i] = learnt[i] * discount_[i];
    }
    person_mean(work.distance, work.near_distance);
    person_mean(work.noise, work.near_noise);
    person_mean(movement, scores);
    for (std::size_t i = 0; i < kGridCells; ++i) {
        const float z = work.near_distance[i] / (work.near_noise[i] + 0.5F);
        scores[i] = std::sqrt(z * scores[i]) * weights_[i];
    }
}

template <class F>
void KeyframeGate::for_cells_of(const Box& box, F&& function) const {
    const float fx = kGridWidth / static_cast<float>(width_);
    const float fy = kGridHeight / static_cast<float>(height_);
    const Box cells = clipped(scaled(box, fx, fy), kGridWidth, kGridHeight);
    const int right = static_cast<int>(std::ceil(cells.right()));
    const int bottom = static_cast<int>(std::ceil(cells.bottom()));
    for (int y = static_cast<int>(cells.y); y < bottom; ++y) {
        for (int x = static_cast<int>(cells.x); x < right; ++x) {
            function(static_cast<std::size_t>(y) * kGridWidth + static_cast<std::size_t>(x));
        }
    }
}

void KeyframeGate::silence(CellValues& scores, std::span<const Box> known) const {
    for (const Box& box : known) {
        for_cells_of(box, [&](std::size_t cell) { scores[cell] = 0; });
    }
}

void KeyframeGate::discount(std::span<const Box> regions) {
    if (discount_.empty()) {
        return;
    }
    for (const Box& region : regions) {
        for_cells_of(region, [&](std::size_t cell) {
            discount_[cell] = std::min(kMostDiscount, discount_[cell] * 1.3F);
        });
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
