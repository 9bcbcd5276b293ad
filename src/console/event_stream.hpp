#pragma once

#include "console/route.hpp"
#include "core/clock.hpp"
#include "core/guarded.hpp"
#include "core/metrics.hpp"
#include "core/strong_id.hpp"
#include "exec/periodic_timers.hpp"
#include "exec/serial_queue.hpp"
#include "exec/worker_pool.hpp"
#include "incidents/incident_update.hpp"
#include "incidents/settings.hpp"
#include "net/http.hpp"
#include "store/incident_store.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::console {

/// How a camera is doing, as the stream tells it. Cameras that are well are left out of what a
/// console gets at its start.
struct CameraState {
    CameraId camera;
    std::string state;  ///< "ok", "degraded", "lost", "off"
    WallTime since;
    std::string words;
};

/// The stream of events to all open consoles (docs/design/console.md, "Event stream"). The sequence
/// of incidents is the store's numbers of changes, so that a console which says the last number
/// that it has gets exactly what it lacks, whoever was away. Everything is sent by one thread of
/// its own; a console that does not keep up is cut and comes back by itself. Thread-safe.
class EventStream {
public:
    struct Parts {
        const Clock& clock;
        Metrics& metrics;
        store::IncidentStore& incidents;
        incidents::IncidentSettings settings;  ///< say when an incident is escalated
        /// Whether this principal may see incidents of this camera.
        std::function<bool(const identity::Principal&, const CameraId&)> sees;
        /// The principal as it is now; null when it may no longer be here.
        std::function<PrincipalPtr(const PrincipalPtr&)> refresh;
    };

    explicit EventStream(Parts parts);
    ~EventStream();
    EventStream(const EventStream&) = delete;
    EventStream& operator=(const EventStream&) = delete;

    /// Starts behind the newest stored change. Errors: the store's.
    Status start();

    /// A stored change of an incident. Numbers that were skipped are fetched from the store.
    void publish(const incidents::IncidentUpdate& update);

    /// What changed since the last call; cameras not named stay as they are.
    void set_states(std::vector<CameraState> changed);

    /// A message for all consoles of one user. `text` is a JSON object with a "type".
    void send_to_user(const std::string& user, std::string text);
    /// A message for everybody whom `may_see` lets.
    void send_to_all(std::string text, std::function<bool(const identity::Principal&)> may_see);

    /// Tells the consoles of this session that it ended, and closes them.
    void end_session(const std::string& session, std::string reason);

    /// Accepts one console.
    net::WebSocketAccept accept(PrincipalPtr principal);

    std::size_t consoles() const;
    /// Whether a console of this user is open now.
    bool has_console(const std::string& user) const;

    /// Closes everything. Idempotent.
    void stop();

private:
    struct Console;
    using ConsolePtr = std::shared_ptr<Console>;

    /// One change as it is sent.
    struct Message {
        std::int64_t change = 0;
        CameraId camera;
        std::shared_ptr<const std::string> text;
    };

    void count(const std::string& user, bool is_open);
    void push(exec::Task task);
    void greet(const ConsolePtr& console, std::optional<std::int64_t> after);
    Status catch_up(Console& console, std::int64_t after);
    void send_states(Console& console) const;
    void fetch_missing();
    void broadcast(const std::vector<Message>& messages);
    void send(Console& console, const Message& message) const;
    void tick();
    void refresh_principals();

    const Parts parts_;
    Gauge& open_;
    Counter& sent_;
    Counter& cut_;
    std::map<const Console*, ConsolePtr> consoles_;  ///< only on the queue, as all below
    std::map<CameraId, CameraState> states_;
    std::int64_t latest_ = 0;  ///< number of the newest change that was broadcast
    int ticks_ = 0;
    std::atomic<std::size_t> count_{0};
    Guarded<std::map<std::string, std::size_t>> by_user_;  ///< open consoles of each user
    std::atomic<std::uint64_t> next_key_{1};
    exec::WorkerPool pool_{"console-push", 1};
    exec::SerialQueue queue_;
    std::optional<exec::TimerThread> ticker_;
};

}  // namespace bongsu::console
