#pragma once

#include "scenelog/scene_reader.hpp"

#include <cstdint>
#include <vector>

namespace bongsu::scenelog {

/// The most objects seen at once in one step of time.
struct ActivityStep {
    std::uint16_t people = 0;
    std::uint16_t vehicles = 0;
    std::uint16_t others = 0;

    bool operator==(const ActivityStep&) const = default;
};

/// How busy a camera was, for the playback bar: one entry for each `step` from span.from on (the
/// last one may be shorter). Only confirmed tracks count. InvalidArgument for a step under 100 ms
/// or more than 1,000,000 steps.
Result<std::vector<ActivityStep>> activity(
    const SceneReader& reader, const CameraId& camera, TimeSpan span, Duration step
);

}  // namespace bongsu::scenelog
