#pragma once

#include "app/city_config.hpp"
#include "core/clock.hpp"
#include "incidents/incident_update.hpp"
#include "ingest/ingest.hpp"
#include "pipeline/camera_stats.hpp"
#include "pipeline/observers.hpp"
#include "recording/recording.hpp"
#include "triage/scheduler.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace bongsu::behaviours {
class Registry;
}  // namespace bongsu::behaviours

namespace bongsu::fleet {
class Fleet;
}  // namespace bongsu::fleet

namespace bongsu::pipeline {
class AnalysisEngine;
}  // namespace bongsu::pipeline

namespace bongsu::store {
class Store;
}  // namespace bongsu::store

namespace bongsu::app {

class CamerasAtWork;
class IncidentDesk;

/// What those who run a station may add to it. All may be empty; all are called on the station's
/// threads.
struct StationObservers {
    std::function<void(const incidents::IncidentUpdate&)> on_incident;
    pipeline::SceneObserver on_scene;
    std::function<void(const CameraId&, StreamRole, ingest::StreamState)> on_stream;
    std::function<void(const AccessUnit&)> on_recorded;  ///< each access unit handed to recording
    std::function<void(const AccessUnitPtr&)> on_unit;   ///< each unit of each connected stream
    pipeline::EventObserver on_event;                    ///< before it becomes an incident
    /// A camera came (`before` is null), changed, or went (`after` is null); before it is put to
    /// work and after it was taken from it.
    std::function<void(const CameraConfig* before, const CameraConfig* after)> on_camera;
};

/// How a station is doing.
struct StationReport {
    std::vector<pipeline::CameraStats> cameras;
    std::vector<ingest::StreamReport> streams;
    recording::RecordingState recording;
    triage::SchedulerStatus scheduler;
    Duration longest_unwatched{};
    std::uint64_t incidents_rejected = 0;
};

/// The parts of a station that a console works with; valid while the station lives. Null: this node
/// does not play that role.
struct StationParts {
    store::Store& store;
    Metrics& metrics;
    IncidentDesk& desk;
    fleet::Fleet& fleet;     ///< changes of it are put to work by the station
    CamerasAtWork& cameras;  ///< health, and streams on demand
    const behaviours::Registry& behaviours;
    ingest::Ingest& ingest;
    pipeline::AnalysisEngine* analysis = nullptr;
    recording::Recording* recording = nullptr;
};

/// One node at work: everything from cameras to stored incidents, put together. Its cameras are
/// those of the store and of the configuration file; a change of the fleet is put to work at once.
/// Made by create(), set going by start(), ended by stop() or the destructor.
class Station {
public:
    /// Opens the database, recovers recordings, loads the models. Errors are for the person who
    /// started the program: they say what, which, and what to do.
    static Result<std::unique_ptr<Station>> create(
        const CityConfig& config, const Clock& clock, StationObservers observers
    );
    ~Station();
    Station(const Station&) = delete;
    Station& operator=(const Station&) = delete;

    /// Adds to what create() was given. Before start only.
    void observe(StationObservers observers);

    /// Connects the cameras and opens the monitor's port.
    Status start();

    /// Cameras first, incidents last: what came in is still finished. Returns how things stood when
    /// all was finished. Idempotent.
    StationReport stop();

    /// Somebody looks at this camera: it is followed for the hold time. NotFound when it is not
    /// analysed here.
    Status look(const CameraId& camera);

    StationReport report() const;
    StationParts parts();
    std::uint16_t monitor_port() const;
    std::size_t cameras() const;

private:
    struct Impl;
    explicit Station(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::app
