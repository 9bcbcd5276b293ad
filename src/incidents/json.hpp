#pragma once

#include "domain/incident.hpp"
#include "domain/incident_summary.hpp"
#include "incidents/incident_update.hpp"
#include "incidents/settings.hpp"

#include <string>

#include <boost/json/fwd.hpp>

namespace bongsu::incidents {

// The JSON form of incidents, as in the stream, the interface and files. Fields are only ever
// added. Times are UTC as 2026-11-21T22:40:05.123Z; boxes are pixels [x, y, width, height] of
// picture [width, height]. `escalates_at` is null without settings, which know the time limits.

std::string to_json(const Incident& incident, const IncidentSettings* settings = nullptr);

/// One line of the incident stream: {"changes": [...], "incident": {...}}, without a line end.
std::string to_json_line(const IncidentUpdate& update, const IncidentSettings* settings = nullptr);

boost::json::object to_object(const Incident& incident, const IncidentSettings* settings = nullptr);

/// A row of a list: the same names without events and steps.
boost::json::object to_object(
    const IncidentSummary& incident, const IncidentSettings* settings = nullptr
);

/// ["opened", "ended"]
boost::json::array to_array(const std::vector<IncidentChange>& changes);

}  // namespace bongsu::incidents
