#include "eval/mot/hota.hpp"

#include "domain/assignment.hpp"
#include "eval/mot/trajectories.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace bongsu::eval {
namespace {

constexpr std::size_t kAlphas = 19;
constexpr double kEpsilon = 2.220446049250313e-16;  // numpy's eps, as in TrackEval

double alpha(std::size_t index) {
    return 0.05 * static_cast<double>(index + 1);
}

CostTable overlaps(const std::vector<MotRow>& truth, const std::vector<MotRow>& tracks) {
    CostTable table(truth.size(), tracks.size(), 0);
    for (std::size_t t = 0; t < truth.size(); ++t) {
        for (std::size_t k = 0; k < tracks.size(); ++k) {
            table.at(t, k) = static_cast<double>(iou(truth[t].box, tracks[k].box));
        }
    }
    return table;
}

/// How much of their boxes each true trajectory and each track share, 0..1. Within a frame, an
/// overlap counts less when its boxes overlap others too.
CostTable alignment(
    const MotFrames& truth,
    const MotFrames& tracks,
    const Trajectories& objects,
    const Trajectories& found
) {
    CostTable shared(objects.size(), found.size(), 0);
    for (std::size_t f = 0; f < truth.size(); ++f) {
        const CostTable table = overlaps(truth[f], tracks[f]);
        std::vector<double> row_sum(table.rows(), 0);
        std::vector<double> column_sum(table.columns(), 0);
        for (std::size_t t = 0; t < table.rows(); ++t) {
            for (std::size_t k = 0; k < table.columns(); ++k) {
                row_sum[t] += table.at(t, k);
                column_sum[k] += table.at(t, k);
            }
        }
        for (std::size_t t = 0; t < table.rows(); ++t) {
            for (std::size_t k = 0; k < table.columns(); ++k) {
                const double whole = row_sum[t] + column_sum[k] - table.at(t, k);
                if (whole > kEpsilon) {
                    shared.at(objects.index(truth[f][t].id), found.index(tracks[f][k].id)) +=
                        table.at(t, k) / whole;
                }
            }
        }
    }
    for (std::size_t o = 0; o < shared.rows(); ++o) {
        for (std::size_t t = 0; t < shared.columns(); ++t) {
            shared.at(o, t) /= objects.boxes(o) + found.boxes(t) - shared.at(o, t);
        }
    }
    return shared;
}

/// Counts at one overlap threshold.
struct Tally {
    explicit Tally(std::size_t objects, std::size_t tracks) : pairs(objects, tracks, 0) {}

    int matches = 0;
    CostTable pairs;  ///< matched frames of each trajectory with each track
};

double association(const Tally& tally, const Trajectories& objects, const Trajectories& found) {
    double sum = 0;
    for (std::size_t o = 0; o < objects.size(); ++o) {
        for (std::size_t t = 0; t < found.size(); ++t) {
            const double common = tally.pairs.at(o, t);
            sum += common * common / std::max(1.0, objects.boxes(o) + found.boxes(t) - common);
        }
    }
    return sum / std::max(1, tally.matches);
}

void tally_frame(
    const std::vector<MotRow>& truth,
    const std::vector<MotRow>& tracks,
    const Trajectories& objects,
    const Trajectories& found,
    const CostTable& aligned,
    std::vector<Tally>& tallies
) {
    const CostTable table = overlaps(truth, tracks);
    CostTable costs(table.rows(), table.columns());
    for (std::size_t t = 0; t < table.rows(); ++t) {
        for (std::size_t k = 0; k < table.columns(); ++k) {
            const double weight = aligned.at(objects.index(truth[t].id), found.index(tracks[k].id));
            costs.at(t, k) = -weight * table.at(t, k);
        }
    }
    const std::vector<int> pairs = assign(costs);
    for (std::size_t t = 0; t < table.rows(); ++t) {
        if (pairs[t] == kUnassigned) {
            continue;
        }
        const auto k = static_cast<std::size_t>(pairs[t]);
        for (std::size_t a = 0; a < kAlphas && table.at(t, k) >= alpha(a) - kEpsilon; ++a) {
            ++tallies[a].matches;
            ++tallies[a].pairs.at(objects.index(truth[t].id), found.index(tracks[k].id));
        }
    }
}

int count_boxes(const MotFrames& frames) {
    int sum = 0;
    for (const auto& frame : frames) {
        sum += static_cast<int>(frame.size());
    }
    return sum;
}

}  // namespace

HotaScore hota(const MotFrames& all_truth, const MotFrames& all_tracks) {
    MotFrames truth = all_truth;
    MotFrames tracks = all_tracks;
    truth.resize(std::max(truth.size(), tracks.size()));
    tracks.resize(truth.size());
    const Trajectories objects(truth);
    const Trajectories found(tracks);
    const CostTable aligned = alignment(truth, tracks, objects, found);
    std::vector<Tally> tallies(kAlphas, Tally(objects.size(), found.size()));
    for (std::size_t f = 0; f < truth.size(); ++f) {
        tally_frame(truth[f], tracks[f], objects, found, aligned, tallies);
    }
    const int boxes = count_boxes(truth) + count_boxes(tracks);
    HotaScore mean;
    for (const Tally& tally : tallies) {
        const double deta = static_cast<double>(tally.matches) / std::max(1, boxes - tally.matches);
        const double assa = association(tally, objects, found);
        mean.deta += deta / kAlphas;
        mean.assa += assa / kAlphas;
        mean.hota += std::sqrt(deta * assa) / kAlphas;
    }
    return mean;
}

}  // namespace bongsu::eval
