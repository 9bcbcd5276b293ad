#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bongsu::camsim {

/// An address that answers nothing: whoever connects waits until its own patience ends, as with a
/// camera that is switched off or behind a firewall. A socket listens with the shortest queue and
/// the queue is kept full, upon which Linux drops every further SYN. Runs on: one thread.
class SilentPort {
public:
    SilentPort() = default;

    ~SilentPort() { close(); }

    SilentPort(const SilentPort&) = delete;
    SilentPort& operator=(const SilentPort&) = delete;

    /// `port` 0 takes any free one. IPv4 only. Unavailable names address and port.
    Status open(const std::string& address, std::uint16_t port);
    void close();

    /// In use after open.
    std::uint16_t port() const { return port_; }

private:
    std::vector<int> sockets_;  // the listening one first, then those that fill its queue
    std::uint16_t port_ = 0;
};

}  // namespace bongsu::camsim
