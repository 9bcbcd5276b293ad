#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <array>
#include <cstddef>
#include <string_view>

namespace bongsu::incidents {

/// How events become incidents.
struct IncidentSettings {
    Duration join_window = std::chrono::seconds{15};
    float near = 0.03F;  ///< of the picture's width and height
    Duration longest = std::chrono::minutes{30};
    Duration pre_roll = std::chrono::seconds{10};
    Duration post_roll = std::chrono::seconds{10};
    Duration stale_after = std::chrono::seconds{60};
    std::size_t max_live = 10000;
    std::size_t max_unsaved = 10000;

    /// How long an incident of gravity 1 to 5 may wait for somebody before the supervisor is told;
    /// 0 for never.
    std::array<Duration, 5> escalate_after{
        Duration{0},
        std::chrono::minutes{10},
        std::chrono::minutes{3},
        std::chrono::seconds{60},
        std::chrono::seconds{30}
    };
    /// How much later the head of the centre is told; 0 for never.
    Duration escalate_again_after = std::chrono::minutes{3};
    std::size_t max_unanswered = 100'000;
};

/// The table behind IncidentSettings, for parsing and for generated documents.
const SettingsSchema& incident_schema();

Result<IncidentSettings> parse_incident_settings(const Value& value, std::string_view path);

}  // namespace bongsu::incidents
