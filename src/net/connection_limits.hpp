#pragma once

#include "core/metrics.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace bongsu::net {

/// Counts the open connections, all and by address. Thread-safe; outlives its tickets.
class ConnectionLimits {
public:
    ConnectionLimits(std::size_t max_all, std::size_t max_per_peer, Gauge& gauge);

    /// A ticket to hold as long as the connection is open; null when a limit is reached. Proxies
    /// stand for many people and are only counted among all.
    std::shared_ptr<void> admit(const std::string& peer, bool is_proxy);

    std::size_t open() const;

private:
    void leave(const std::string& peer);

    const std::size_t max_all_;
    const std::size_t max_per_peer_;
    Gauge& gauge_;
    mutable std::mutex mutex_;
    std::size_t open_ = 0;
    std::map<std::string, std::size_t> by_peer_;
};

}  // namespace bongsu::net
