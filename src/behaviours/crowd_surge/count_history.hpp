#pragma once

#include "core/clock.hpp"

#include <deque>
#include <optional>

namespace bongsu::behaviours::crowd_surge {

/// How many people were in an area over the last while: one mean a second, at most four minutes.
class CountHistory {
public:
    /// A gap of more than five seconds, or a step back in time, makes it begin anew: a count that
    /// grew while nobody looked is no surge.
    void add(WallTime now, double count);

    void forget() { seconds_.clear(); }

    /// Mean of the last three seconds; nothing before they are over.
    std::optional<double> now() const;

    /// The least mean of three seconds in a row that began within `window`; nothing as long as the
    /// history is shorter than six seconds.
    std::optional<double> least(Duration window) const;

private:
    struct Second {
        WallTime begin;
        double sum = 0;
        int samples = 0;

        double mean() const { return sum / samples; }
    };

    double mean_from(std::size_t first) const;

    std::deque<Second> seconds_;
    WallTime latest_{};
};

}  // namespace bongsu::behaviours::crowd_surge
