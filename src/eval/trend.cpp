#include "eval/trend.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bongsu::eval {
namespace {

double median_of(std::vector<double> values) {
    std::ranges::sort(values);
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

std::vector<double> sorted_slopes(std::span<const Sample> points) {
    std::vector<double> slopes;
    slopes.reserve(points.size() * (points.size() - 1) / 2);
    for (std::size_t i = 0; i < points.size(); ++i) {
        for (std::size_t j = i + 1; j < points.size(); ++j) {
            if (points[j].x != points[i].x) {
                slopes.push_back((points[j].y - points[i].y) / (points[j].x - points[i].x));
            }
        }
    }
    std::ranges::sort(slopes);
    return slopes;
}

}  // namespace

std::optional<Trend> trend_of(std::span<const Sample> points) {
    constexpr std::size_t kFewest = 4;
    const std::vector<double> slopes = sorted_slopes(points);
    if (points.size() < kFewest || slopes.empty()) {
        return std::nullopt;
    }
    // Kendall's statistic of n independent values has this variance; its 95 % interval, counted in
    // pairs, says how far from the middle of all slopes the bounds lie.
    const auto n = static_cast<double>(points.size());
    const double pairs = 1.96 * std::sqrt(n * (n - 1) * (2 * n + 5) / 18);
    const auto count = static_cast<double>(slopes.size());
    const double lower = std::max(0.0, std::floor((count - pairs) / 2));
    const double upper = std::min(count - 1, std::ceil((count + pairs) / 2));
    Trend trend;
    trend.slope = median_of(slopes);
    trend.low = slopes[static_cast<std::size_t>(lower)];
    trend.high = slopes[static_cast<std::size_t>(upper)];
    std::vector<double> starts;
    for (const Sample& point : points) {
        starts.push_back(point.y - trend.slope * point.x);
    }
    trend.start = median_of(starts);
    return trend;
}

std::vector<Sample> medians_of(std::span<const Sample> points, std::size_t most) {
    std::vector<Sample> medians;
    const std::size_t length = std::max<std::size_t>(1, (points.size() + most - 1) / most);
    for (std::size_t begin = 0; begin < points.size(); begin += length) {
        const auto block = points.subspan(begin, std::min(length, points.size() - begin));
        std::vector<double> x;
        std::vector<double> y;
        for (const Sample& point : block) {
            x.push_back(point.x);
            y.push_back(point.y);
        }
        medians.push_back({median_of(std::move(x)), median_of(std::move(y))});
    }
    return medians;
}

}  // namespace bongsu::eval
