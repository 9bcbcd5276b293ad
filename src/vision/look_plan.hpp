#pragma once

#include "vision/network.hpp"

#include <cstddef>
#include <span>

namespace bongsu::vision {

/// How to look at a whole picture: which input size, and into how many tiles it is cut. With tiles
/// the whole picture is looked at too, for objects larger than a tile.
struct LookPlan {
    std::size_t size = 0;  ///< index of Network::sizes
    int columns = 1;
    int rows = 1;

    bool operator==(const LookPlan&) const = default;
};

/// A person needs this many rows in the network's input to be found dependably
/// (docs/design/vision.md).
inline constexpr float kNeededRows = 26.F;

/// The cheapest plan that shows a person of `smallest_person` (share of the picture's height) with
/// at least kNeededRows rows. Rows by enlarging more than `most_enlarged` count for nothing.
LookPlan plan_look(
    std::span<const Network::Size> sizes,
    int width,
    int height,
    float smallest_person,
    float most_enlarged = 1
);

/// Somebody who is followed already is looked for with so many rows: enough for a tight box.
inline constexpr float kKnownRows = 42.F;

/// Network pixels per picture pixel where the smallest object is so high; 1 where nothing is known.
float object_scale(float object_height);

/// Network pixels per picture pixel for regions of that picture.
float region_scale(int height, float smallest_person);

}  // namespace bongsu::vision
