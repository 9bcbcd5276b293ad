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

/// The JPEG of a frame that may leave the server: shrunk, private areas black. The one place where
/// live pictures lose them.
Result<std::vector<std::uint8_t>> encode_for_viewers(
    const Frame& frame,
    int max_width,
    const std::vector<Polygon>& private_masks,
    const EncodeJpeg& encode
);

}  // namespace bongsu::live
