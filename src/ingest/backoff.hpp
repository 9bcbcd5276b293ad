#pragma once

#include "core/clock.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace bongsu::ingest {

/// How long to wait before the next attempt: doubles up to a limit, and between half and all of it
/// by chance, so that cameras that failed together do not return together. Runs on: one thread.
class Backoff {
public:
    /// `random` yields numbers in [0, 1).
    Backoff(Duration first, Duration longest, std::function<double()> random)
        : first_(first), longest_(longest), current_(first), random_(std::move(random)) {}

    Duration next() {
        const Duration limit = std::min(current_, longest_);
        current_ = std::min(current_ * 2, longest_);
        return from_seconds(to_seconds(limit) * (0.5 + random_() / 2));
    }

    /// For failures that only a person can repair: goes straight to the longest wait, so that a
    /// wrong password does not lock the account of the camera.
    Duration next_rare() {
        current_ = longest_;
        return next();
    }

    void reset() { current_ = first_; }

private:
    Duration first_;
    Duration longest_;
    Duration current_;
    std::function<double()> random_;
};

}  // namespace bongsu::ingest
