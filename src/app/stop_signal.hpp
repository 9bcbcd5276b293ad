#pragma once

#include "core/clock.hpp"

#include <optional>

namespace bongsu::app {

/// Lets the main thread wait for SIGINT or SIGTERM. Make it before any thread is started, so that
/// all threads inherit the blocked signals. One per process.
class StopSignal {
public:
    StopSignal();

    /// True when a signal came, false when `at_most` passed first. Without a limit it waits for
    /// ever.
    bool wait(std::optional<Duration> at_most = std::nullopt);
};

}  // namespace bongsu::app
