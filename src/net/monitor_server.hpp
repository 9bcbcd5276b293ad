#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace bongsu::net {

/// The answer of a health question: good or not, and why.
struct Health {
    bool is_good = true;
    std::string detail;  ///< for people, one line per finding; may be empty
};

/// What the monitor asks. Called on the monitor's own thread while the rest of the program runs, so
/// they must be thread-safe, quick and must not wait for another part of the program: that is how
/// the monitor still answers when everything else is overloaded.
struct MonitorHandlers {
    std::function<std::string()> metrics;  ///< the Prometheus text format
    std::function<Health()> live;          ///< bad: the process should be restarted
    std::function<Health()> ready;         ///< bad: it should get no work now
};

struct MonitorOptions {
    std::string bind = "127.0.0.1";
    std::uint16_t port = 9090;                     ///< 0: any free one
    int max_connections = 32;                      ///< beyond it new ones are closed at once
    Duration deadline = std::chrono::seconds{10};  ///< to send a request and to take the answer
};

/// Metrics and health over HTTP/1.1 on a port and a thread of its own: GET /metrics, /health/live
/// and /health/ready (200 or 503). Request heads above 8 KiB and any body are refused. start and
/// stop run on the owner's thread.
class MonitorServer {
public:
    MonitorServer(MonitorOptions options, MonitorHandlers handlers);
    ~MonitorServer();
    MonitorServer(const MonitorServer&) = delete;
    MonitorServer& operator=(const MonitorServer&) = delete;

    /// Errors: InvalidArgument (the address), Unavailable ("port 9090 is in use ..."),
    /// PermissionDenied.
    Status start();

    /// Closes everything and joins the thread. May be called twice.
    void stop();

    /// The port in use, after start.
    std::uint16_t port() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::net
