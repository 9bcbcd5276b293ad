#pragma once

#include "program/metrics_page.hpp"

#include <map>
#include <string>

namespace bongsu::bench {

/// The counts of a histogram by their upper bounds, over all its label sets that have `label` in
/// them (such as `stage="scene"`; empty: all).
using Buckets = std::map<double, double>;

Buckets buckets_of(
    const MetricValues& values, const std::string& name, const std::string& label = ""
);

/// Below what value 95 of 100 observations between two readings were, interpolated within its
/// bucket; 0 when there were none, the highest bound when it is above that.
double p95_between(const Buckets& before, const Buckets& after);

}  // namespace bongsu::bench
