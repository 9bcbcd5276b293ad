#include "eval/mot/identity.hpp"

#include "domain/assignment.hpp"
#include "eval/mot/trajectories.hpp"

#include <algorithm>

namespace bongsu::eval {
namespace {

constexpr double kRounding = 1e-6;

double ratio(double part, double whole) {
    return whole > 0 ? part / whole : 1;
}

/// How many frames each true trajectory and each track overlap.
CostTable count_overlaps(
    const MotFrames& truth,
    const MotFrames& tracks,
    const Trajectories& objects,
    const Trajectories& found,
    double min_iou
) {
    CostTable counts(objects.size(), found.size(), 0);
    for (std::size_t f = 0; f < std::min(truth.size(), tracks.size()); ++f) {
        for (const MotRow& object : truth[f]) {
            for (const MotRow& track : tracks[f]) {
                if (static_cast<double>(iou(object.box, track.box)) >= min_iou - kRounding) {
                    ++counts.at(objects.index(object.id), found.index(track.id));
                }
            }
        }
    }
    return counts;
}

}  // namespace

double IdentityScore::idf1() const {
    return ratio(2.0 * true_positives, 2.0 * true_positives + false_positives + misses);
}

double IdentityScore::precision() const {
    return ratio(true_positives, true_positives + false_positives);
}

double IdentityScore::recall() const {
    return ratio(true_positives, true_positives + misses);
}

IdentityScore identity_score(const MotFrames& truth, const MotFrames& tracks, double min_iou) {
    const Trajectories objects(truth);
    const Trajectories found(tracks);
    CostTable counts = count_overlaps(truth, tracks, objects, found, min_iou);

    // A pair saves twice its common frames (one miss and one false box each), so the most common
    // frames in total is the cheapest naming.
    CostTable costs(counts.rows(), counts.columns());
    IdentityScore score;
    for (std::size_t o = 0; o < objects.size(); ++o) {
        score.misses += objects.boxes(o);
        for (std::size_t t = 0; t < found.size(); ++t) {
            costs.at(o, t) = -counts.at(o, t);
        }
    }
    for (std::size_t t = 0; t < found.size(); ++t) {
        score.false_positives += found.boxes(t);
    }
    const std::vector<int> pairs = assign(costs);
    for (std::size_t o = 0; o < objects.size(); ++o) {
        if (pairs[o] != kUnassigned) {
            const auto common = static_cast<int>(counts.at(o, static_cast<std::size_t>(pairs[o])));
            score.true_positives += common;
            score.misses -= common;
            score.false_positives -= common;
        }
    }
    return score;
}

}  // namespace bongsu::eval
