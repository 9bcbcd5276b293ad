#include "domain/camera_health.hpp"

#include <algorithm>

namespace bongsu {

std::string_view to_string(LinkState state) {
    constexpr std::array<std::string_view, 5> kNames{
        "connecting", "playing", "waiting", "stopped", "on_demand"
    };
    return kNames.at(static_cast<std::size_t>(state));
}

std::string_view to_string(CameraCondition condition) {
    constexpr std::array<std::string_view, kCameraConditions> kNames{
        "ok", "degraded", "lost", "off"
    };
    return kNames.at(static_cast<std::size_t>(condition));
}

const CameraHealth* HealthSnapshot::find(const CameraId& camera) const {
    const auto found = std::ranges::lower_bound(cameras, camera, {}, &CameraHealth::camera);
    return found != cameras.end() && found->camera == camera ? &*found : nullptr;
}

}  // namespace bongsu
