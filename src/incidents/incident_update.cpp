#include "incidents/incident_update.hpp"

#include <array>
#include <cstddef>

namespace bongsu::incidents {

std::string_view to_string(IncidentChange change) {
    constexpr std::array<std::string_view, 10> kNames{
        "opened",
        "event_joined",
        "event_updated",
        "event_ended",
        "ended",
        "state_changed",
        "note_added",
        "assigned",
        "escalated",
        "merged"
    };
    return kNames.at(static_cast<std::size_t>(change));
}

}  // namespace bongsu::incidents
