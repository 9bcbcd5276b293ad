#pragma once

#include "console/event_stream.hpp"
#include "core/strong_id.hpp"
#include "domain/camera_health.hpp"

#include <string>
#include <unordered_map>
#include <vector>

namespace bongsu::console {

/// Remembers how every camera was last said to be, and says what is different. Runs on: one thread.
class CameraConditions {
public:
    /// Cameras whose condition or reason changed since the last call, new ones included; one that
    /// is gone is "off".
    std::vector<CameraState> changes(const HealthSnapshot& now);

private:
    struct Told {
        CameraCondition condition = CameraCondition::Ok;
        std::string words;
        bool is_present = false;
    };

    std::unordered_map<CameraId, Told> told_;
};

}  // namespace bongsu::console
