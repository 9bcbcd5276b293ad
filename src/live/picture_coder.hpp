#pragma once

#include "core/result.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace bongsu::live {

/// Makes a JPEG of a frame that already has its size. Called by several threads at once.
using EncodeJpeg = std::function<Result<std::vector<std::uint8_t>>(const Frame& frame)>;

/// A copy at most `max_width` wide, each pixel the mean of those it stands for; the frame itself
/// when it is not wider.
Frame shrink(const Frame& frame, int max_width);

/// A copy of the frame with the areas (normalised corners) black; the frame itself when there are
/// none.
Frame black_out(const Frame& frame, const std::vector<Polygon>& areas);

/// The JPEG of a frame that may leave the server: shrunk, private areas black. The one place where
/// live pictures lose them.
Result<std::vector<std::uint8_t>> encode_for_viewers(
    const Frame& frame,
    int max_width,
    const std::vector<Polygon>& private_masks,
    const EncodeJpeg& encode
);

}  // namespace bongsu::live
