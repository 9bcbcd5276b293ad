// The words that domain enumerations are written as in logs, stores and interfaces.
#include "domain/access_unit.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/scene.hpp"

#include <array>
#include <cstddef>

namespace bongsu {
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

}  // namespace bongsu
