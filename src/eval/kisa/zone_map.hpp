#pragma once

#include "core/result.hpp"
#include "domain/geometry.hpp"

#include <map>
#include <string>
#include <string_view>

namespace bongsu::eval {

/// The zones of one place, by their element: DetectArea, Intrusion, Loitering, PeopleCountingA,
/// PeopleCountingB, Queueing. Corners are normalised; lines of counting have two.
using KisaZones = std::map<std::string, Polygon>;

/// Reads a .map file: root DA, zones as lists of <Point>x,y</Point> in pixels of 1280x720, with or
/// without a byte order mark; at most 1 MiB. Points on or beyond the border are drawn to it.
/// `origin` names the file in errors.
Result<KisaZones> parse_zone_map(std::string_view xml, std::string_view origin);

/// Name of the zone file of a clip: the first two parts of its name, "C00_001_0001.mp4" ->
/// "C00_001.map".
std::string zone_map_name(std::string_view clip);

}  // namespace bongsu::eval
