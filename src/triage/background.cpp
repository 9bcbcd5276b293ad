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
    for (std::size_t i = 0; i < kGridCells; ++i) {
        const float size = std::abs(difference[i]);
        const bool is_foreground = size > limit(i);
        mean_[i] += (is_foreground ? resist : adapt) * (picture[i] - mean_[i]);
        const float noise_share = is_foreground ? resist / 6 : adapt * 2 / 3;
        noise_[i] = std::max(kLeastNoise, noise_[i] + noise_share * (size - noise_[i]));
        if (is_foreground) {
            hold(i, picture[i], movement[i] <= 3 * noise_[i] + 3, seconds);
        } else {
            held_[i] = 0;
        }
    }
}

void Background::hold(std::size_t cell, float value, bool is_still, float seconds) {
    if (!is_still) {
        held_[cell] = 0;
        return;
    }
    const float held = static_cast<float>(held_[cell]) + seconds;
    if (held >= static_cast<float>(to_seconds(settings_.absorb_after))) {
        adopt(cell, value);
        return;
    }
    held_[cell] = static_cast<std::uint8_t>(std::min(255.0F, std::round(held)));
}

}  // namespace bongsu::triage
