#include "incidents/parting_limit.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::incidents {
namespace {

/// The small part keeps 0.58 from becoming 0.57 because its product is 57.999...
double down_to_hundredths(double value) {
    return std::floor(value * 100 + 1e-9) / 100;
}

}  // namespace

std::optional<PartingLimit> parting_limit(
    std::span<const double> false_ones,
    std::span<const double> confirmed,
    double margin,
    double at_most
) {
    if (false_ones.empty()) {
        return std::nullopt;
    }
    double limit = std::min(std::ranges::max(false_ones) + margin, at_most);
    if (!confirmed.empty()) {
        limit = std::min(limit, std::ranges::min(confirmed) - margin);
    }
    limit = down_to_hundredths(limit);
    const auto stopped =
        std::ranges::count_if(false_ones, [&](double value) { return value < limit; });
    if (static_cast<double>(stopped) < kLeastStopped * static_cast<double>(false_ones.size())) {
        return std::nullopt;
    }
    return PartingLimit{limit, static_cast<int>(stopped)};
}

}  // namespace bongsu::incidents
