#pragma once

#include "domain/frame.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace bongsu::behaviours::heavy_rain {

/// A small grey copy of a picture, at most 640 pixels wide.
struct GreyPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;

    /// Nothing for pictures below 128x72: streaks do not show there.
    static std::optional<GreyPicture> of(const Frame& frame);
};

/// Share of the picture, 0..1, in which bright streaks fall: pixels brighter than in the picture
/// before and in the one after (Garg and Nayar, CVPR 2004), far more often than darker ones, whose
/// edges stand upright. Snow flickers so too but its edges run in all directions; noise brightens
/// and darkens alike; insects and vehicles are in few places. Rain falls before all of a picture
/// that has something darker behind it. The three pictures must be of one size, some 0.15 to 3 s
/// apart. Some 4 ms.
float streak_share(const GreyPicture& before, const GreyPicture& now, const GreyPicture& after);

}  // namespace bongsu::behaviours::heavy_rain
