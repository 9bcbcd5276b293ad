#pragma once

#include "domain/frame.hpp"
#include "domain/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

// What is not smoke, drawn over pictures, for the tests of this folder.
namespace bongsu::behaviours::smoke {

struct Pixel {
    double y = 0;
    double u = 128;
    double v = 128;

    /// Behind something half transparent of a shade of its own.
    Pixel behind(double hides, double shade) const {
        return {std::lerp(y, shade, hides), std::lerp(u, 128.0, hides), std::lerp(v, 128.0, hides)};
    }

    /// Under so many times the light.
    Pixel lit(double times) const {
        return {16 + (y - 16) * times, 128 + (u - 128) * times, 128 + (v - 128) * times};
    }

    Pixel brighter(double by) const { return {y + by, u, v}; }
};

/// A copy of a picture of which `change` says for each pixel what it becomes.
template <class Change>
Frame changed(const Frame& frame, const Change& change) {
    WritableFrame out = allocate_frame(frame.width, frame.height);
    const auto at = [](const Plane& plane, int x, int y) {
        return static_cast<std::ptrdiff_t>(y) * plane.stride + x;
    };
    const auto byte = [](double value) {
        return static_cast<std::uint8_t>(std::clamp(std::lround(value), 0L, 255L));
    };
    const auto& from = frame.planes;
    const auto& to = out.frame.planes;
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            const std::ptrdiff_t colour = at(from[1], x / 2, y / 2);
            const Pixel before{
                static_cast<double>(from[0].data[at(from[0], x, y)]),
                static_cast<double>(from[1].data[colour]),
                static_cast<double>(from[2].data[colour])
            };
            const Pixel after = change(x, y, before);
            out.data[0][at(to[0], x, y)] = byte(after.y);
            out.data[1][at(to[1], x / 2, y / 2)] = byte(after.u);
            out.data[2][at(to[2], x / 2, y / 2)] = byte(after.v);
        }
    }
    return out.frame;
}

/// 1 in the middle of a disc, falling to 0 over the last third of its radius.
inline double soft_disc(double x, double y, Point centre, double radius) {
    const double far =
        std::hypot(x - static_cast<double>(centre.x), y - static_cast<double>(centre.y));
    return std::clamp((radius - far) / (radius / 3), 0.0, 1.0);
}

/// The picture out of focus within a disc.
inline Frame blurred(const Frame& frame, Point centre, double radius) {
    constexpr int reach = 4;
    const Plane& luma = frame.planes[0];
    return changed(frame, [&](int x, int y, Pixel p) {
        const double inside = soft_disc(x, y, centre, radius);
        if (inside <= 0) {
            return p;
        }
        double sum = 0;
        int count = 0;
        for (int dy = -reach; dy <= reach; dy += 2) {
            for (int dx = -reach; dx <= reach; dx += 2) {
                const int px = std::clamp(x + dx, 0, luma.width - 1);
                const int py = std::clamp(y + dy, 0, luma.height - 1);
                sum += luma.data[static_cast<std::ptrdiff_t>(py) * luma.stride + px];
                ++count;
            }
        }
        return Pixel{std::lerp(p.y, sum / count, inside), p.u, p.v};
    });
}

}  // namespace bongsu::behaviours::smoke
