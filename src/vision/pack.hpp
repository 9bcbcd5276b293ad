#pragma once

#include "vision/canvas.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace bongsu::vision {

/// Where one item of a packing went.
struct Placement {
    std::size_t item = 0;    ///< index in the input
    std::size_t canvas = 0;  ///< 0, 1, ... when one canvas does not hold all
    PixelRect target;
};

struct PackSize {
    int w = 0;
    int h = 0;
};

/// Packs rectangles onto canvases of one size, `border` pixels apart and from the edges, so that a
/// detector does not see neighbours as one object. Largest first, each where it leaves the least of
/// the shorter side (maximal rectangles, best short side fit; Jylanki 2010). Every item must fit a
/// canvas on its own. One placement per item, in order of canvas.
std::vector<Placement> pack(std::span<const PackSize> items, PackSize canvas, int border);

}  // namespace bongsu::vision
