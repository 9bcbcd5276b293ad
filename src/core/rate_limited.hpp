#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <optional>

namespace bongsu {

/// Lets one event through per `period` and counts those held back, so that a camera that fails a
/// thousand times a second costs one line. Runs on: one thread (no locking).
class RateLimited {
public:
    explicit RateLimited(Duration period = std::chrono::seconds{1}) : period_(period) {}

    /// The number of events held back since the last one let through, or nothing when this one is
    /// held back.
    std::optional<std::uint64_t> admit(MonoTime now) {
        if (last_ && now - *last_ < period_) {
            ++suppressed_;
            return std::nullopt;
        }
        last_ = now;
        const auto count = suppressed_;
        suppressed_ = 0;
        return count;
    }

private:
    Duration period_;
    std::optional<MonoTime> last_;
    std::uint64_t suppressed_ = 0;
};

}  // namespace bongsu
