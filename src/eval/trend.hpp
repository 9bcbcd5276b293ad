#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace bongsu::eval {

/// One value at one place of the other axis.
struct Sample {
    double x = 0;
    double y = 0;
};

/// A straight line through noisy values: how much y grows while x grows by one.
struct Trend {
    double slope = 0;
    double low = 0;    ///< the slope lies between these with 95 % confidence, if the
    double high = 0;   ///< values' deviations from the line are independent
    double start = 0;  ///< of the line at x = 0
};

/// Theil and Sen: the median of the slopes of all pairs, which up to 29 % of outliers do not move,
/// with the interval of Sen (Journal of the American Statistical Association 63, 1968, 1379-1389).
/// Values that follow each other closely must be gathered into longer blocks first, see medians_of.
/// Nothing for fewer than four points or when all x are the same. Costs the square of the number of
/// points in time and memory.
std::optional<Trend> trend_of(std::span<const Sample> points);

/// Medians of x and y over consecutive blocks, at most `most` of them, all of the same length but
/// the last, which may be shorter.
std::vector<Sample> medians_of(std::span<const Sample> points, std::size_t most);

}  // namespace bongsu::eval
