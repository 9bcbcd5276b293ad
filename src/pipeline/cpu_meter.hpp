#pragma once

#include "exec/cpu_time.hpp"
#include "pipeline/camera_lane.hpp"

namespace bongsu::pipeline {

/// Charges the CPU time of its scope to a camera and a stage. Runs on: one thread.
class CpuMeter {
public:
    CpuMeter(
        const LaneSurroundings& around,
        const CameraId& camera,
        triage::Stage stage,
        CameraStats& stats
    )
        : around_(around),
          camera_(camera),
          stage_(stage),
          stats_(stats),
          begin_(exec::thread_cpu_time()) {}

    ~CpuMeter() {
        const Duration used = exec::thread_cpu_time() - begin_;
        const auto index = static_cast<std::size_t>(stage_);
        stats_.cpu_seconds[index] += to_seconds(used);
        around_.scheduler.charge(camera_, stage_, used);
        around_.instruments.cpu_seconds[index]->add(to_seconds(used));
    }

    CpuMeter(const CpuMeter&) = delete;
    CpuMeter& operator=(const CpuMeter&) = delete;

private:
    const LaneSurroundings& around_;
    const CameraId& camera_;
    const triage::Stage stage_;
    CameraStats& stats_;
    const Duration begin_;
};

}  // namespace bongsu::pipeline
