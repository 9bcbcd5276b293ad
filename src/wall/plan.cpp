#include "wall/plan.hpp"

namespace bongsu::wall {

std::string_view to_string(ReasonCode code) {
    switch (code) {
        case ReasonCode::Incident:
            return "incident";
        case ReasonCode::Escalated:
            return "escalated";
        case ReasonCode::Pinned:
            return "pinned";
        case ReasonCode::People:
            return "people";
        case ReasonCode::Vehicles:
            return "vehicles";
        case ReasonCode::Left:
            return "left";
        case ReasonCode::Unseen:
            return "unseen";
        case ReasonCode::Spare:
            return "spare";
    }
    return "";
}

Duration unseen_bound(std::size_t cameras, std::size_t slots, Duration dwell, Duration tick) {
    const std::size_t turns = slots > 0 ? (cameras + slots - 1) / slots : 0;
    return static_cast<std::int64_t>(turns) * (dwell + tick);
}

}  // namespace bongsu::wall
