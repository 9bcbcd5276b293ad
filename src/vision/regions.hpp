#pragma once

#include "domain/geometry.hpp"
#include "vision/canvas.hpp"

#include <span>
#include <vector>

namespace bongsu::vision {

struct RegionRules {
    float padding = 0.25F;  ///< added on each side, as a share of the region's longer side
    float min_side = 0.2F;  ///< of the picture's height: a detector needs surroundings
    float merge_growth =
        1.25F;  ///< two regions become one when that costs at most this factor in area
};

/// A place that is worth a look.
struct Interest {
    Box box;                  ///< pixels of the picture
    float object_height = 0;  ///< of the smallest known object there, pixels; 0: nothing is known
};

/// Makes regions worth looking at from motion boxes: padded, at least the minimum size, moved
/// inside the picture, merged where one look is cheaper than two. Empty boxes are ignored.
std::vector<Box> plan_regions(
    std::span<const Box> motion, int width, int height, const RegionRules& rules
);

/// The same where something is known about what is there. Looks at large known objects are shrunk
/// (look_plan.hpp) and so cost less: that decides which regions become one.
std::vector<Interest> plan_interests(
    std::span<const Interest> places, int width, int height, const RegionRules& rules
);

/// A grid of columns x rows tiles that cover the picture and overlap by `overlap` of their size.
std::vector<PixelRect> tile_grid(int width, int height, int columns, int rows, float overlap);

/// The whole pixels that a box covers, inside the picture, at least 2x2.
PixelRect to_pixels(const Box& box, int width, int height);

/// Whether a box found inside `look` touches an edge of it that is not an edge of the picture: then
/// only a part of the object was seen. All in picture pixels; `margin` is the tolerance.
bool is_cut(const Box& box, const PixelRect& look, int width, int height, float margin);

}  // namespace bongsu::vision
