#include "eval/roc.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace bongsu::eval {
namespace {

constexpr double kNormal95 = 1.959964;  // quantile of the normal distribution at 0.975

struct Counts {
    double positives = 0;
    double others = 0;

    void take(const ScoredCase& one) { (one.is_positive ? positives : others) += 1; }
};

RocPoint point_of(double threshold, const Counts& found, const Counts& all) {
    return {
        .threshold = threshold,
        .hit_rate = all.positives > 0 ? found.positives / all.positives : 0,
        .false_rate = all.others > 0 ? found.others / all.others : 0
    };
}

Counts count(std::span<const ScoredCase> cases) {
    Counts all;
    std::ranges::for_each(cases, [&](const ScoredCase& one) { all.take(one); });
    return all;
}

}  // namespace

std::vector<RocPoint> roc_curve(std::span<const ScoredCase> cases) {
    const Counts all = count(cases);
    if (all.positives == 0 || all.others == 0) {
        return {};
    }
    std::vector<ScoredCase> sorted(cases.begin(), cases.end());
    std::ranges::sort(sorted, std::greater{}, &ScoredCase::score);
    std::vector<RocPoint> curve{{.threshold = HUGE_VAL, .hit_rate = 0, .false_rate = 0}};
    Counts found;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        found.take(sorted[i]);
        const bool is_last_of_score =
            i + 1 == sorted.size() || sorted[i + 1].score != sorted[i].score;
        if (is_last_of_score) {
            curve.push_back(point_of(sorted[i].score, found, all));
        }
    }
    return curve;
}

double area_below(std::span<const RocPoint> curve) {
    if (curve.empty()) {
        return 0.5;
    }
    double area = 0;
    for (std::size_t i = 1; i < curve.size(); ++i) {
        const double width = curve[i].false_rate - curve[i - 1].false_rate;
        area += width * (curve[i].hit_rate + curve[i - 1].hit_rate) / 2;
    }
    return area;
}

RocPoint roc_at(std::span<const ScoredCase> cases, double threshold) {
    Counts found;
    for (const ScoredCase& one : cases) {
        if (one.score >= threshold) {
            found.take(one);
        }
    }
    return point_of(threshold, found, count(cases));
}

Proportion proportion_of(double hits, double trials) {
    if (trials <= 0) {
        return {};
    }
    const double share = hits / trials;
    const double square = kNormal95 * kNormal95;
    const double middle = share + square / (2 * trials);
    const double half =
        kNormal95 * std::sqrt(share * (1 - share) / trials + square / (4 * trials * trials));
    const double scale = 1 + square / trials;
    return {
        .share = share,
        .low = std::max(0.0, (middle - half) / scale),
        .high = std::min(1.0, (middle + half) / scale)
    };
}

}  // namespace bongsu::eval
