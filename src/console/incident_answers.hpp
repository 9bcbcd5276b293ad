#pragma once

#include "console/ports.hpp"
#include "console/route.hpp"
#include "domain/incident_summary.hpp"
#include "incidents/suggestions.hpp"
#include "store/incident_store.hpp"

#include <optional>
#include <string>
#include <vector>

#include <boost/json/fwd.hpp>

// How incidents stand in the answers of the interface (schemas of api/openapi.yaml), and what a
// caller may see of them.
namespace bongsu::console {

/// Of which incidents the route's right lets the caller see something; nothing: of all. The
/// organisations and cameras are those of the present fleet.
std::optional<store::IncidentScope> incident_scope(const ConsoleParts& parts, const Call& call);

/// One row of a list with the name of its camera.
boost::json::object incident_row(const ConsoleParts& parts, const IncidentSummary& incident);
/// The whole incident with the name of its camera.
boost::json::object incident_detail(const ConsoleParts& parts, const Incident& incident);

boost::json::object suggestion_object(const incidents::Suggestion& suggestion);

/// What would stop false alarms of this camera, from the verdicts of the last days. Errors: the
/// store's.
Result<std::vector<incidents::Suggestion>> suggestions_for(
    const ConsoleParts& parts, const fleet::FleetCamera& camera, WallTime now
);

/// Seconds, or null when there is none.
boost::json::value seconds_or_null(const std::optional<Duration>& duration);

}  // namespace bongsu::console
