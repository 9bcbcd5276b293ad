#include "domain/camera_place.hpp"

#include <utility>

namespace bongsu {
namespace {

constexpr std::string_view kHeight = "height";
constexpr std::string_view kHeading = "heading";
constexpr std::string_view kFieldOfView = "field_of_view";
constexpr std::string_view kRange = "range";

FieldSpec number(
    std::string_view name, double min, double max, std::string unit, std::string help
) {
    return {
        .name = std::string(name),
        .type = FieldType::Number,
        .min = min,
        .max = max,
        .unit = std::move(unit),
        .help = std::move(help),
        .is_optional = true,
    };
}

std::optional<double> read(const Settings& settings, std::string_view name) {
    return settings.has(name) ? std::optional(settings.number(name)) : std::nullopt;
}

void put(Value::Map& map, std::string_view name, const std::optional<double>& value) {
    if (value) {
        map.emplace_back(std::string(name), *value);
    }
}

void put(Value::Map& map, std::string_view name, const std::string& value) {
    if (!value.empty()) {
        map.emplace_back(std::string(name), value);
    }
}

}  // namespace

const SettingsSchema& place_schema() {
    static const SettingsSchema schema{{
        number("latitude", -90, 90, "deg", "degrees north, WGS 84"),
        number("longitude", -180, 180, "deg", "degrees east, WGS 84"),
        number(kHeight, -100, 1000, "m", "height above the ground"),
        number(kHeading, 0, 360, "deg", "where it looks, clockwise from north"),
        number(kFieldOfView, 1, 360, "deg", "how wide it looks"),
        number(kRange, 0, 10'000, "m", "how far a person is recognised as one"),
        {.name = "address",
         .type = FieldType::Text,
         .help = "road-name address",
         .is_optional = true},
        {.name = "site",
         .type = FieldType::Text,
         .help = "name of the pole, park or building",
         .is_optional = true},
    }};
    return schema;
}

Result<CameraPlace> parse_place(const Value& value, std::string_view path) {
    BONGSU_ASSIGN(const Settings settings, place_schema().parse(value, path));
    CameraPlace place;
    place.latitude = read(settings, "latitude");
    place.longitude = read(settings, "longitude");
    if (place.latitude.has_value() != place.longitude.has_value()) {
        const std::string missing = place.latitude ? ".longitude" : ".latitude";
        return fail(
            ErrorKind::InvalidArgument,
            "half_a_position"_code,
            std::string(path) + missing + " is missing: a position needs latitude and longitude"
        );
    }
    place.height = read(settings, kHeight);
    place.heading = read(settings, kHeading);
    if (place.heading == 360.0) {
        place.heading = 0;
    }
    place.field_of_view = read(settings, kFieldOfView);
    place.range = read(settings, kRange);
    place.address = settings.has("address") ? settings.text("address") : "";
    place.site = settings.has("site") ? settings.text("site") : "";
    return place;
}

Value to_value(const CameraPlace& place) {
    Value::Map map;
    put(map, "latitude", place.latitude);
    put(map, "longitude", place.longitude);
    put(map, kHeight, place.height);
    put(map, kHeading, place.heading);
    put(map, kFieldOfView, place.field_of_view);
    put(map, kRange, place.range);
    put(map, "address", place.address);
    put(map, "site", place.site);
    return map.empty() ? Value{} : Value{std::move(map)};
}

}  // namespace bongsu
