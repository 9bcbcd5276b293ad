#pragma once

#include "triage/grid.hpp"

#include <vector>

namespace bongsu::triage {

struct RegionSettings {
    float threshold =
        12;  ///< a region needs one cell of at least this score; its cells have half of it
    int max_regions = 16;          ///< more are merged into one
    float padding = 2;             ///< cells added on each side
    int least_cells = 4;           ///< smaller ones are noise
    int least_cells_in_rain = 24;  ///< ...when there are more than `rain_regions` scattered ones
    int rain_regions = 25;
};

struct MotionRegions {
    std::vector<Box> boxes;  ///< pixels of the source, padded, merged where they touch
    float peak = 0;          ///< highest score of any cell
    float share = 0;         ///< of all cells, 0..1
};

/// Connected cells of high score as boxes of a `width` x `height` source picture.
MotionRegions find_regions(
    const CellValues& scores, const RegionSettings& settings, int width, int height
);

}  // namespace bongsu::triage
