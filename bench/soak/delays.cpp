#include "soak/delays.hpp"

#include <cstdlib>
#include <limits>

namespace bongsu::bench {

Buckets buckets_of(const MetricValues& values, const std::string& name, const std::string& label) {
    Buckets buckets;
    const std::string beginning = name + "_bucket{";
    constexpr std::string_view kBound = "le=\"";
    for (auto each = values.lower_bound(beginning);
         each != values.end() && each->first.starts_with(beginning);
         ++each) {
        const std::size_t bound = each->first.find(kBound);
        if (bound != std::string::npos && each->first.find(label) != std::string::npos) {
            buckets[std::strtod(each->first.c_str() + bound + kBound.size(), nullptr)] +=
                each->second;
        }
    }
    return buckets;
}

double p95_between(const Buckets& before, const Buckets& after) {
    const auto count_in = [&](const auto& bucket) {
        const auto earlier = before.find(bucket.first);
        return bucket.second - (earlier == before.end() ? 0 : earlier->second);
    };
    if (after.empty() || count_in(*after.rbegin()) <= 0) {
        return 0;
    }
    const double wanted = 0.95 * count_in(*after.rbegin());
    double lower = 0;
    double below = 0;
    for (const auto& bucket : after) {
        const double count = count_in(bucket);
        if (count >= wanted) {
            const bool is_open = bucket.first == std::numeric_limits<double>::infinity();
            return is_open ? lower
                           : lower + (bucket.first - lower) * (wanted - below) / (count - below);
        }
        lower = bucket.first;
        below = count;
    }
    return lower;
}

}  // namespace bongsu::bench
