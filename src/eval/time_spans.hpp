#pragma once

#include <span>
#include <vector>

namespace bongsu::eval {

/// From `begin` up to `end`, seconds.
struct TimeSpan {
    double begin = 0;
    double end = 0;

    double length() const { return end > begin ? end - begin : 0; }

    bool holds(double time) const { return time >= begin && time < end; }

    bool operator==(const TimeSpan&) const = default;
};

/// In order of time, overlapping and touching ones made one, empty ones left out.
std::vector<TimeSpan> merged(std::vector<TimeSpan> spans);

/// What of `whole` no span covers.
std::vector<TimeSpan> rest_of(TimeSpan whole, std::vector<TimeSpan> spans);

/// Seconds that lie in both; each of the two merged().
double common_length(std::span<const TimeSpan> a, std::span<const TimeSpan> b);

double length_of(std::span<const TimeSpan> merged_spans);

/// The longest span of `whole` without any of `times`, its ends counting as times.
TimeSpan longest_gap(TimeSpan whole, std::vector<double> times);

}  // namespace bongsu::eval
