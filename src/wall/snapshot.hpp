#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/incident.hpp"
#include "domain/scene.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bongsu::wall {

using OperatorId = StrongId<struct OperatorTag, std::string>;

/// An incident that is not closed and no false alarm.
struct OpenIncident {
    IncidentId id;
    int gravity = 1;
    IncidentState state = IncidentState::New;
    std::string kind;
    WallTime since;             ///< when it began
    bool is_escalated = false;  ///< supervisors see it on their walls too
};

/// One camera and what goes on before it.
struct WallCamera {
    CameraId id;
    OrganisationId organisation;
    SignalState signal = SignalState::Up;
    TriageLevel level = TriageLevel::T1;
    int people = 0;  ///< confirmed tracks now
    int vehicles = 0;
    std::optional<WallTime> last_person;
    std::vector<OpenIncident> incidents;
    std::optional<WallTime> last_shown;  ///< to anybody, as far as known from elsewhere
};

/// One operator on shift and their wall.
struct WallOperator {
    OperatorId id;
    std::function<bool(const WallCamera&)> may_see;  ///< same answer for the same camera
    std::size_t cap = 50;                            ///< most cameras of their share
    std::size_t slots = 9;          ///< tiles of their wall, the carousel included, 1 to 36
    std::vector<CameraId> pins;     ///< in order of wish
    std::optional<CameraId> focus;  ///< looked at in large: its tile stays
    bool is_paused = false;         ///< halted by the operator: only gravity 5 moves anything
    bool is_supervisor = false;     ///< sees escalated incidents in addition to whoever has them
};

/// Everything that the planner looks at. Valid during the call.
struct WallSnapshot {
    WallTime now;
    std::span<const WallCamera> cameras;  ///< each id once
    std::span<const WallOperator> operators;
};

}  // namespace bongsu::wall
