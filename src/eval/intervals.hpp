#pragma once

#include "eval/measurements.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bongsu::eval {

/// Between which values the truth lies with 95 % confidence.
struct Interval {
    double low = 0;
    double high = 0;
};

/// As "name_low" and "name_high".
void add_interval(Measurements& out, const std::string& name, const Interval& interval);

/// A figure of some of the items; nothing when these do not allow one.
using Statistic = std::function<std::optional<double>(std::span<const std::size_t> items)>;

/// Percentile bootstrap (Efron and Tibshirani 1993, chapter 13) over groups: items of one group are
/// drawn together, as they are alike. `groups`: of each item. A fixed seed gives the same interval
/// each time. With very few groups the interval is too narrow: say how many there were.
Interval interval_by_group(std::span<const std::string> groups, const Statistic& statistic);

/// How many different groups there are.
std::size_t count_groups(std::span<const std::string> groups);

/// The exact interval of a Poisson mean (Garwood 1936) when `count` events were seen.
Interval poisson_interval(int count);

}  // namespace bongsu::eval
