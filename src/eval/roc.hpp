#pragma once

#include <span>
#include <vector>

namespace bongsu::eval {

/// A score and whether there was something to be found.
struct ScoredCase {
    double score = 0;
    bool is_positive = false;
};

/// What a threshold does: a case counts as found when its score is at least the threshold.
struct RocPoint {
    double threshold = 0;
    double hit_rate = 0;    ///< found share of the positive cases, 0..1
    double false_rate = 0;  ///< found share of the others, 0..1
};

/// Receiver operating characteristic: from (0, 0) to (1, 1), one point per different score, highest
/// threshold first. Empty without cases of both kinds.
std::vector<RocPoint> roc_curve(std::span<const ScoredCase> cases);

/// Area below the curve: the chance that a positive case has the higher score than another one,
/// equal scores counting half. 0.5 without a curve.
double area_below(std::span<const RocPoint> curve);

/// What one threshold does. Rates of kinds without cases are 0.
RocPoint roc_at(std::span<const ScoredCase> cases, double threshold);

/// A share and between which shares the truth lies with 95 % confidence.
struct Proportion {
    double share = 0;
    double low = 0;
    double high = 1;
};

/// Wilson's interval (Journal of the American Statistical Association 22, 1927, 209-212) for
/// independent trials; 0 of 0 is [0, 1].
Proportion proportion_of(double hits, double trials);

}  // namespace bongsu::eval
