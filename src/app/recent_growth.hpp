#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <deque>
#include <utility>

namespace bongsu::app {

/// How much a counter grew lately. Runs on: one thread at a time.
class RecentGrowth {
public:
    explicit RecentGrowth(Duration span) : span_(span) {}

    /// The counter's value now; smaller than before when whoever counts began anew. Call it
    /// regularly, about once a second: it keeps one reading for each call within the span.
    void note(std::uint64_t count, MonoTime now) {
        if (!readings_.empty() && count < readings_.back().second) {
            readings_.clear();
        }
        readings_.emplace_back(now, count);
        while (now - readings_.front().first > span_) {
            readings_.pop_front();
        }
    }

    /// Since the oldest reading within the span.
    std::uint64_t growth() const {
        return readings_.empty() ? 0 : readings_.back().second - readings_.front().second;
    }

private:
    Duration span_;
    std::deque<std::pair<MonoTime, std::uint64_t>> readings_;
};

}  // namespace bongsu::app
