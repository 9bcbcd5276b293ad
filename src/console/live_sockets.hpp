#pragma once

#include "console/ports.hpp"
#include "console/route.hpp"
#include "domain/access_unit.hpp"
#include "exec/periodic_timers.hpp"
#include "identity/purpose.hpp"
#include "live/viewer.hpp"
#include "net/http.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace bongsu::console {

/// The WebSockets that show live pictures (docs/design/console.md, "Live pictures"). Looks again
/// every ten seconds whether their viewers may still look, and closes those who may not: whose
/// session ended, whose right was taken away, whose camera is gone. Thread-safe.
class LiveSockets {
public:
    /// `parts.live` must not be null.
    explicit LiveSockets(const ConsoleParts& parts);
    ~LiveSockets();
    LiveSockets(const LiveSockets&) = delete;
    LiveSockets& operator=(const LiveSockets&) = delete;

    /// For a call whose rights were checked.
    net::WebSocketAccept accept(const Call& call, live::WantedRole role, bool wants_scenes);

    std::size_t open() const;

    /// Closes those who may no longer look. Called by the own timer.
    void check_rights();

private:
    struct Viewer;
    using ViewerPtr = std::shared_ptr<Viewer>;

    void on_text(Viewer& viewer, std::string_view text);
    void forget(const Viewer& viewer);
    bool is_session_open(const identity::Principal& principal) const;
    bool may_look(const Viewer& viewer) const;

    const ConsoleParts& parts_;
    mutable std::mutex mutex_;
    std::unordered_map<const Viewer*, ViewerPtr> viewers_;
    std::optional<exec::TimerThread> timer_;
};

}  // namespace bongsu::console
