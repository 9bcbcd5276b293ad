#include "vision/verifiers/fire/pixels.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bongsu::verifiers::fire {
namespace {

int between(const Plane& plane, float x, float y) {
    const float inside_x = std::clamp(x, 0.F, static_cast<float>(plane.width - 1));
    const float inside_y = std::clamp(y, 0.F, static_cast<float>(plane.height - 1));
    const int left = static_cast<int>(inside_x);
    const int top = static_cast<int>(inside_y);
    const float part_x = inside_x - static_cast<float>(left);
    const float part_y = inside_y - static_cast<float>(top);
    const auto at = [&](int column, int row) {
        const std::ptrdiff_t start =
            static_cast<std::ptrdiff_t>(std::min(row, plane.height - 1)) * plane.stride;
        return static_cast<float>(plane.data[start + std::min(column, plane.width - 1)]);
    };
    const float upper = at(left, top) * (1 - part_x) + at(left + 1, top) * part_x;
    const float lower = at(left, top + 1) * (1 - part_x) + at(left + 1, top + 1) * part_x;
    return static_cast<int>(std::lround(upper * (1 - part_y) + lower * part_y));
}

}  // namespace

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

YuvPixel pixel_between(const Frame& frame, Point at) {
    // A place of a chroma plane lies in the middle of two luma pixels.
    const float x = (at.x - 0.5F) / 2;
    const float y = (at.y - 0.5F) / 2;
    return {
        between(frame.planes[0], at.x, at.y),
        between(frame.planes[1], x, y),
        between(frame.planes[2], x, y)
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
