#include "vision/verifiers/fire/pixels.hpp"

#include <algorithm>
#include <cstddef>

namespace bongsu::verifiers::fire {

YuvPixel pixel_at(const Frame& frame, int x, int y) {
    const auto at = [](const Plane& plane, int px, int py) {
        const int column = std::clamp(px, 0, plane.width - 1);
        const int row = std::clamp(py, 0, plane.height - 1);
        const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(row) * plane.stride;
        return static_cast<int>(plane.data[start + column]);
    };
    return {
        at(frame.planes[0], x, y),
        at(frame.planes[1], x / 2, y / 2),
        at(frame.planes[2], x / 2, y / 2)
    };
}

YuvPixel mean_of(std::span<const YuvPixel> pixels) {
    YuvPixel sum;
    for (const YuvPixel& pixel : pixels) {
        sum.y += pixel.y;
        sum.u += pixel.u;
        sum.v += pixel.v;
    }
    const int count = std::max(1, static_cast<int>(pixels.size()));
    return {sum.y / count, sum.u / count, sum.v / count};
}

}  // namespace bongsu::verifiers::fire
