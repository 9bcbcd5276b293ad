#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/geometry.hpp"
#include "domain/incident.hpp"

#include <optional>

namespace bongsu {

/// One judged incident with the event that raised it: evidence for suggestions.
struct JudgedIncident {
    IncidentId id;
    CameraId camera;
    RuleId rule;
    ZoneId zone;
    Verdict verdict = Verdict::None;
    std::optional<FalseAlarmReason> reason;
    WallTime opened;
    Duration lasted{};     ///< of the event, until its end or its latest news
    float confidence = 0;  ///< of the event
    Box box;               ///< normalised to 0..1; empty when the whole picture was meant
};

}  // namespace bongsu
