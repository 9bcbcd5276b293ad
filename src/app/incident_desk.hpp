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
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace bongsu::app {

/// Where all cameras' events come together: the incident engine with its own thread, its store, its
/// pictures and its clockwork. Thread-safe: events and people's actions may come from any thread;
/// no event is dropped for want of time, pictures are left out first.
class IncidentDesk {
public:
    /// `store`, `clock` and `metrics` must outlive it. Picks up all incidents that were going on
    /// when the program last stopped, and the timers of those that nobody had acknowledged.
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

    /// Told of every change that is stored from now on, in the order of change numbers, on the
    /// desk's thread; it must be quick and must not call the desk. Returns the number to
    /// unsubscribe with.
    Result<std::size_t> subscribe(incidents::IncidentEngine::Subscriber subscriber);
    /// The subscriber is not called any more when this returns. Not from the subscriber itself.
    void unsubscribe(std::size_t number);

    /// Zones, privacy masks (black in its pictures) and organisation of a camera; again whenever
    /// they change.
    void set_zones(const CameraConfig& camera);

    void take(const BehaviourEvent& event, const Frame* frame);

    /// What a person does; stored and told to all subscribers when this returns. Waits at most a
    /// few seconds: Timeout means that nothing was done. Other errors as IncidentEngine::act. Not
    /// from a subscriber.
    Result<Incident> act(const IncidentId& id, IncidentAction action);
    Result<Incident> merge(IncidentMerge request);

    const incidents::IncidentSettings& settings() const { return settings_; }

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
    bool push(exec::Task task, bool is_tick);
    template <class T>
    Result<T> ask(std::function<Result<T>(incidents::IncidentEngine&)> question);

    incidents::IncidentSettings settings_;
    std::unique_ptr<StoreSink> sink_;
    incidents::SnapshotWriter snapshots_;
    incidents::IncidentEngine engine_;
    std::map<CameraId, std::vector<Polygon>> private_masks_;  ///< on the desk's thread
    std::atomic<std::uint64_t> rejected_{0};
    std::atomic<std::uint64_t> next_key_{1};
    exec::WorkerPool pool_{"incidents", 1};
    exec::SerialQueue queue_;
    std::optional<exec::TimerThread> ticker_;
};

}  // namespace bongsu::app
