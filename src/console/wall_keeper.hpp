#pragma once

#include "console/camera_activity.hpp"
#include "console/event_stream.hpp"
#include "console/incident_board.hpp"
#include "console/route.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "domain/camera_health.hpp"
#include "exec/periodic_timers.hpp"
#include "fleet/fleet.hpp"
#include "store/incident_store.hpp"
#include "wall/wall_planner.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <boost/json/fwd.hpp>

namespace bongsu::console {

/// What an operator wishes of their wall. Members that are not set stay as they are.
struct WallWish {
    std::optional<std::size_t> slots;              ///< 1 to 36
    std::optional<std::vector<CameraId>> pins;     ///< in order of wish
    std::optional<std::optional<CameraId>> focus;  ///< set to nothing: no focus
    std::optional<bool> is_paused;
};

/// Somebody on shift, for the supervisor.
struct OnShift {
    std::string user;
    std::string name;
    WallTime since;
    std::size_t cameras = 0;  ///< share
    std::size_t beyond = 0;
    std::size_t cap = 0;
    double load = 0;
    std::size_t incidents = 0;  ///< on tiles or waiting for one
    Duration unseen{};          ///< of the longest unseen
};

/// The whole shift at one instant.
struct ShiftState {
    std::vector<OnShift> operators;  ///< by the time they came
    std::optional<CameraId> longest_unseen;
    Duration unseen{};
    std::optional<Duration> bound;
    std::size_t unassigned = 0;
};

/// Keeps the walls of all operators on shift: gathers once a second what goes on, asks the planner,
/// and tells each operator's consoles what changed. Who has no console open for the grace has left,
/// also after a restart: their cameras go to the others. Thread-safe.
class WallKeeper {
public:
    struct Parts {
        const Clock& clock;
        fleet::Fleet& fleet;
        store::IncidentStore& incidents;
        EventStream& events;
        std::function<HealthSnapshotPtr()> health;  ///< may be empty: every camera has signal
        /// The principal as it is now; null when it may no longer be here.
        std::function<PrincipalPtr(const PrincipalPtr&)> refresh;
        /// Whether a console of this user is open now.
        std::function<bool(const std::string& user)> has_console;
        /// Called without any lock for each whose shift ended because no console of theirs was
        /// open for the grace. May be empty.
        std::function<void(const identity::Principal&)> on_lost{};
        Duration grace = std::chrono::minutes{5};
        std::filesystem::path file{};  ///< keeps shift and pins over a restart; empty: nothing does
        wall::WallSettings settings{};
    };

    explicit WallKeeper(Parts parts);
    ~WallKeeper();
    WallKeeper(const WallKeeper&) = delete;
    WallKeeper& operator=(const WallKeeper&) = delete;

    /// Reads the open incidents and who was on shift, and starts the timer. Subscribe take()
    /// before. Errors: the store's.
    Status start();
    /// Idempotent.
    void stop();

    /// What every camera's analysis saw. Quick: holds nobody up.
    void take(const Scene& scene);
    /// A stored change of an incident.
    void take(const incidents::IncidentUpdate& update);
    /// A session ended: who came on shift with it leaves.
    void session_ended(const std::string& session);

    /// Comes on shift, or changes the cap of whoever is. Returns their wall.
    boost::json::object come(const PrincipalPtr& principal, std::optional<std::size_t> cap);
    void leave(const std::string& user);
    /// InvalidArgument names what is wrong. Somebody who is not on shift keeps pins and slots for
    /// when they come.
    Result<boost::json::object> configure(const PrincipalPtr& principal, const WallWish& wish);
    /// The wall as /api/v1/wall gives it.
    boost::json::object wall_of(const std::string& user);

    ShiftState shift() const;

    /// One turn; the timer calls it once a second, tests that drive their own clock call it.
    void tick();

private:
    /// What is kept of one user, on shift or not.
    struct Desk {
        std::optional<WallTime> since;  ///< on shift since
        PrincipalPtr principal;
        std::size_t cap = kUsualCap;
        std::size_t slots = kUsualSlots;
        std::vector<CameraId> pins;
        std::optional<CameraId> focus;
        bool is_paused = false;
        std::vector<char> sees;           ///< by camera of cameras_
        PrincipalPtr sees_principal;      ///< for whom, and ...
        std::uint64_t sees_revision = 0;  ///< ... at which revision of the fleet that was found out
        std::optional<wall::OperatorWall> wall;
        MonoTime heard;  ///< when a console of theirs was last open
    };

    /// Rule of thumb of the trade: so many cameras can one person answer for.
    static constexpr std::size_t kUsualCap = 50;
    static constexpr std::size_t kUsualSlots = 16;

    ShiftState shift_now() const;
    void restore();
    void keep() const;
    std::vector<PrincipalPtr> turn();
    std::vector<PrincipalPtr> dismiss_absent();
    void gather();
    void gather_fleet(const fleet::FleetSnapshot& fleet);
    void find_out_rights(Desk& desk, const fleet::FleetSnapshot& fleet) const;
    void refresh_one();
    std::vector<wall::WallOperator> operators_now();
    void plan();
    void tell(bool all);
    boost::json::object wall_json(const Desk& desk) const;

    const Parts parts_;
    CameraActivity activity_;
    IncidentBoard board_;
    mutable std::mutex mutex_;  ///< for all below
    std::map<std::string, Desk> desks_;
    fleet::FleetSnapshotPtr fleet_;
    std::vector<wall::WallCamera> cameras_;
    wall::WallPlanner planner_;
    wall::Plan plan_;
    std::size_t turns_ = 0;
    std::optional<exec::TimerThread> timer_;
};

}  // namespace bongsu::console
