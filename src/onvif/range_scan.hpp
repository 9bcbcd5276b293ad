#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "onvif/address_range.hpp"
#include "onvif/http.hpp"
#include "onvif/remark.hpp"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace bongsu::onvif {

/// Something at an address that looks like a camera.
struct ScanFinding {
    std::string address;  ///< of the device service, or rtsp://host:port when only RTSP answers
    std::string name;     ///< host name that the device tells everybody; may be empty
    bool is_onvif = false;
    bool has_rtsp = false;
    Remark problem;  ///< without words when all is well
};

struct ScanOptions {
    std::vector<std::uint16_t> http_ports{80, 8080, 8899, 2020};  ///< when the range names no port
    std::uint16_t rtsp_port = 554;
    int concurrency = 32;  ///< addresses asked at once, 1 to 128
    Duration connect_deadline = std::chrono::milliseconds{700};  ///< per port
    Duration call_deadline = std::chrono::seconds{3};            ///< per ONVIF call
    Duration deadline = std::chrono::minutes{10};                ///< of the whole scan
};

/// What happens during a scan; called on the scan's own threads, never two at once.
struct ScanEvents {
    std::function<void(std::size_t asked, std::size_t total)> on_progress;
    std::function<void(ScanFinding)> on_finding;
};

/// Asks every address of the range: a TCP connection, then ONVIF's GetSystemDateAndTime, which
/// every camera answers to everybody; then whether RTSP listens. Sends no credentials. Blocks;
/// Cancelled when stopped, Timeout when the whole deadline passed.
Status scan(
    const AddressRange& range,
    const ScanOptions& options,
    const Http& http,
    const ScanEvents& events,
    const std::stop_token& stop = {}
);

/// Whether something accepts TCP connections there within the deadline. `host` is an address of
/// IPv4 or IPv6, or a name; looking up a name has no deadline.
bool accepts_tcp(const std::string& host, std::uint16_t port, Duration deadline);

}  // namespace bongsu::onvif
