#pragma once

#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace bongsu::camsim {

/// A simulated camera as it introduces itself.
struct ProbeMatch {
    std::string endpoint;
    std::string scopes;
    std::string address;  ///< of its device service
};

/// Answers WS-Discovery probes for all cameras, one datagram per camera, on its own thread. Started
/// and stopped by the owner's thread.
class DiscoveryResponder {
public:
    /// `address`: an own IPv4 address whose network is listened to. `port` 0: any free one, for
    /// probes that are sent straight to it.
    DiscoveryResponder(std::string address, std::uint16_t port, std::vector<ProbeMatch> matches);
    ~DiscoveryResponder();
    DiscoveryResponder(const DiscoveryResponder&) = delete;
    DiscoveryResponder& operator=(const DiscoveryResponder&) = delete;

    Status start();
    void stop();

    std::uint16_t port() const { return port_; }

private:
    void run(const std::stop_token& stop);

    const std::string address_;
    std::uint16_t port_;
    const std::vector<ProbeMatch> matches_;
    int socket_ = -1;
    std::jthread thread_;
};

/// The answer to a probe, or nothing when the datagram is none that asks for cameras.
std::string answer_probe(std::string_view datagram, const ProbeMatch& match);

}  // namespace bongsu::camsim
