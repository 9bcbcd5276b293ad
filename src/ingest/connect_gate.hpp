#pragma once

#include "core/clock.hpp"
#include "core/guarded.hpp"

#include <algorithm>

namespace bongsu::ingest {

/// Spreads the connection attempts of all cameras of the process evenly in time. Thread-safe.
class ConnectGate {
public:
    explicit ConnectGate(double per_second) : spacing_(from_seconds(1.0 / per_second)) {}

    /// When the caller may connect; never before `now`. The place is taken by asking.
    MonoTime reserve(MonoTime now) {
        return next_.with([&](MonoTime& next) {
            const MonoTime mine = std::max(next, now);
            next = mine + spacing_;
            return mine;
        });
    }

private:
    Duration spacing_;
    Guarded<MonoTime> next_;
};

}  // namespace bongsu::ingest
