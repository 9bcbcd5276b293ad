#pragma once

#include "core/clock.hpp"
#include "core/settings.hpp"

#include <cstdint>

namespace bongsu::live {

struct LiveConfig {
    int threads = 2;                        ///< make and send fragments
    int picture_threads = 1;                ///< decode for pages without H.265
    int viewers = 1'000;                    ///< at most, all cameras together
    std::int64_t held_bytes = 512'000'000;  ///< held GOPs of all streams together
    std::int64_t gop_bytes = 16'000'000;    ///< held GOP of one stream
    std::int64_t viewer_bytes = 4'000'000;  ///< waiting for one viewer, before it is cut
    int picture_streams = 4;                ///< decoded wholly: privacy masks, pages without H.265
    double picture_rate = 5;                ///< pictures per second of those
    int picture_width = 640;
    int painted_width = 1'280;
    int still_decodes = 2;                          ///< at once
    Duration still_wait = std::chrono::seconds{2};  ///< for one of those, before Timeout
};

/// The section "live" of the configuration.
const SettingsSchema& live_schema();
LiveConfig read_live_config(const Settings& settings);

}  // namespace bongsu::live
