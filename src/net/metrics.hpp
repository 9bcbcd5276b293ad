#pragma once

#include "core/metrics.hpp"

namespace bongsu::net {

inline const MetricDesc kRequests{
    .kind = MetricKind::Counter,
    .name = "bongsu_net_requests_total",
    .unit = "1",
    .help = "Requests answered by a handler; label status is its class such as 2xx",
};
inline const MetricDesc kRequestSeconds{
    .kind = MetricKind::Histogram,
    .name = "bongsu_net_request_seconds",
    .unit = "seconds",
    .help = "From a whole request to its handler's answer, waiting for a thread included",
    .buckets = {0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, 30},
};
inline const MetricDesc kConnections{
    .kind = MetricKind::Gauge,
    .name = "bongsu_net_connections",
    .unit = "1",
    .help = "Open connections, WebSockets included",
};
inline const MetricDesc kWebSockets{
    .kind = MetricKind::Gauge,
    .name = "bongsu_net_websockets",
    .unit = "1",
    .help = "Open WebSockets",
};
inline const MetricDesc kRefusals{
    .kind = MetricKind::Counter,
    .name = "bongsu_net_refusals_total",
    .unit = "1",
    .help = "Requests and connections that the server turned away by itself; label reason",
};
inline const MetricDesc kDroppedMessages{
    .kind = MetricKind::Counter,
    .name = "bongsu_net_dropped_messages_total",
    .unit = "1",
    .help = "WebSocket messages not queued because the client's outbox was full",
};

/// All metrics of this module, for the generated reference.
inline std::vector<MetricDesc> metrics() {
    return {kRequests, kRequestSeconds, kConnections, kWebSockets, kRefusals, kDroppedMessages};
}

}  // namespace bongsu::net
