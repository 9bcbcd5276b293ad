#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace bongsu::recording {

struct RecordingConfig {
    std::string root = "recordings";  ///< folder of all segment files
    Duration segment =
        std::chrono::seconds{60};  ///< a segment ends at the first key frame after this
    Duration fragment = std::chrono::seconds{2};    ///< a GOP longer than this is written in pieces
    Duration sync_every = std::chrono::seconds{5};  ///< at most this much is lost to a power cut
    int writers = 8;                                ///< threads
    std::size_t queue_units = 20'000;               ///< access units waiting per writer
    std::int64_t queue_bytes = 256'000'000;         ///< bytes waiting in all queues together
    Duration retry_first =
        std::chrono::seconds{1};  ///< pause after a disk error, doubled each time
    Duration retry_most = std::chrono::seconds{60};
    Duration idle_close =
        std::chrono::seconds{15};  ///< a stream silent this long has its segment closed
    Duration retention_every = std::chrono::seconds{60};
    Duration keep_unlisted =
        std::chrono::hours{24 * 30};               ///< retention of cameras no longer configured
    std::int64_t keep_bytes_per_organisation = 0;  ///< 0: no limit
    std::int64_t free_floor = 1'000'000'000;  ///< oldest segments go when less is free; 0: never
};

/// The section "recording" of the configuration.
const SettingsSchema& recording_schema();
RecordingConfig read_recording_config(const Settings& settings);

}  // namespace bongsu::recording
