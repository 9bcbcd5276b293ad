#include "vision/regions.hpp"

#include "vision/look_plan.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::vision {
namespace {

/// Grows one axis of a box to at least `side` around its middle, then moves it inside 0..limit.
void fit_axis(float& start, float& length, float side, float limit) {
    const float wanted = std::min(std::max(length, side), limit);
    start = std::clamp(start + (length - wanted) / 2, 0.F, limit - wanted);
    length = wanted;
}

float drawn_area(const Interest& interest) {
    const float scale = object_scale(interest.object_height);
    return interest.box.area() * scale * scale;
}

Interest joined(const Interest& a, const Interest& b) {
    // What is known of one half says nothing about the other.
    const float height = std::min(a.object_height, b.object_height);
    return {enclosing(a.box, b.box), height};
}

bool try_merge(std::vector<Interest>& regions, float growth) {
    for (std::size_t i = 0; i < regions.size(); ++i) {
        for (std::size_t j = i + 1; j < regions.size(); ++j) {
            const Interest both = joined(regions[i], regions[j]);
            if (drawn_area(both) <= growth * (drawn_area(regions[i]) + drawn_area(regions[j]))) {
                regions[i] = both;
                regions.erase(regions.begin() + static_cast<std::ptrdiff_t>(j));
                return true;
            }
        }
    }
    return false;
}

}  // namespace

std::vector<Box> plan_regions(
    std::span<const Box> motion, int width, int height, const RegionRules& rules
) {
    std::vector<Interest> places;
    for (const Box& box : motion) {
        places.push_back({box, 0});
    }
    std::vector<Box> regions;
    for (const Interest& planned : plan_interests(places, width, height, rules)) {
        regions.push_back(planned.box);
    }
    return regions;
}

std::vector<Interest> plan_interests(
    std::span<const Interest> places, int width, int height, const RegionRules& rules
) {
    const auto w = static_cast<float>(width);
    const auto h = static_cast<float>(height);
    std::vector<Interest> regions;
    for (const Interest& place : places) {
        const Box inside = clipped(place.box, w, h);
        if (inside.area() <= 0) {
            continue;
        }
        Box region = padded(inside, rules.padding * std::max(inside.w, inside.h));
        fit_axis(region.x, region.w, rules.min_side * h, w);
        fit_axis(region.y, region.h, rules.min_side * h, h);
        regions.push_back({region, place.object_height});
    }
    while (try_merge(regions, rules.merge_growth)) {
    }
    return regions;
}

std::vector<PixelRect> tile_grid(int width, int height, int columns, int rows, float overlap) {
    const auto side = [overlap](int length, int count) {
        const float covered = static_cast<float>(count) - static_cast<float>(count - 1) * overlap;
        return static_cast<int>(std::ceil(static_cast<float>(length) / covered));
    };
    const int w = side(width, columns);
    const int h = side(height, rows);
    std::vector<PixelRect> out;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const int x = columns > 1 ? (width - w) * column / (columns - 1) : 0;
            const int y = rows > 1 ? (height - h) * row / (rows - 1) : 0;
            out.push_back({x, y, w, h});
        }
    }
    return out;
}

PixelRect to_pixels(const Box& box, int width, int height) {
    const auto begin = [](float v, int limit) {
        return std::clamp(static_cast<int>(std::floor(v)), 0, std::max(0, limit - 2));
    };
    const auto end = [](float v, int limit) {
        return std::clamp(static_cast<int>(std::ceil(v)), 0, limit);
    };
    PixelRect out{begin(box.x, width), begin(box.y, height), 0, 0};
    out.w = std::max(end(box.right(), width) - out.x, std::min(2, width));
    out.h = std::max(end(box.bottom(), height) - out.y, std::min(2, height));
    return out;
}

bool is_cut(const Box& box, const PixelRect& look, int width, int height, float margin) {
    const auto left = static_cast<float>(look.x);
    const auto top = static_cast<float>(look.y);
    const auto right = static_cast<float>(look.x + look.w);
    const auto bottom = static_cast<float>(look.y + look.h);
    return (look.x > 0 && box.x < left + margin) || (look.y > 0 && box.y < top + margin) ||
           (look.x + look.w < width && box.right() > right - margin) ||
           (look.y + look.h < height && box.bottom() > bottom - margin);
}

}  // namespace bongsu::vision
