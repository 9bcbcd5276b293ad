#pragma once

#include "domain/incident.hpp"
#include "domain/zone.hpp"
#include "incidents/settings.hpp"

#include <span>
#include <string_view>

namespace bongsu::incidents {

/// Whether this kind of event is about the camera itself (its name begins with "camera_").
bool is_camera_fault(std::string_view kind);

/// Whether two zones of one camera overlap or lie within `near` (normalised) of each other. A zone
/// that is not among `zones`, as the empty one that stands for the whole picture, is near to every
/// other.
bool are_near(const ZoneId& a, const ZoneId& b, std::span<const Zone> zones, float near);

/// How well an event fits an incident.
enum class Fit {
    None,
    SamePlace,   ///< the same kind, the same place or near to it
    SameTracks,  ///< somebody who takes part already
};

struct JoinContext {
    std::span<const Zone> zones;  ///< of the camera
    bool are_tracks_comparable =
        true;  ///< false for incidents from before a restart: numbers begin anew
};

/// Decides whether a beginning event belongs to an incident of the same camera: in time, in place,
/// by who takes part. Camera faults join only their own kind. What an operator has judged false or
/// closed takes in only the same kind by the same tracks, so that the same person does not alarm
/// again and a new one does. One that became part of another takes in as that would.
Fit fit(
    const Incident& incident,
    const BehaviourEvent& event,
    const JoinContext& context,
    const IncidentSettings& settings
);

/// Takes the event's present phase into the incident: bounded events, gravity, kind, confidence,
/// zones, times. Returns false if there is no room for one more open event.
bool absorb(Incident& incident, const BehaviourEvent& event, const IncidentSettings& settings);

/// Whether all events have ended.
bool has_ended(const Incident& incident);

}  // namespace bongsu::incidents
