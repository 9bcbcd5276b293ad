#include "triage/background.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::triage {
namespace {

constexpr float kFirstNoise = 1.0F;
constexpr float kLeastNoise = 0.3F;

/// Share of the way towards a new value after `elapsed`, for an exponential approach.
float share(Duration elapsed, Duration time_constant) {
    return static_cast<float>(1.0 - std::exp(-to_seconds(elapsed) / to_seconds(time_constant)));
}

}  // namespace

void Background::restart(const CellValues& picture) {
    mean_ = picture;
    noise_.assign(kGridCells, kFirstNoise);
    held_.assign(kGridCells, 0);
}

void Background::adopt(std::size_t cell, float value) {
    mean_[cell] = value;
    held_[cell] = 0;
}

void Background::learn(
    const CellValues& picture,
    const CellValues& difference,
    const CellValues& movement,
    Duration since_last
) {
    // A camera that was away for long must not overwrite its background with the first picture.
    const Duration elapsed =
        std::clamp<Duration>(since_last, Duration{0}, std::chrono::seconds{10});
    const float adapt = share(elapsed, settings_.adapt);
    const float resist = share(elapsed, settings_.resist);
    const auto seconds = static_cast<float>(to_seconds(elapsed));
    const auto absorb_after = static_cast<float>(to_seconds(settings_.absorb_after));
    // Written without branches so that it is vectorised.
    for (std::size_t i = 0; i < kGridCells; ++i) {
        const float size = std::abs(difference[i]);
        const bool is_foreground = size > limit(i);
        const float rate = is_foreground ? resist : adapt;
        const float noise_rate = is_foreground ? resist / 6 : adapt * 2 / 3;
        const float noise = std::max(kLeastNoise, noise_[i] + noise_rate * (size - noise_[i]));
        const bool is_still = movement[i] <= 3 * noise + 3;
        const float held = is_foreground && is_still ? held_[i] + seconds : 0.0F;
        const bool is_absorbed = held >= absorb_after;
        noise_[i] = noise;
        mean_[i] = is_absorbed ? picture[i] : mean_[i] + rate * (picture[i] - mean_[i]);
        held_[i] = is_absorbed ? 0.0F : held;
    }
}

}  // namespace bongsu::triage
