#pragma once

#include "core/clock.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace bongsu::ingest {

/// How long the waits between attempts are.
struct RetryWaits {
    Duration first{};    ///< after the first failure; doubles
    Duration longest{};  ///< up to this
    Duration refused{};  ///< after a failure that only a person can repair
};

/// How long to wait before the next attempt: doubles up to a limit, and between half and all of it
/// by chance, so that cameras that failed together do not return together. Runs on: one thread.
class Backoff {
public:
    /// `random` yields numbers in [0, 1).
    Backoff(RetryWaits waits, std::function<double()> random)
        : waits_(waits), current_(waits.first), random_(std::move(random)) {}

    Duration next() {
        const Duration limit = std::min(current_, waits_.longest);
        current_ = std::min(current_ * 2, waits_.longest);
        return spread(limit);
    }

    /// For failures that only a person can repair.
    Duration next_refused() {
        current_ = waits_.longest;
        return spread(waits_.refused);
    }

    /// For a refused login: doubles up to kMostDoublings times, because many cameras lock the
    /// account after a few wrong passwords. A login that has worked is tried twice more soon: some
    /// cameras refuse everybody while they start.
    Duration next_login(bool has_worked) {
        ++refused_logins_;
        if (has_worked && refused_logins_ <= kSoonLogins) {
            return spread(std::min(waits_.longest, waits_.refused));
        }
        const int doublings = refused_logins_ - 1 - (has_worked ? kSoonLogins : 0);
        return spread(waits_.refused * (1 << std::min(doublings, kMostDoublings)));
    }

    void reset() {
        current_ = waits_.first;
        refused_logins_ = 0;
    }

private:
    static constexpr int kMostDoublings = 4;
    static constexpr int kSoonLogins = 2;

    Duration spread(Duration limit) const {
        return from_seconds(to_seconds(limit) * (0.5 + random_() / 2));
    }

    RetryWaits waits_;
    Duration current_;
    int refused_logins_ = 0;
    std::function<double()> random_;
};

}  // namespace bongsu::ingest
