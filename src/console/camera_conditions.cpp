#include "console/camera_conditions.hpp"

#include <utility>

namespace bongsu::console {

std::vector<CameraState> CameraConditions::changes(const HealthSnapshot& now) {
    std::vector<CameraState> out;
    for (auto& [id, told] : told_) {
        told.is_present = false;
    }
    for (const CameraHealth& camera : now.cameras) {
        const auto [entry, is_new] = told_.try_emplace(camera.camera);
        Told& told = entry->second;
        told.is_present = true;
        if (!is_new && told.condition == camera.condition && told.words == camera.words) {
            continue;
        }
        told.condition = camera.condition;
        told.words = camera.words;
        out.push_back(
            {camera.camera, std::string(to_string(camera.condition)), camera.since, camera.words}
        );
    }
    std::erase_if(told_, [&](const auto& entry) {
        if (!entry.second.is_present) {
            out.push_back(
                {entry.first, std::string(to_string(CameraCondition::Off)), now.time, "removed"}
            );
        }
        return !entry.second.is_present;
    });
    return out;
}

}  // namespace bongsu::console
