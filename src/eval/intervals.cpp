#include "eval/intervals.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

namespace bongsu::eval {
namespace {

constexpr int kRounds = 2000;
constexpr unsigned kSeed = 20'250'101;
constexpr double kTailShare = 0.025;
constexpr int kBisections = 60;

/// The chance of at most `count` events when `mean` are expected.
double chance_of_at_most(int count, double mean) {
    double term = std::exp(-mean);
    double sum = term;
    for (int i = 1; i <= count; ++i) {
        term *= mean / i;
        sum += term;
    }
    return sum;
}

/// The mean at which at most `count` events have this chance, which falls with the mean.
double mean_with_chance(int count, double chance) {
    double low = 0;
    double high = 10.0 + 3.0 * count;
    for (int i = 0; i < kBisections; ++i) {
        const double middle = (low + high) / 2;
        (chance_of_at_most(count, middle) > chance ? low : high) = middle;
    }
    return (low + high) / 2;
}

}  // namespace

void add_interval(Measurements& out, const std::string& name, const Interval& interval) {
    out.add(name + "_low", interval.low);
    out.add(name + "_high", interval.high);
}

Interval interval_by_group(std::span<const std::string> groups, const Statistic& statistic) {
    std::map<std::string, std::vector<std::size_t>> by_group;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        by_group[groups[i]].push_back(i);
    }
    std::vector<std::vector<std::size_t>> members;
    for (auto& [name, items] : by_group) {
        members.push_back(std::move(items));
    }
    std::vector<double> values;
    std::mt19937_64 random(kSeed);  // NOLINT(cert-msc51-cpp): repeatable on purpose
    for (int round = 0; round < kRounds && !members.empty(); ++round) {
        std::vector<std::size_t> drawn;
        for (std::size_t i = 0; i < members.size(); ++i) {
            const auto& chosen = members[random() % members.size()];
            drawn.insert(drawn.end(), chosen.begin(), chosen.end());
        }
        if (const auto value = statistic(drawn)) {
            values.push_back(*value);
        }
    }
    if (values.empty()) {
        return {};
    }
    std::ranges::sort(values);
    const auto at = [&](double share) {
        return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
    };
    return {at(kTailShare), at(1 - kTailShare)};
}

std::size_t count_groups(std::span<const std::string> groups) {
    return std::set<std::string>(groups.begin(), groups.end()).size();
}

Interval poisson_interval(int count) {
    return {
        count == 0 ? 0 : mean_with_chance(count - 1, 1 - kTailShare),
        mean_with_chance(count, kTailShare)
    };
}

}  // namespace bongsu::eval
