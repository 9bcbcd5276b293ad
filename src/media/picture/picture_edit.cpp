#include "media/picture/picture_edit.hpp"

#include "domain/zone.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstring>

namespace bongsu::media {
namespace {

constexpr std::uint8_t kNoColour = 128;
constexpr std::uint8_t kBlackLimited = 16;

void take_over(const Frame& from, Frame& to) {
    to.camera = from.camera;
    to.wall = from.wall;
    to.wall_uncertainty = from.wall_uncertainty;
    to.arrived = from.arrived;
    to.is_key = from.is_key;
    to.is_full_range = from.is_full_range;
}

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
    take_over(frame, copy.frame);
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

/// First source pixel of each target pixel, and one beyond the last.
std::vector<int> edges(int from, int to) {
    std::vector<int> at;
    at.reserve(static_cast<std::size_t>(to) + 1);
    for (int i = 0; i <= to; ++i) {
        at.push_back(static_cast<int>(static_cast<std::int64_t>(i) * from / to));
    }
    return at;
}

void shrink_plane(const Plane& from, const Plane& to, std::uint8_t* out) {
    const std::vector<int> columns = edges(from.width, to.width);
    const std::vector<int> rows = edges(from.height, to.height);
    std::vector<std::uint32_t> sums(static_cast<std::size_t>(to.width));
    for (int y = 0; y < to.height; ++y) {
        const int top = rows[static_cast<std::size_t>(y)];
        const int bottom = rows[static_cast<std::size_t>(y) + 1];
        std::ranges::fill(sums, 0U);
        for (int row = top; row < bottom; ++row) {
            const std::uint8_t* line = from.data + static_cast<std::ptrdiff_t>(row) * from.stride;
            for (std::size_t x = 0; x < sums.size(); ++x) {
                for (int i = columns[x]; i < columns[x + 1]; ++i) {
                    sums[x] += line[i];
                }
            }
        }
        std::uint8_t* line = out + static_cast<std::ptrdiff_t>(y) * to.stride;
        for (std::size_t x = 0; x < sums.size(); ++x) {
            const auto count =
                static_cast<std::uint32_t>((columns[x + 1] - columns[x]) * (bottom - top));
            line[x] = static_cast<std::uint8_t>((sums[x] + count / 2) / count);
        }
    }
}

}  // namespace

Frame shrink(const Frame& frame, int max_width) {
    if (frame.width <= max_width || max_width < 2) {
        return frame;
    }
    const int height = std::max(
        2,
        static_cast<int>(
            (static_cast<std::int64_t>(frame.height) * max_width + frame.width / 2) / frame.width
        )
    );
    WritableFrame small = allocate_frame(max_width & ~1, std::min(height & ~1, frame.height));
    for (std::size_t i = 0; i < frame.planes.size(); ++i) {
        shrink_plane(frame.planes[i], small.frame.planes[i], small.data[i]);
    }
    take_over(frame, small.frame);
    return small.frame;
}

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

}  // namespace bongsu::media
