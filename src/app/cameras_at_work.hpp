#pragma once

#include "app/camera_link.hpp"
#include "app/coverage_keeper.hpp"
#include "app/incident_desk.hpp"
#include "app/recent_growth.hpp"
#include "app/stream_choice.hpp"
#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "core/result.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/camera.hpp"
#include "domain/camera_health.hpp"
#include "exec/periodic_timers.hpp"
#include "ingest/ingest.hpp"
#include "pipeline/analysis_engine.hpp"
#include "recording/recording.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bongsu::app {

/// Who else wants to know. Called on ingest's threads; must not block, nor call CamerasAtWork.
struct CameraObservers {
    std::function<void(const CameraId&, StreamRole, ingest::StreamState)> on_stream;
    std::function<void(const AccessUnit&)> on_recorded;
    std::function<void(const AccessUnitPtr&)> on_unit;  ///< every unit of every connected stream
};

/// What the cameras of a station work with. Null: this node does not play that role.
struct WorkParts {
    const Clock& clock;
    ingest::Ingest& ingest;
    IncidentDesk& desk;
    recording::Recording* recording = nullptr;
    pipeline::AnalysisEngine* analysis = nullptr;
    CoverageKeeper* coverage = nullptr;
    CameraObservers observers;
    FallbackTimes fallback{};
};

/// The cameras of a running station: which streams are connected and where they go. Cameras come,
/// change and go at any time. A stream that is neither recorded nor analysed is connected while
/// somebody watches it and some seconds longer. While a sub stream is away its camera is analysed
/// on the main stream, the gravest cameras first and at most a tenth of all, as that costs several
/// times more. Thread-safe; changes wait for each other, health() waits for nobody.
class CamerasAtWork {
public:
    explicit CamerasAtWork(WorkParts parts);
    ~CamerasAtWork();
    CamerasAtWork(const CamerasAtWork&) = delete;
    CamerasAtWork& operator=(const CamerasAtWork&) = delete;

    /// AlreadyExists, or what ingest, recording or analysis say. A camera that could not be put to
    /// work stays known, and health() says why.
    Status add(const CameraConfig& camera);

    /// Changes only what is different: zones, masks, rules, recording and analysis without touching
    /// a connection, a stream without touching the other one. Adds an unknown camera.
    Status replace(const CameraConfig& camera);

    /// NotFound for an unknown camera. Its recordings stay until retention takes them.
    Status remove(const CameraId& camera);

    /// As long as the returned object lives, the stream is connected and read without delay; the
    /// object may go at any time, on any thread. NotFound for a camera or role that is not there.
    Result<std::shared_ptr<void>> watch(const CameraId& camera, StreamRole role);

    /// Keeps track of cameras' faults. Runs on: any thread.
    void note(const BehaviourEvent& event);

    /// As of the last second. Cheap.
    HealthSnapshotPtr health() const;

    /// Chooses the streams that are analysed, ends connections that nobody needs and works out
    /// health. A timer does so once a second.
    void tick();

    std::vector<CameraId> ids() const;

    /// Ends the timer; connections are ingest's to end. Idempotent.
    void stop();

private:
    struct Watching;

    struct Stream {
        StreamConfig config;
        std::unique_ptr<CameraLink> link;       ///< null while it is not connected
        std::optional<Duration> read_interval;  ///< as set last
        std::uint64_t units = 0;                ///< at the last tick
        double frames_per_second = 0;
        std::optional<MonoTime> unneeded_since;
    };

    struct Camera {
        explicit Camera(FallbackTimes times) : choice(times) {}

        CameraConfig config;
        std::map<StreamRole, Stream> streams;
        StreamChoice choice;
        std::string problem;  ///< why it could not be put to work
        CameraCondition condition = CameraCondition::Off;
        WallTime since;
        RecentGrowth undecoded{std::chrono::seconds{30}};  ///< pictures that no decoder could read
    };

    using StreamKey = std::pair<CameraId, StreamRole>;

    Status put_to_work(Camera& camera);
    void take_from_work(Camera& camera);
    Status change(Camera& camera, const CameraConfig& next);
    Status change_analysis(const Camera& camera, const CameraConfig& next, StreamRole role);
    StreamRole analysed_role(const Camera& camera) const;
    static bool plays(const Camera& camera, StreamRole role);
    bool can_fall_back(const CameraConfig& camera) const;
    void choose_streams(MonoTime now);
    Status analyse_on(Camera& camera, StreamRole role);
    void hand_on(Camera& camera);
    Status connect(Camera& camera, Stream& stream);
    void disconnect(const Camera& camera, Stream& stream);
    Status connect_needed(Camera& camera);
    void set_read_interval(const Camera& camera, Stream& stream);
    bool is_recorded(const CameraConfig& camera, StreamRole role) const;
    bool is_analysed(const Camera& camera, StreamRole role) const;
    bool is_watched(const CameraId& camera, StreamRole role) const;
    bool is_needed(const Camera& camera, StreamRole role) const;
    StreamOutlets outlets_for(const Camera& camera, const StreamConfig& stream);

    using Statistics = std::map<StreamKey, ingest::StreamStatistics>;
    using Levels = std::map<CameraId, pipeline::CameraStats>;
    StreamHealth health_of(
        const CameraConfig& camera, Stream& stream, const Statistics& statistics, double seconds
    );
    CameraHealth health_of(
        Camera& camera, const Statistics& statistics, const Levels& levels, double seconds
    );
    void judge(Camera& camera, CameraHealth& health) const;

    WorkParts parts_;
    mutable std::mutex mutex_;
    std::map<CameraId, Camera> cameras_;
    std::optional<MonoTime> ticked_at_;
    Guarded<std::map<CameraId, std::map<EventId, std::string>>> faults_;
    std::shared_ptr<Guarded<std::map<StreamKey, int>>> watchers_;  ///< outlives their tokens' owner
    Guarded<HealthSnapshotPtr> health_;
    std::optional<exec::TimerThread> timer_;
};

}  // namespace bongsu::app
