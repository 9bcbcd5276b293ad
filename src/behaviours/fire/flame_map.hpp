#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <optional>
#include <vector>

namespace bongsu::behaviours::fire {

/// How much of each cell of a picture has the colour of flames. Cells are counted row by row.
struct FlameMap {
    int columns = 0;
    int rows = 0;
    int width = 0;  ///< of the picture, pixels
    int height = 0;
    std::vector<float> share;  ///< 0..1

    bool operator==(const FlameMap&) const = default;
};

/// A connected patch of flame-coloured cells.
struct FlameRegion {
    Box box;         ///< pixels of the picture
    float size = 0;  ///< cells, weighted by their share
};

/// At most some 160x160 pixels are looked at, whatever the picture's size. Nothing for a picture
/// without planes or smaller than 64 pixels. Colour rule: Celik and Demirel 2009, "Fire detection
/// in video sequences using a generic color model", Fire Safety Journal 44(2).
std::optional<FlameMap> flame_map(const Frame& frame);

/// Largest first. Cells that touch, also by a corner, are one region.
std::vector<FlameRegion> flame_regions(const FlameMap& map);

/// How much the flame-coloured area within `where` differs between two pictures of one size,
/// relative to the larger of both: 0 the same, 1 nothing in common. 0 when sizes differ or there
/// is nothing.
float flame_change(const FlameMap& before, const FlameMap& now, const Box& where);

}  // namespace bongsu::behaviours::fire
