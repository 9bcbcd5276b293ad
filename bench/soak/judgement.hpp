#pragma once

#include "eval/trend.hpp"
#include "soak/history.hpp"
#include "soak/tally.hpp"

#include <optional>
#include <string>
#include <vector>

namespace bongsu::bench {

/// What may grow by how much.
struct Bounds {
    double memory_mb_per_hour = 10;
    double handles_per_hour = 2;
    double threads_per_hour = 1;
    double latency_factor = 1.5;  ///< the last third beside the first one
    double latency_s = 0.1;       ///< and so much more
};

/// Whether something stayed within its bound: Unsure while noise is larger than the bound.
enum class Finding { Flat, Grows, Unsure };

struct Growth {
    std::string name;
    std::string unit;
    double bound = 0;  ///< per hour
    std::optional<eval::Trend> trend;

    Finding finding() const;
    /// Such as "flat: +0.3 MB per hour (-1.0 to 1.6; at most 10)".
    std::string words() const;
};

struct Latency {
    std::string name;
    double first_s = 0;  ///< 95th percentile of the first third of the time after the warm-up
    double last_s = 0;   ///< of the last third
    double most_s = 0;   ///< that the last one may be
    std::vector<eval::Sample> windows;

    Finding finding() const { return last_s > most_s ? Finding::Grows : Finding::Flat; }

    std::string words() const;
};

struct Judgement {
    double warm_up_hours = 0;
    std::vector<Growth> growths;  ///< memory, handles, threads
    std::vector<Latency> latencies;

    bool grows() const;
};

/// Looks at what came after the warm-up: a tenth of the time, at least three minutes, at most half.
Judgement judge(const History& history, const Tally& tally, const Bounds& bounds);

}  // namespace bongsu::bench
