#pragma once

#include "domain/geometry.hpp"
#include "domain/scene.hpp"
#include "domain/zone.hpp"

#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace bongsu::behaviours {

/// Which part of an object's box must lie in an area for the object to be inside.
enum class HitTest {
    Foot,     ///< the middle of the lower edge: where a standing person touches the ground
    Centre,   ///< the middle of the box
    Corners,  ///< at least so many of the four corners
};

/// How far inside an area an object stands.
struct Hit {
    bool is_inside = false;
    /// Distance to the nearest edge of the area, in heights of the object's box. Not measured for
    /// corners and for the whole picture, where being inside is all there is to say.
    float depth = std::numeric_limits<float>::infinity();
};

/// An area of the picture in pixels of the present scene; without corners, the whole picture.
struct Place {
    ZoneId zone;
    Polygon corners;
    float picture_width = 0;
    float picture_height = 0;
};

/// The areas that a rule is drawn on, or one whole picture when it names none.
std::vector<Place> places_of(std::span<const Zone> zones, const Scene& scene);

/// A point on the border of the picture counts as just within it: boxes are cut there, and a zone
/// drawn to the border means to hold whoever stands at it.
Hit hit(const Place& place, const Box& box, HitTest test, int corners_needed);

/// The first of these zones in which the foot or the middle of the box lies; the zone without a
/// name when there are no zones. Nothing when it lies in none.
std::optional<ZoneId> zone_around(
    std::span<const Zone> zones, const Scene& scene, const Box& box, HitTest test
);

}  // namespace bongsu::behaviours
