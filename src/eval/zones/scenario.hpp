#pragma once

#include "core/result.hpp"
#include "domain/camera.hpp"
#include "domain/geometry.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace bongsu::eval {

/// One event, true or raised. Seconds from the first picture.
struct ZoneEvent {
    std::string type;      ///< name of the behaviour: intrusion, loitering, line_crossing, crowding
    std::string zone;      ///< empty for line crossing and crowding
    std::string person{};  ///< of a true event: whose it is; empty when it is nobody's own
    double start = 0;
    double end = 0;
    double due = 0;     ///< of a true event: when it should be raised
    double raised = 0;  ///< of a raised event: time of the picture that made it certain
};

/// A sequence with zones, thresholds and its true events.
struct ZoneScenario {
    std::string name;
    std::filesystem::path sequence;  ///< folder in MOTChallenge layout
    double frame_rate = 0;
    CameraConfig camera;  ///< zones and rules as the file wants them
    std::vector<ZoneEvent> truth;
    std::map<int, int> people;  ///< true number of people by picture, from 1
};

/// Reads zone_events/events.json. Errors name the sequence and what is missing.
Result<std::vector<ZoneScenario>> load_scenarios(const std::filesystem::path& file);

/// The same from text; `folder` is what sequence paths are relative to.
Result<std::vector<ZoneScenario>> parse_scenarios(
    std::string_view json, const std::filesystem::path& folder
);

}  // namespace bongsu::eval
