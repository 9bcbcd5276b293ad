#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace bongsu::live {

/// Makes a JPEG of a frame, at most `max_width` wide. Called by several threads at once.
using EncodeJpeg =
    std::function<Result<std::vector<std::uint8_t>>(const Frame& frame, int max_width)>;

/// A copy of the frame with the areas (normalised corners) black; the frame itself when there are
/// none. The one place where live pictures lose private areas: every decoded picture that leaves
/// the server goes through here.
Frame black_out(const Frame& frame, const std::vector<Polygon>& areas);

}  // namespace bongsu::live
