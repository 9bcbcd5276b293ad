#pragma once

#include "behaviours/still_things/small_picture.hpp"
#include "core/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace bongsu::behaviours::still_things {

/// What a patch of the picture that changed and came to rest tells about itself.
enum class Change {
    Came,   ///< something stands there that did not
    Went,   ///< something that stood there does not
    Light,  ///< the same surface under another light
    Unsure,
};

/// A connected patch that looks otherwise than before and has been still for a while.
struct StillRegion {
    std::vector<std::uint16_t> cells;  ///< ascending
    CellRange range;
    Duration still{};  ///< how long the median cell has looked as it does
    Duration away{};   ///< how long ago it last looked as before: when somebody came, or hid it
    Duration known{
    };  ///< for how long, in all, the ground beneath was seen as it was, at most kBelongsAfter
    Change change = Change::Unsure;
    float edges = 1;  ///< contrast along its border now, over the contrast there before
};

/// Whether a cell belongs to what is around a region.
using IsAround = std::function<bool(std::size_t)>;

/// Collects the cells around `first` that are open and near each other, and takes them out of
/// `open`.
StillRegion take_patch(std::vector<std::uint8_t>& open, std::size_t first);

/// How much a patch looks like what is around it, 0..1.
double likeness(const SmallPicture& picture, const StillRegion& region, const IsAround& is_around);

/// Luma contrast along the border of the patch now, over the contrast there before.
float border_contrast(
    const StillRegion& region,
    const SmallPicture& before,
    const SmallPicture& now,
    const IsAround& is_around
);

/// The structure of the surface is still there and its colour is the same: shadow or lamp.
bool is_light(const StillRegion& region, const SmallPicture& before, const SmallPicture& now);

}  // namespace bongsu::behaviours::still_things
