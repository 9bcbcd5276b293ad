#pragma once

#include "core/metrics.hpp"

#include <vector>

namespace bongsu::onvif {

inline const MetricDesc kEventsReceived{
    .kind = MetricKind::Counter,
    .name = "bongsu_onvif_events_total",
    .unit = "1",
    .help = "Notifications received from cameras",
};
inline const MetricDesc kAlarmsRaised{
    .kind = MetricKind::Counter,
    .name = "bongsu_onvif_alarms_total",
    .unit = "1",
    .help = "Events of cameras that were handed on, begins only",
};
inline const MetricDesc kSubscriptions{
    .kind = MetricKind::Gauge,
    .name = "bongsu_onvif_subscriptions",
    .unit = "1",
    .help = "Cameras whose events are heard now",
};
inline const MetricDesc kSubscriptionFailures{
    .kind = MetricKind::Counter,
    .name = "bongsu_onvif_subscription_failures_total",
    .unit = "1",
    .help = "Subscriptions to cameras' events that failed or broke off",
};

/// All of them, for the reference.
inline std::vector<MetricDesc> metrics() {
    return {kEventsReceived, kAlarmsRaised, kSubscriptions, kSubscriptionFailures};
}

}  // namespace bongsu::onvif
