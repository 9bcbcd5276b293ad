#pragma once

#include "core/clock.hpp"
#include "domain/scene.hpp"

#include <array>
#include <cstddef>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace bongsu::console {

/// Who is before which camera right now, gathered from the scenes of all cameras. Thread-safe;
/// cameras seldom wait for each other.
class CameraActivity {
public:
    struct Now {
        TriageLevel level = TriageLevel::T0;
        int people = 0;  ///< confirmed tracks
        int vehicles = 0;
        std::optional<WallTime> last_person;
        MonoTime arrived;  ///< of the latest scene
    };

    void take(const Scene& scene, MonoTime now);

    /// People and vehicles count for some seconds after the latest scene.
    Now of(const CameraId& camera, MonoTime now) const;

    void forget(const CameraId& camera);

private:
    struct Part {
        mutable std::mutex mutex;
        std::unordered_map<CameraId, Now> cameras;
    };

    static constexpr std::size_t kParts = 16;

    static std::size_t part_of(const CameraId& camera);

    std::array<Part, kParts> parts_;
};

}  // namespace bongsu::console
