#include "behaviours/place.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bongsu::behaviours {
namespace {

/// How far from the border of the picture a point is moved inwards, pixels.
constexpr float kBorder = 0.5F;

Point within_picture(const Place& place, Point p) {
    return {
        std::clamp(p.x, kBorder, std::max(kBorder, place.picture_width - kBorder)),
        std::clamp(p.y, kBorder, std::max(kBorder, place.picture_height - kBorder))
    };
}

/// Whether an edge of a zone runs along the border of the picture: nobody comes in over it.
bool is_on_border(const Place& place, const Segment& edge) {
    const auto both = [](float a, float b, float border) {
        return std::abs(a - border) <= kBorder && std::abs(b - border) <= kBorder;
    };
    return both(edge.a.x, edge.b.x, 0) || both(edge.a.x, edge.b.x, place.picture_width) ||
           both(edge.a.y, edge.b.y, 0) || both(edge.a.y, edge.b.y, place.picture_height);
}

float distance_to_edge(const Place& place, Point p) {
    const Polygon& corners = place.corners;
    float nearest = std::numeric_limits<float>::infinity();
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Segment edge{corners[i], corners[(i + 1) % corners.size()]};
        if (!is_on_border(place, edge)) {
            nearest = std::min(nearest, distance(edge, p));
        }
    }
    return nearest;
}

int corners_inside(const Place& place, const Box& box) {
    const std::array<Point, 4> corners{
        Point{box.x, box.y},
        Point{box.right(), box.y},
        Point{box.right(), box.bottom()},
        Point{box.x, box.bottom()}
    };
    return static_cast<int>(std::ranges::count_if(corners, [&](Point corner) {
        return contains(place.corners, within_picture(place, corner));
    }));
}

}  // namespace

std::vector<Place> places_of(std::span<const Zone> zones, const Scene& scene) {
    const auto width = static_cast<float>(scene.width);
    const auto height = static_cast<float>(scene.height);
    std::vector<Place> places;
    for (const Zone& zone : zones) {
        places.push_back(
            {zone.id, to_pixels(zone.corners, scene.width, scene.height), width, height}
        );
    }
    if (places.empty()) {
        places.push_back({{}, {}, width, height});
    }
    return places;
}

Hit hit(const Place& place, const Box& box, HitTest test, int corners_needed) {
    if (place.corners.empty()) {
        return {.is_inside = true};
    }
    if (test == HitTest::Corners) {
        return {.is_inside = corners_inside(place, box) >= corners_needed};
    }
    const Point point = within_picture(place, test == HitTest::Foot ? box.foot() : box.centre());
    if (!contains(place.corners, point)) {
        return {.is_inside = false, .depth = 0};
    }
    return {.is_inside = true, .depth = distance_to_edge(place, point) / std::max(box.h, 1.0F)};
}

std::optional<ZoneId> zone_around(
    std::span<const Zone> zones, const Scene& scene, const Box& box, HitTest test
) {
    for (const Place& place : places_of(zones, scene)) {
        if (hit(place, box, test, 1).is_inside) {
            return place.zone;
        }
    }
    return std::nullopt;
}

}  // namespace bongsu::behaviours
