#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace bongsu::vision {

/// A rectangle of whole pixels.
struct PixelRect {
    int x = 0;
    int y = 0;
    int w = 0;
    int h = 0;

    bool operator==(const PixelRect&) const = default;
};

/// How pixels become network input: (pixel - mean) * scale per channel, in the order BGR or RGB.
struct Normalisation {
    std::array<float, 3> mean{};
    std::array<float, 3> scale{1, 1, 1};
    bool is_rgb = false;
};

/// A network's input seen as a picture to draw on: three planes of floats, one behind the other.
/// Does not own the memory. Keeps scratch buffers, so one canvas belongs to one thread.
class Canvas {
public:
    Canvas() = default;
    /// `planes` holds 3 * width * height floats.
    Canvas(std::span<float> planes, int width, int height, Normalisation normalisation);

    int width() const { return width_; }

    int height() const { return height_; }

    /// Fills everything with the value that stands for the mean colour.
    void clear();

    /// Draws `source` (in pixels of the frame, inside it, at least 1x1) stretched into `target`
    /// (inside the canvas). The colours are converted from BT.601, after resizing, which is exact
    /// up to rounding because both steps are linear.
    void draw(const Frame& frame, const PixelRect& source, const PixelRect& target);

private:
    std::span<const std::uint8_t> resized(
        const Plane& plane, const PixelRect& source, const PixelRect& target, std::size_t slot
    );

    std::span<float> planes_;
    int width_ = 0;
    int height_ = 0;
    Normalisation normalisation_;
    std::array<std::vector<std::uint8_t>, 3> scratch_;
};

}  // namespace bongsu::vision
