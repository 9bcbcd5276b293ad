#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <vector>

namespace bongsu::media {

/// A copy at most `max_width` wide, each pixel the mean of those it stands for; the frame itself
/// when it is not wider.
Frame shrink(const Frame& frame, int max_width);

/// A copy of the frame with the areas (normalised corners) black; the frame itself when there are
/// none.
Frame black_out(const Frame& frame, const std::vector<Polygon>& areas);

}  // namespace bongsu::media
