#include "vision/verifiers/smoke/places.hpp"

#include <algorithm>
#include <numeric>

namespace bongsu::verifiers::smoke {
namespace {

constexpr float kPlacesInHeight = 160;
constexpr float kMostPlaces = 64;
constexpr float kPlacesInWidth = 48;
/// At most so many pixels a side make a place.
constexpr int kMostPixels = 4;
/// Softened are so many places to each side.
constexpr int kReach = 2;

Grid cut(const Box& part, float unit, float pitch) {
    return {
        .part = part,
        .unit = unit,
        .pitch = pitch,
        .columns = static_cast<int>(part.w / pitch),
        .rows = static_cast<int>(part.h / pitch)
    };
}

float mean_of(const Plane& plane, const Box& box) {
    const int steps = std::clamp(static_cast<int>(box.w), 1, kMostPixels);
    const float step = box.w / static_cast<float>(steps);
    int sum = 0;
    for (int row = 0; row < steps; ++row) {
        const auto y = static_cast<int>(box.y + (static_cast<float>(row) + 0.5F) * step);
        const auto* line =
            plane.data +
            static_cast<std::ptrdiff_t>(std::clamp(y, 0, plane.height - 1)) * plane.stride;
        for (int column = 0; column < steps; ++column) {
            const auto x = static_cast<int>(box.x + (static_cast<float>(column) + 0.5F) * step);
            sum += line[std::clamp(x, 0, plane.width - 1)];
        }
    }
    return static_cast<float>(sum) / static_cast<float>(steps * steps);
}

/// Means along lines of `length` places `step` apart; the lines begin `apart` from each other.
struct Lines {
    int count = 0;
    int length = 0;
    int step = 0;
    int apart = 0;
};

void soften(const std::vector<float>& from, std::vector<float>& to, const Lines& lines) {
    const auto place = [&](int line, int i) {
        const int at = line * lines.apart + i * lines.step;
        return static_cast<std::size_t>(at);
    };
    for (int line = 0; line < lines.count; ++line) {
        for (int i = 0; i < lines.length; ++i) {
            const int first = std::max(0, i - kReach);
            const int last = std::min(lines.length - 1, i + kReach);
            float sum = 0;
            for (int k = first; k <= last; ++k) {
                sum += from[place(line, k)];
            }
            to[place(line, i)] = sum / static_cast<float>(last - first + 1);
        }
    }
}

}  // namespace

Grid Grid::over(const Box& part, const Frame& frame) {
    const float wanted = static_cast<float>(frame.height) / kPlacesInHeight;
    const float unit = std::max({1.F, wanted, std::max(part.w, part.h) / kMostPlaces});
    return cut(part, unit, unit);
}

Grid Grid::spread_over(const Frame& frame) const {
    const Box whole{0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)};
    return cut(whole, unit, std::max(unit, whole.w / kPlacesInWidth));
}

Box Grid::box_of(std::size_t place) const {
    const auto width = static_cast<std::size_t>(columns);
    const std::size_t row = place / width;
    return {
        part.x + static_cast<float>(place % width) * pitch,
        part.y + static_cast<float>(row) * pitch,
        unit,
        unit
    };
}

Places places_of(const Frame& frame, const Grid& grid) {
    Places out{.columns = grid.columns, .rows = grid.rows, .values = {}};
    out.values.resize(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows));
    for (std::size_t i = 0; i < out.values.size(); ++i) {
        out.values[i] = mean_of(frame.planes[0], grid.box_of(i));
    }
    return out;
}

Places difference(const Places& a, const Places& b, std::span<const char> left_out) {
    Places out = b;
    for (std::size_t i = 0; i < out.values.size(); ++i) {
        const bool is_out = !left_out.empty() && left_out[i] != 0;
        out.values[i] = is_out ? 0 : b.values[i] - a.values[i];
    }
    return out;
}

Places softened(const Places& places) {
    const int columns = places.columns;
    const int rows = places.rows;
    std::vector<float> along(places.values.size());
    soften(places.values, along, {.count = rows, .length = columns, .step = 1, .apart = columns});
    Places out = places;
    soften(along, out.values, {.count = columns, .length = rows, .step = columns, .apart = 1});
    return out;
}

float energy(const Places& places) {
    return std::transform_reduce(
        places.values.begin(), places.values.end(), 0.F, std::plus{}, [](float p) { return p * p; }
    );
}

}  // namespace bongsu::verifiers::smoke
