#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/access_unit.hpp"
#include "domain/camera.hpp"
#include "pipeline/camera_stats.hpp"
#include "pipeline/frame_analysis.hpp"
#include "pipeline/settings.hpp"
#include "pipeline/worker_kit.hpp"
#include "triage/coverage_ledger.hpp"
#include "triage/scheduler.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace bongsu::pipeline {

/// The analysis of many cameras on one pool of threads: from coded pictures to events. Thread-safe.
class AnalysisEngine {
public:
    /// Makes one detector per thread at once, so that missing models show before any camera is
    /// added. `clock` and what `parts` refers to must outlive the engine. The observers run on the
    /// engine's threads.
    static Result<std::unique_ptr<AnalysisEngine>> create(
        const AnalysisConfig& config,
        const Clock& clock,
        const DetectorFactory& make_detector,
        AnalysisParts parts
    );
    /// stop()
    ~AnalysisEngine();

    /// AlreadyExists, or InvalidArgument naming the rule and the wrong setting.
    Status add_camera(const CameraConfig& camera);
    /// Takes changed zones, masks and rules of a known camera (NotFound otherwise); unchanged rules
    /// keep their memory. On an error the old ones stay in force.
    Status replace_camera(const CameraConfig& camera);
    /// Ends its open events. NotFound for an unknown camera.
    Status remove_camera(const CameraId& camera);

    /// The next unit of a camera's stream; units of unknown cameras and of the stream that is not
    /// analysed (the main one where there is a sub one) are ignored. Never blocks on analysis.
    void push(AccessUnitPtr unit);
    /// The next decoded picture of a camera, for sources that deliver pictures.
    void push_frame(Frame frame);
    /// What ingest knows of the camera's signal.
    void set_signal(const CameraId& camera, SignalState state);
    /// Somebody looks at this camera or something happens beside it: follow it for the hold time.
    Status look(const CameraId& camera);
    /// Shares the budget anew, ages cameras without signal, sets the gauges. A timer does so once a
    /// second; a replay that drives its own clock calls it.
    void tick();
    /// Returns when all that was pushed for this camera has been analysed. For replays and tests.
    void flush(const CameraId& camera);

    std::optional<CameraStats> stats(const CameraId& camera) const;
    std::vector<CameraStats> all_stats() const;
    triage::SchedulerStatus scheduler_status() const;
    const triage::CoverageLedger& coverage() const;

    /// Ends all open events and joins the threads. Idempotent; not from an observer.
    void stop();

private:
    struct Impl;
    explicit AnalysisEngine(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::pipeline
