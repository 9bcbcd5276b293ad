#include "live/picture_coder.hpp"

#include "domain/zone.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace bongsu::live {
namespace {

constexpr std::uint8_t kNoColour = 128;
constexpr std::uint8_t kBlackLimited = 16;

WritableFrame copy_of(const Frame& frame) {
    WritableFrame copy = allocate_frame(frame.width, frame.height);
    for (std::size_t i = 0; i < frame.planes.size(); ++i) {
        const Plane& from = frame.planes[i];
        const Plane& to = copy.frame.planes[i];
        for (int row = 0; row < to.height; ++row) {
            std::memcpy(
                copy.data[i] + static_cast<std::ptrdiff_t>(row) * to.stride,
                from.data + static_cast<std::ptrdiff_t>(row) * from.stride,
                static_cast<std::size_t>(to.width)
            );
        }
    }
    copy.frame.camera = frame.camera;
    copy.frame.wall = frame.wall;
    copy.frame.wall_uncertainty = frame.wall_uncertainty;
    copy.frame.arrived = frame.arrived;
    copy.frame.is_key = frame.is_key;
    copy.frame.is_full_range = frame.is_full_range;
    return copy;
}

/// Sets the pixels of one row between each pair of crossings with the polygon's edges.
void fill_row(std::uint8_t* row, int width, std::vector<float>& crossings, std::uint8_t value) {
    std::ranges::sort(crossings);
    for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
        // Outwards, so that no edge pixel shows.
        const int left = std::clamp(static_cast<int>(std::floor(crossings[i])), 0, width);
        const int right =
            std::clamp(static_cast<int>(std::ceil(crossings[i + 1])) + 1, left, width);
        std::memset(row + left, value, static_cast<std::size_t>(right - left));
    }
}

void fill(const Plane& plane, std::uint8_t* data, const Polygon& area, std::uint8_t value) {
    std::vector<float> crossings;
    for (int y = 0; y < plane.height; ++y) {
        const float middle = static_cast<float>(y) + 0.5F;
        crossings.clear();
        for (std::size_t i = 0; i < area.size(); ++i) {
            const Point a = area[i];
            const Point b = area[(i + 1) % area.size()];
            if ((a.y <= middle) != (b.y <= middle)) {
                crossings.push_back(a.x + (middle - a.y) * (b.x - a.x) / (b.y - a.y));
            }
        }
        fill_row(
            data + static_cast<std::ptrdiff_t>(y) * plane.stride, plane.width, crossings, value
        );
    }
}

}  // namespace

Frame black_out(const Frame& frame, const std::vector<Polygon>& areas) {
    if (areas.empty()) {
        return frame;
    }
    const WritableFrame copy = copy_of(frame);
    for (const Polygon& area : areas) {
        for (std::size_t i = 0; i < copy.data.size(); ++i) {
            const Plane& plane = copy.frame.planes[i];
            const std::uint8_t black = frame.is_full_range ? std::uint8_t{0} : kBlackLimited;
            fill(
                plane,
                copy.data[i],
                to_pixels(area, plane.width, plane.height),
                i == 0 ? black : kNoColour
            );
        }
    }
    return copy.frame;
}

}  // namespace bongsu::live
