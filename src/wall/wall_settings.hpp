#pragma once

#include "core/clock.hpp"

#include <cstddef>

namespace bongsu::wall {

struct WallSettings {
    Duration dwell = std::chrono::seconds{8};     ///< a tile keeps its camera at least so long
    Duration stay = std::chrono::seconds{40};     ///< after so long one as good may take the place
    Duration tick = std::chrono::seconds{1};      ///< how often plan() is called
    double carousel_share = 0.25;                 ///< of the tiles rotate, at least one
    int urgent_gravity = 5;                       ///< from here on an incident does not wait
    std::size_t swaps_per_tick = 2;               ///< most quiet changes of one wall at once
    Duration lingers = std::chrono::seconds{10};  ///< somebody who left counts so long
    Duration load_memory = std::chrono::minutes{60};  ///< over which the load is averaged
};

}  // namespace bongsu::wall
