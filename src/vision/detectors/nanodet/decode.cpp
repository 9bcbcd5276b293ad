#include "vision/detectors/nanodet/decode.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace bongsu::detectors::nanodet {
namespace {

constexpr float kCellCentre = 0.5F;

struct Best {
    std::optional<ObjectClass> cls;
    float score = 0;
};

/// The best of the classes that we know; a cell whose best class is dropped may still hold another.
Best best_class(std::span<const float> scores, const DecodeRules& rules) {
    Best best;
    for (std::size_t i = 0; i < rules.classes.size(); ++i) {
        if (rules.classes[i] && scores[i] > best.score) {
            best = {rules.classes[i], scores[i]};
        }
    }
    return best;
}

float expectation(std::span<const float> bins) {
    const float highest = std::ranges::max(bins);
    float total = 0;
    float weighted = 0;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        const float weight = std::exp(bins[i] - highest);
        total += weight;
        weighted += weight * static_cast<float>(i);
    }
    return weighted / total;
}

}  // namespace

void decode_level(const Level& level, const DecodeRules& rules, std::vector<Detection>& out) {
    const std::size_t cells =
        static_cast<std::size_t>(level.columns) * static_cast<std::size_t>(level.rows);
    const std::size_t classes = rules.classes.size();
    const auto bins = static_cast<std::size_t>(rules.bins);
    assert(level.scores.size() == cells * classes && level.boxes.size() == cells * 4 * bins);
    const auto stride = static_cast<float>(level.stride);
    for (std::size_t cell = 0; cell < cells; ++cell) {
        const Best best = best_class(level.scores.subspan(cell * classes, classes), rules);
        if (!best.cls || best.score < rules.min_score) {
            continue;
        }
        std::array<float, 4> side{};
        for (std::size_t i = 0; i < side.size(); ++i) {
            side[i] = expectation(level.boxes.subspan((cell * 4 + i) * bins, bins)) * stride;
        }
        if (!std::ranges::all_of(side, [](float s) { return std::isfinite(s); })) {
            continue;
        }
        const auto columns = static_cast<std::size_t>(level.columns);
        const float x = (static_cast<float>(cell % columns) + kCellCentre) * stride;
        const float y = (static_cast<float>(cell / columns) + kCellCentre) * stride;
        const Box box{x - side[0], y - side[1], side[0] + side[2], side[1] + side[3]};
        out.push_back({*best.cls, best.score, box, {}});
    }
}

}  // namespace bongsu::detectors::nanodet
