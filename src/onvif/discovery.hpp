#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::onvif {

/// A device that answered a WS-Discovery probe.
struct DiscoveredDevice {
    std::string endpoint;                ///< its urn:uuid, the same over all its addresses
    std::vector<std::string> addresses;  ///< of its device service, http or https
    std::string peer;                    ///< the address that the answer came from
    std::string name;                    ///< from its scopes; may be empty, as may the next
    std::string hardware;
    std::string location;

    /// The first address on the host that answered, else the first of all; empty when it has none.
    std::string best_address() const;
};

struct MulticastProbe {
    std::vector<std::string> interfaces;  ///< own IPv4 addresses; empty: the system's choice
    std::string group = "239.255.255.250";
    std::uint16_t port = 3702;
    Duration wait = std::chrono::seconds{3};  ///< for answers, after the first of two probes
    std::size_t max_devices = 2048;           ///< further ones are left out
};

/// Asks the network for cameras (WS-Discovery 1.0, 5; ONVIF core specification 7.3). Blocks for
/// `wait`. `found` is called for each device once, on the calling thread. Errors: InvalidArgument
/// for an interface that is no address of this machine, Unavailable when nothing can be sent.
Status discover(
    const MulticastProbe& options,
    const std::function<void(DiscoveredDevice)>& found,
    const std::stop_token& stop = {}
);

/// The probe's text.
std::string write_probe(std::string_view message_id);

/// The devices in a datagram; empty when it is no ProbeMatches. At most 64.
Result<std::vector<DiscoveredDevice>> parse_probe_matches(std::string_view datagram);

/// This machine's own IPv4 addresses that can send multicast, loopback last.
std::vector<std::string> own_addresses();

}  // namespace bongsu::onvif
