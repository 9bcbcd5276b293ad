#pragma once

#include "core/metrics.hpp"

#include <vector>

namespace bongsu::console {

inline const MetricDesc kOpenConsoles{
    .kind = MetricKind::Gauge,
    .name = "bongsu_console_open",
    .unit = "1",
    .help = "Consoles that are connected to the event stream",
};
inline const MetricDesc kMessagesSent{
    .kind = MetricKind::Counter,
    .name = "bongsu_console_messages_total",
    .unit = "1",
    .help = "Messages sent to consoles over the event stream",
};
inline const MetricDesc kConsolesCut{
    .kind = MetricKind::Counter,
    .name = "bongsu_console_cut_total",
    .unit = "1",
    .help = "Consoles cut because they did not keep up; they come back by themselves",
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {kOpenConsoles, kMessagesSent, kConsolesCut};
}

}  // namespace bongsu::console
