#pragma once

#include "core/clock.hpp"
#include "soak/condition.hpp"
#include "soak/delays.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace bongsu::bench {

/// A delay that the station measures by itself.
struct OwnDelay {
    const char* name;    ///< in the report
    const char* metric;  ///< its histogram
    const char* label;   ///< of it
};

inline constexpr std::array kOwnDelays{
    OwnDelay{"incident", "bongsu_incidents_stored_delay_seconds", ""},
    OwnDelay{"analysis", "bongsu_pipeline_frame_age_seconds", "stage=\"scene\""},
    OwnDelay{"request", "bongsu_net_request_seconds", ""},
    OwnDelay{"disk", "bongsu_recording_sync_seconds", ""}
};

/// What was read at one moment.
struct Moment {
    Condition condition;
    std::array<Buckets, kOwnDelays.size()> delays;
    double answer_s = 0;  ///< of the metrics page itself
    double playing = 0;   ///< streams
    double incidents = 0;
    double retired_segments = 0;
    double lost_units = 0;  ///< not recorded
};

using History = std::vector<Moment>;

}  // namespace bongsu::bench
