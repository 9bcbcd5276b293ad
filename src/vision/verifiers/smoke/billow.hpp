#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <optional>
#include <span>

namespace bongsu::verifiers::smoke {

/// How a part of the picture has changed over the last seconds, places with hard changes (people
/// who walk through) left out. Grey levels are of luma.
struct Billow {
    float restless = 0;  ///< soft change between pictures 0.3 s apart, grey levels
    float outside = 0;   ///< what light and noise alone would change
    float softness = 0;  ///< share of the change that is soft, 0..1: what has edges has little
    float spread = 0;    ///< share of the other places that change at one time or another, 0..1
    float hard = 0;      ///< share of the places that were left out, 0..1
};

/// Nothing for parts below a 27th of the picture's height a side, and while the pictures do not
/// reach back 1.4 s or are fewer than five that far apart. `where` in pixels, inside the pictures.
/// Some 3 ms.
std::optional<Billow> measure_billow(std::span<const Frame> recent, const Box& where);

/// How much that is like smoke, 0..1: it boils softly nearly everywhere.
float like_smoke(const Billow& billow);

}  // namespace bongsu::verifiers::smoke
