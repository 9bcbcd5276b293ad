#include "domain/zone.hpp"

#include "core/settings.hpp"

#include <cmath>
#include <cstdio>
#include <optional>

namespace bongsu {
namespace {

constexpr float kSmallestArea = 1e-5F;

std::optional<float> coordinate(const Value& value) {
    if (const double* number = value.as_double()) {
        return static_cast<float>(*number);
    }
    if (const std::int64_t* whole = value.as_integer()) {
        return static_cast<float>(*whole);
    }
    return std::nullopt;
}

Result<Point> parse_point(const Value& value, const std::string& path) {
    const Value::List* pair = value.as_list();
    const auto x = pair != nullptr && pair->size() == 2 ? coordinate((*pair)[0]) : std::nullopt;
    const auto y = pair != nullptr && pair->size() == 2 ? coordinate((*pair)[1]) : std::nullopt;
    if (!x || !y) {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, path + " must be a point [x, y]"
        );
    }
    if (!(*x >= 0 && *x <= 1 && *y >= 0 && *y <= 1)) {
        return fail(
            ErrorKind::InvalidArgument,
            "outside_the_picture"_code,
            path + " lies outside the picture; coordinates run from 0 to 1 of width and height"
        );
    }
    return Point{*x, *y};
}

}  // namespace

Result<Zone> parse_zone(const Value& value, std::string_view path) {
    const std::string at{path};
    if (value.as_map() == nullptr) {
        return fail(
            ErrorKind::InvalidArgument, "wrong_kind"_code, at + " must be a map with id and points"
        );
    }
    for (const auto& [key, unused] : *value.as_map()) {
        if (key != "id" && key != "name" && key != "points") {
            return fail(unknown_key(path, key, {"id", "name", "points"}));
        }
    }
    const Value* id = value.find("id");
    if (id == nullptr || id->as_text() == nullptr || id->as_text()->empty()) {
        return fail(
            ErrorKind::InvalidArgument, "missing"_code, at + ".id is required and must be text"
        );
    }
    const Value* points = value.find("points");
    if (points == nullptr || points->as_list() == nullptr || points->as_list()->size() < 2) {
        return fail(
            ErrorKind::InvalidArgument,
            "too_few_points"_code,
            at + ".points needs two points (a line) or more (an area)"
        );
    }
    Zone zone;
    zone.id = ZoneId{*id->as_text()};
    const Value* name = value.find("name");
    zone.name = name != nullptr && name->as_text() != nullptr ? *name->as_text() : *id->as_text();
    for (std::size_t i = 0; i < points->as_list()->size(); ++i) {
        const std::string point_path = at + ".points[" + std::to_string(i) + "]";
        BONGSU_ASSIGN(Point point, parse_point((*points->as_list())[i], point_path));
        zone.corners.push_back(point);
    }
    if (zone.is_line()) {
        if (zone.corners[0] == zone.corners[1]) {
            return fail(
                ErrorKind::InvalidArgument,
                "line_without_length"_code,
                at + ": the line has no length"
            );
        }
        return zone;
    }
    if (is_self_crossing(zone.corners)) {
        return fail(
            ErrorKind::InvalidArgument,
            "zone_crosses_itself"_code,
            at + ": the edges of the zone cross; order the corners around it"
        );
    }
    if (area(zone.corners) < kSmallestArea) {
        return fail(
            ErrorKind::InvalidArgument, "zone_without_area"_code, at + ": the zone has no area"
        );
    }
    return zone;
}

Polygon to_pixels(const Polygon& normalised, int width, int height) {
    Polygon pixels;
    pixels.reserve(normalised.size());
    for (const Point& p : normalised) {
        pixels.push_back({p.x * static_cast<float>(width), p.y * static_cast<float>(height)});
    }
    return pixels;
}

}  // namespace bongsu
