#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "domain/camera.hpp"
#include "exec/periodic_timers.hpp"
#include "exec/serial_queue.hpp"
#include "exec/worker_pool.hpp"
#include "incidents/incident_engine.hpp"
#include "incidents/snapshot_writer.hpp"
#include "store/incident_store.hpp"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace bongsu::app {

/// Where all cameras' events come together: the incident engine with its own thread, its store, its
/// pictures and its clockwork. Events may come from any thread; no event is dropped for want of
/// time, pictures are left out first.
class IncidentDesk {
public:
    /// `store`, `clock` and `metrics` must outlive it. Picks up incidents that were going on when
    /// the program last stopped.
    static Result<std::unique_ptr<IncidentDesk>> create(
        const incidents::IncidentSettings& settings,
        store::IncidentStore& store,
        const std::filesystem::path& snapshots,
        const Clock& clock,
        Metrics& metrics
    );
    ~IncidentDesk();
    IncidentDesk(const IncidentDesk&) = delete;
    IncidentDesk& operator=(const IncidentDesk&) = delete;

    /// Before the first event only.
    void subscribe(incidents::IncidentEngine::Subscriber subscriber);
    void set_zones(const CameraConfig& camera);

    void take(const BehaviourEvent& event, const Frame* frame);

    /// Handles what waits, then stops. Idempotent.
    void stop();

    /// Events turned away because the queue was full: an alarm, never expected.
    std::uint64_t rejected() const { return rejected_; }

private:
    class StoreSink;
    IncidentDesk(
        const incidents::IncidentSettings& settings,
        store::IncidentStore& store,
        const std::filesystem::path& snapshots,
        const Clock& clock,
        Metrics& metrics
    );
    incidents::PictureEncoders encoders();
    void push(exec::Task task, bool is_tick);

    std::unique_ptr<StoreSink> sink_;
    incidents::SnapshotWriter snapshots_;
    incidents::IncidentEngine engine_;
    std::atomic<std::uint64_t> rejected_{0};
    std::atomic<std::uint64_t> next_key_{1};
    exec::WorkerPool pool_{"incidents", 1};
    exec::SerialQueue queue_;
    std::optional<exec::TimerThread> ticker_;
};

}  // namespace bongsu::app
