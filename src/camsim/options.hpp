#pragma once

#include "camsim/faults.hpp"
#include "camsim/onvif/options.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace bongsu::camsim {

/// What the simulator asks of its clients before DESCRIBE and everything after it.
enum class AuthMode { None, Basic, Digest, DigestSha256, Any };

struct CamsimOptions {
    std::string bind = "127.0.0.1";
    std::uint16_t port = 8554;  ///< RTSP over TCP; 0: any free one
    std::int64_t cameras = 0;   ///< 0: as listed; else the list is repeated up to this number
    AuthMode auth = AuthMode::None;
    std::string user = "admin";
    std::string password = "bongsu";  ///< of simulated cameras: guards nothing real
    Duration session_timeout = std::chrono::seconds{60};
    Duration report_interval = std::chrono::seconds{5};  ///< between RTCP sender reports
    std::int64_t packet_size = 1400;                     ///< largest RTP payload, bytes
    std::int64_t max_connections = 4096;
    std::int64_t backlog_bytes = 1 << 20;  ///< unsent bytes of a client before pictures are dropped
    std::int64_t film_bytes = std::int64_t{1} << 30;  ///< largest film held in memory
    std::int64_t journal_entries = 0;      ///< sent pictures and faults remembered per stream
    std::optional<Duration> outage_every;  ///< the power of all cameras fails each time this passes
    Duration outage_for{};                 ///< and stays away for as long
    bool outage_swallows = true;           ///< meanwhile connections are swallowed; false: refused
    /// Of every camera whose list entry has none.
    std::shared_ptr<const FaultScript> faults = no_faults();
    OnvifOptions onvif;
};

/// The table behind the options, for configuration files and the reference.
const SettingsSchema& options_schema();
Result<CamsimOptions> parse_options(const Value& map, std::string_view path);

}  // namespace bongsu::camsim
