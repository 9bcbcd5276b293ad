#pragma once

#include <limits>
#include <optional>
#include <span>

namespace bongsu::incidents {

/// A change that would stop less than this share of the false alarms is not worth making.
inline constexpr double kLeastStopped = 0.6;

/// Margin of thresholds of confidence.
inline constexpr double kScoreMargin = 0.02;

/// From which value on something counts, in hundredths.
struct PartingLimit {
    double value = 0;
    int stopped = 0;  ///< of the false ones, those below it
};

/// The highest limit that lies a margin below everything confirmed, no more than a margin above the
/// false ones and not over `at_most`; nothing when it stops fewer than kLeastStopped of the false
/// ones, or when there are none. Pure.
std::optional<PartingLimit> parting_limit(
    std::span<const double> false_ones,
    std::span<const double> confirmed,
    double margin,
    double at_most = std::numeric_limits<double>::infinity()
);

}  // namespace bongsu::incidents
