#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "domain/scene.hpp"
#include "scenelog/config.hpp"

#include <memory>

namespace bongsu::scenelog {

/// Writes what the behaviours saw, so that rules can be run again over the past. Scenes are packed
/// on the camera's own thread (microseconds) and written by one thread of the log. Queue: bounded
/// by `queue_blocks`, policy reject, counted: a slow disk costs scenes of the log, never analysis.
/// Thread-safe.
class SceneLog {
public:
    /// Makes the folder and looks at what it holds. `clock` and `metrics` must outlive the log.
    static Result<std::unique_ptr<SceneLog>> create(
        const SceneLogConfig& config, const Clock& clock, Metrics& metrics
    );
    /// stop()
    ~SceneLog();
    SceneLog(const SceneLog&) = delete;
    SceneLog& operator=(const SceneLog&) = delete;

    /// Scenes of one camera come in order and never two at once; those of several cameras may.
    void take(const Scene& scene);

    /// Returns when all that was taken of this camera can be read. ResourceExhausted when the queue
    /// is full: older scenes can be read. Blocks for the time of the writes that wait;
    /// not while stop() runs.
    Status flush(const CameraId& camera);

    /// Seals blocks that are old enough and keeps to the limits. A timer does so once a second;
    /// tests that drive their own clock call it.
    void tick();

    /// Writes what is gathered and joins the threads. Idempotent.
    void stop();

private:
    struct Impl;
    explicit SceneLog(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::scenelog
