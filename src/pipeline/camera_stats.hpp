#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/scene.hpp"
#include "triage/scheduler.hpp"

#include <array>
#include <cstdint>

namespace bongsu::pipeline {

/// What one camera's analysis has done and cost since it was added.
struct CameraStats {
    CameraId camera;
    TriageLevel level = TriageLevel::T1;
    std::array<double, triage::kStages> cpu_seconds{};  ///< by triage::Stage
    std::uint64_t gate_looks = 0;
    std::uint64_t region_looks = 0;  ///< detector, on parts of a picture
    std::uint64_t whole_looks = 0;   ///< detector, on a whole picture
    std::uint64_t scenes = 0;        ///< pictures analysed while followed
    double scenes_per_second = 0;    ///< smoothed, of picture time; 0 when not followed
    std::uint64_t decoded = 0;       ///< coded pictures, but for single key frames
    std::uint64_t wakes = 0;
    std::uint64_t thinned = 0;  ///< detector runs left out over budget
    std::uint64_t keys_skipped = 0;
    std::uint64_t units_dropped = 0;
    std::uint64_t frames_dropped = 0;
    std::uint64_t decode_errors = 0;
    Duration longest_unwatched{};  ///< by the detector on the whole picture

    double total_cpu_seconds() const {
        double sum = 0;
        for (const double seconds : cpu_seconds) {
            sum += seconds;
        }
        return sum;
    }
};

}  // namespace bongsu::pipeline
