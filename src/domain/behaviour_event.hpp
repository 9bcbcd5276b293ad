#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/geometry.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace bongsu {

enum class EventPhase { Begin, Update, End };
std::string_view to_string(EventPhase phase);

/// Something that a behaviour says is going on. One `id` for begin, updates and end.
struct BehaviourEvent {
    EventId id;
    EventPhase phase = EventPhase::Begin;
    std::string kind;  ///< name of the behaviour plug-in, such as "intrusion"
    CameraId camera;
    RuleId rule;       ///< which configured rule raised it
    ZoneId zone;       ///< empty when the whole picture is meant
    int gravity = 3;   ///< 1 (least) to 5 (most), from the rule
    WallTime started;  ///< when what is reported began
    WallTime time;     ///< when it became certain (begin), or of this phase
    Duration time_uncertainty{};
    float confidence = 0;         ///< 0..1
    std::vector<TrackId> tracks;  ///< who took part
    Box box;                ///< where, pixels of the source frame; empty when the whole picture
    int picture_width = 0;  ///< size of that picture
    int picture_height = 0;
    std::string
        detail;  ///< one short machine-readable remark such as "direction=a_to_b" or "count=7"
};

}  // namespace bongsu
