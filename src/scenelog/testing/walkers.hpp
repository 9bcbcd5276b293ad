#pragma once

#include "domain/scene.hpp"

#include <cstdint>
#include <functional>
#include <vector>

namespace bongsu::scenelog::testing {

/// A street with people who walk through it, five scenes a second, as the tracker gives them:
/// boxes with the noise of real ones, histories of at most 256 points.
class Walkers {
public:
    Walkers(CameraId camera, WallTime start, int people);

    /// The next scene, 200 ms later; valid until the next call.
    Scene next();

private:
    float noise();

    CameraId camera_;
    WallTime time_;
    std::uint32_t random_ = 1;
    std::uint64_t last_id_ = 0;
    std::vector<Track> tracks_;
};

}  // namespace bongsu::scenelog::testing
