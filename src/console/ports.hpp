#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "core/result.hpp"
#include "core/value.hpp"
#include "domain/access_unit.hpp"
#include "domain/camera_health.hpp"
#include "domain/incident.hpp"
#include "domain/incident_action.hpp"
#include "domain/stream_probe.hpp"
#include "incidents/settings.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

// The parts that the console works with; each row file includes what it uses.
namespace bongsu::audit {
class AuditLog;
}  // namespace bongsu::audit

namespace bongsu::behaviours {
class Registry;
}  // namespace bongsu::behaviours

namespace bongsu::fleet {
class Fleet;
}  // namespace bongsu::fleet

namespace bongsu::identity {
class Identity;
}  // namespace bongsu::identity

namespace bongsu::live {
class LiveHub;
}  // namespace bongsu::live

namespace bongsu::recording {
class MotionSearch;
class PlaybackReader;
}  // namespace bongsu::recording

namespace bongsu::scenelog {
class SceneLog;
class SceneReader;
}  // namespace bongsu::scenelog

namespace bongsu::store {
class Store;
}  // namespace bongsu::store

namespace bongsu::console {

class EventStream;
class WallKeeper;

/// Everything that the routes reach, put together by app. References outlive the console. Pointers
/// are null when this node does not play that role; routes then answer 503 and say so.
struct ConsoleParts {
    const Clock& clock;
    Metrics& metrics;
    store::Store& store;
    identity::Identity& identity;
    audit::AuditLog& audit;
    fleet::Fleet& fleet;
    EventStream& events;
    const behaviours::Registry& behaviours;
    std::function<HealthSnapshotPtr()> health;  ///< of all cameras, as of the last second
    /// Keeps a stream connected and read without delay while the returned object lives.
    std::function<Result<std::shared_ptr<void>>(const CameraId&, StreamRole)> watch;
    /// Somebody looks at this camera: its analysis follows it for a while.
    std::function<Status(const CameraId&)> look;
    std::function<ProbeResult(const ProbeRequest&)> probe;  ///< blocks for at most ten seconds
    std::function<Value()> system;                          ///< the body of GET /api/v1/system
    /// What people do about incidents: stored and told to everybody when it returns.
    std::function<Result<Incident>(const IncidentId&, IncidentAction)> act;
    std::function<Result<Incident>(IncidentMerge)> merge;
    incidents::IncidentSettings incident_settings{};  ///< say when incidents are escalated
    live::LiveHub* live = nullptr;
    recording::PlaybackReader* playback = nullptr;
    recording::MotionSearch* motion_search = nullptr;
    scenelog::SceneReader* scenes = nullptr;
    scenelog::SceneLog* scene_log = nullptr;  ///< to be flushed before what is newest is read
    WallKeeper* wall = nullptr;
    std::filesystem::path data;        ///< the node's data folder
    std::filesystem::path recordings;  ///< empty: nothing is recorded here
    std::filesystem::path snapshots;
    std::string time_zone;  ///< such as "+09:00"
    std::string version;
};

}  // namespace bongsu::console
