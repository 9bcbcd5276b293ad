#pragma once

#include "core/clock.hpp"
#include "domain/stream_probe.hpp"

#include <atomic>

namespace bongsu::app {

/// Tries a camera's address: connects as ingest does, watches the stream for three seconds and
/// decodes its first key picture. Each probe has a network thread and metrics of its own, so that
/// nothing of it shows among the cameras at work. Thread-safe.
class StreamProbe {
public:
    /// `clock` must outlive it.
    explicit StreamProbe(const Clock& clock) : clock_(clock) {}

    /// Blocks for at most about ten seconds. Never fails: what went wrong stands in the result. At
    /// most four at once; more are turned away in words.
    ProbeResult run(const ProbeRequest& request);

private:
    const Clock& clock_;
    std::atomic<int> running_{0};
};

}  // namespace bongsu::app
