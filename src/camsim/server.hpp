#pragma once

#include "camsim/options.hpp"
#include "camsim/stream.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <atomic>
#include <cstdint>
#include <memory>

namespace bongsu::camsim {

/// The RTSP server: one thread, one timer, all connections. Made, started and stopped by the
/// owner's thread; everything else happens on its own.
class Server {
public:
    struct Counters {
        std::atomic<std::int64_t> connections{0};
        std::atomic<std::uint64_t> refused{0};    ///< above max_connections
        std::atomic<std::int64_t> cpu_micros{0};  ///< used by the I/O thread so far
        std::atomic<std::int64_t> worst_tick_micros{0
        };  ///< longest time one turn of the timer took
    };

    Server(const CamsimOptions& options, const StreamDirectory& streams, const Clock& clock);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens and starts the thread. Errors (Unavailable, PermissionDenied) name address and port.
    Status start();

    /// Closes all connections and joins the thread. May be called twice.
    void stop();

    std::uint16_t port() const;
    const Counters& counters() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace bongsu::camsim
