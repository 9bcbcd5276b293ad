#pragma once

#include "domain/incident.hpp"
#include "incidents/incident_update.hpp"

#include <string>

namespace bongsu::incidents {

/// The JSON form of an incident, as in the stream, the interface and files. Fields are only ever
/// added. Times are UTC as 2026-11-21T22:40:05.123Z; boxes are pixels [x, y, width, height] of
/// picture [width, height].
std::string to_json(const Incident& incident);

/// One line of the incident stream: {"changes": [...], "incident": {...}}, without a line end.
std::string to_json_line(const IncidentUpdate& update);

}  // namespace bongsu::incidents
