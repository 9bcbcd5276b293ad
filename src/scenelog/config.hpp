#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace bongsu::scenelog {

struct SceneLogConfig {
    std::string root = "scenes";  ///< folder of all files
    Duration keep_for = std::chrono::hours{24 * 3};
    std::int64_t keep_bytes = 20'000'000'000;         ///< oldest hours go first; 0: no limit
    Duration block = std::chrono::seconds{20};        ///< at most this much is lost to a crash
    std::size_t queue_blocks = 4096;                  ///< blocks that wait for the disk
    Duration quiet_after = std::chrono::seconds{75};  ///< without tracks; see Thinning
    Duration quiet_every = std::chrono::seconds{1};   ///< then one scene in so long is kept
};

/// The section "scenelog" of the configuration.
const SettingsSchema& scenelog_schema();
SceneLogConfig read_scenelog_config(const Settings& settings);

}  // namespace bongsu::scenelog
