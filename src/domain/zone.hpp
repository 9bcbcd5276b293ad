#pragma once

#include "core/result.hpp"
#include "core/strong_id.hpp"
#include "core/value.hpp"
#include "domain/geometry.hpp"

#include <string>
#include <vector>

namespace bongsu {

/// A named area or line of a camera's picture. Corners are normalised: 0..1 of width and height.
struct Zone {
    ZoneId id;
    std::string name;  ///< for people
    Polygon corners;  ///< three or more: an area; exactly two: a directed line from first to second

    bool is_line() const { return corners.size() == 2; }
};

/// Reads {id, name?, points: [[x,y], ...]} and checks it: inside the picture, no self-crossing, not
/// tiny. `path` names the place in errors.
Result<Zone> parse_zone(const Value& value, std::string_view path);

/// The corners in pixels of a picture of the given size.
Polygon to_pixels(const Polygon& normalised, int width, int height);

}  // namespace bongsu
