#pragma once

#include "behaviours/heavy_rain/streaks.hpp"

#include <random>

namespace bongsu::eval {

/// What falls before a picture, drawn: nothing of it was filmed. Streaks are 12 to 38 pixels long,
/// lean by 8 degrees and are blurred; flakes are round. The picture is compressed afterwards (JPEG,
/// quality 60), as a camera would.
struct Falling {
    int streaks = 0;         ///< in a picture
    float streak_alpha = 0;  ///< share of white in a streak
    int flakes = 0;
    float noise = 0;  ///< standard deviation, grey levels
};

behaviours::heavy_rain::GreyPicture fallen_on(
    const behaviours::heavy_rain::GreyPicture& picture, const Falling& falling, std::mt19937& random
);

}  // namespace bongsu::eval
