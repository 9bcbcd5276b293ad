// The words that domain enumerations are written as in logs, stores and interfaces.
#include "domain/access_unit.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/incident.hpp"
#include "domain/scene.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace bongsu {
namespace {

constexpr std::array<std::string_view, 6> kIncidentStates{
    "new", "acknowledged", "confirmed", "false_alarm", "dispatched", "closed"
};

}  // namespace

std::string_view to_string(Codec codec) {
    return codec == Codec::H264 ? "h264" : "h265";
}

std::string_view to_string(StreamRole role) {
    return role == StreamRole::Main ? "main" : "sub";
}

std::string_view to_string(TriageLevel level) {
    constexpr std::array<std::string_view, 4> kNames{"T0", "T1", "T2", "T3"};
    return kNames.at(static_cast<std::size_t>(level));
}

std::string_view to_string(EventPhase phase) {
    constexpr std::array<std::string_view, 3> kNames{"begin", "update", "end"};
    return kNames.at(static_cast<std::size_t>(phase));
}

std::string_view to_string(IncidentState state) {
    return kIncidentStates.at(static_cast<std::size_t>(state));
}

std::optional<IncidentState> parse_incident_state(std::string_view name) {
    const auto* found = std::ranges::find(kIncidentStates, name);
    if (found == kIncidentStates.end()) {
        return std::nullopt;
    }
    return static_cast<IncidentState>(found - kIncidentStates.begin());
}

bool may_change(IncidentState from, IncidentState to) {
    using enum IncidentState;
    switch (from) {
        case New:
            return to == Acknowledged || to == Confirmed || to == FalseAlarm;
        case Acknowledged:
            return to == Confirmed || to == FalseAlarm;
        case Confirmed:
            return to == Dispatched || to == FalseAlarm || to == Closed;
        case Dispatched:
            return to == Closed;
        case FalseAlarm:
            return to == Confirmed || to == Closed;
        case Closed:
            return false;
    }
    return false;
}

}  // namespace bongsu
