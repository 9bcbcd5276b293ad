#pragma once

#include "domain/flame_colour.hpp"
#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <span>

namespace bongsu::verifiers::fire {

/// The nearest pixel inside the picture. The frame has planes.
YuvPixel pixel_at(const Frame& frame, int x, int y);

/// Between the four nearest pixels, of luma and of chroma each. The frame has planes.
YuvPixel pixel_between(const Frame& frame, Point at);

/// Rounded down; zeros of nothing.
YuvPixel mean_of(std::span<const YuvPixel> pixels);

}  // namespace bongsu::verifiers::fire
