#pragma once

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/settings.hpp"
#include "core/value.hpp"
#include "net/http_server.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace bongsu::console {

enum class TlsMode {
    SelfSigned,  ///< a certificate of our own, made below the data folder
    Files,       ///< `certificate` and `key`
    Off,         ///< only on loopback, or behind a proxy that does TLS
};

/// The section "console" of the configuration.
struct ConsoleConfig {
    bool is_enabled = true;
    std::string address;
    std::uint16_t port = 8443;
    TlsMode tls = TlsMode::SelfSigned;
    std::filesystem::path certificate;
    std::filesystem::path key;
    std::vector<std::string> hosts;  ///< names in the certificate of our own
    std::vector<std::string> trusted_proxies;
    std::filesystem::path page;  ///< built page; empty: beside the program
    int request_threads = 4;
    Duration shift_grace = std::chrono::minutes{5};  ///< without an open console
    std::filesystem::path map_tiles;                 ///< PMTiles; may be empty
    std::filesystem::path map_geojson;               ///< may be empty
    std::vector<double> map_center;                  ///< longitude, latitude; may be empty
    double map_zoom = 12;
};

const SettingsSchema& console_schema();

/// InvalidArgument when TLS is off on an address that is not loopback without a trusted proxy, or
/// files are not named.
Result<ConsoleConfig> parse_console_config(const Value& section, std::string_view path);

}  // namespace bongsu::console
