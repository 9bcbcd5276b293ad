#pragma once

#include "eval/time_spans.hpp"

#include <span>
#include <vector>

namespace bongsu::eval {

/// One picture: how many people there are and how many were counted.
struct CountedPicture {
    double people = 0;
    double counted = 0;
};

/// How far off the counts are.
struct CountErrors {
    double mean_people = 0;
    double mae = 0;
    double rmse = 0;
    double bias = 0;  ///< mean counted / mean people - 1

    double mae_ratio() const { return mean_people > 0 ? mae / mean_people : 0; }
};

CountErrors count_errors(std::span<const CountedPicture> pictures);

/// Each value replaced by the median of itself and the `length` - 1 before it, the lower of two.
std::vector<double> running_median(std::span<const double> values, std::size_t length);

/// Stretches, in pictures, in which at least `threshold` was reached `needed` times in a row; each
/// goes on while `release` of the threshold is reached.
std::vector<TimeSpan> crowds_of(
    std::span<const double> counts, double threshold, double release, int needed
);

/// True events, those raised, and pairs of both that overlap, one to one.
struct EventCounts {
    int truth = 0;
    int raised = 0;
    int matched = 0;

    double f1() const;
};

EventCounts match_crowds(std::span<const TimeSpan> truth, std::span<const TimeSpan> raised);

}  // namespace bongsu::eval
