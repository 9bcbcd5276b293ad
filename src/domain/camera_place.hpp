#pragma once

#include "core/result.hpp"
#include "core/settings.hpp"
#include "core/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bongsu {

/// Where a camera stands and what it can see from there. Everything that is not known is absent.
struct CameraPlace {
    std::optional<double> latitude;       ///< degrees north, WGS 84; given together with longitude
    std::optional<double> longitude;      ///< degrees east, WGS 84
    std::optional<double> height;         ///< metres above the ground
    std::optional<double> heading;        ///< degrees clockwise from north, 0 <= heading < 360
    std::optional<double> field_of_view;  ///< degrees across, 1-360
    std::optional<double> range;          ///< metres to which a person is recognised as one
    std::string address;                  ///< road-name address or description
    std::string site;                     ///< name of the pole, park or building

    bool has_position() const { return latitude.has_value() && longitude.has_value(); }

    bool operator==(const CameraPlace&) const = default;
};

/// The table of its settings.
const SettingsSchema& place_schema();

/// Reads {latitude?, longitude?, height?, heading?, field_of_view?, range?, address?, site?}.
/// `path` names the place in errors.
Result<CameraPlace> parse_place(const Value& value, std::string_view path);

/// The form that parse_place reads; null when nothing is known.
Value to_value(const CameraPlace& place);

}  // namespace bongsu
