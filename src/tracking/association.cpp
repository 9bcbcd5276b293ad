// The constants were chosen on all sequences at hand together, at full rate and thinned to 5 and
// 2.5 looks per second (docs/design/tracking.md); the figures change little around them.
#include "tracking/association.hpp"

#include "domain/assignment.hpp"

#include <algorithm>

namespace bongsu::tracking {
namespace {

constexpr double kLargestCost = 1.05;       ///< dearer pairs are not made
constexpr double kGate = 20;                ///< largest squared Mahalanobis distance ...
constexpr double kBypassingOverlap = 0.13;  ///< ... except for pairs that overlap this much
constexpr double kDistanceShare = 0.4;      ///< of the cost; the rest is overlap
constexpr double kLostPenalty = 0.35;       ///< objects in view come first
constexpr double kTentativePenalty = 0.25;  ///< and believed ones before mere guesses
constexpr double kUsualSimilarity = 0.5;    ///< of looks; neither for nor against a pair

constexpr double kLargestGrowth = 1.55;  ///< of height between two sightings
constexpr double kReach = 0.2;           ///< lengths that a foot point may jump at once ...
constexpr double kPersonReach = 2.2;     ///< ... and per second, about 4 m/s
constexpr double kVehicleReach = 5;      ///< about 80 km/h

/// Physical limits that hold whatever the filter believes.
bool is_reachable(const Expectation& e, const Detection& d) {
    const double growth = std::max(d.box.h, 1.0F) / std::max(e.seen_box.h, 1.0F);
    if (growth > kLargestGrowth || growth < 1 / kLargestGrowth) {
        return false;
    }
    const Point from = e.track->box.foot();
    const Point to = d.box.foot();
    const double side = std::max(e.seen_box.w, e.seen_box.h);
    const double per_second = is_vehicle(e.track->cls) ? kVehicleReach : kPersonReach;
    return distance(to, from) <= side * (kReach + per_second * e.unseen);
}

double looks_cost(const Track& track, const Detection& d) {
    if (track.appearance.empty() || d.appearance.empty()) {
        return 0;
    }
    return kUsualSimilarity - static_cast<double>(similarity(track.appearance, d.appearance));
}

double state_cost(TrackState state) {
    switch (state) {
        case TrackState::Lost:
            return kLostPenalty;
        case TrackState::Tentative:
            return kTentativePenalty;
        case TrackState::Confirmed:
            return 0;
    }
    return 0;
}

double cost_of(const Expectation& e, const Detection& d, double appearance_weight) {
    if (!may_be_same(e.track->cls, d.cls) || !is_reachable(e, d)) {
        return CostTable::kForbidden;
    }
    const auto overlap = static_cast<double>(iou(e.track->box, d.box));
    const double distance = e.motion->distance(d.box);
    if (overlap < kBypassingOverlap && distance > kGate) {
        return CostTable::kForbidden;
    }
    return (1 - kDistanceShare) * (1 - overlap) + kDistanceShare * std::min(1.0, distance / kGate) +
           appearance_weight * looks_cost(*e.track, d) + state_cost(e.track->state);
}

/// Cheapest pairing in which every row may stay alone at the price of `alone`: otherwise a pairing
/// of many poor pairs would win over one of few good ones.
std::vector<int> assign_or_leave(const CostTable& costs, double alone) {
    CostTable extended(costs.rows(), costs.columns() + costs.rows());
    for (std::size_t r = 0; r < costs.rows(); ++r) {
        for (std::size_t c = 0; c < costs.columns(); ++c) {
            if (costs.at(r, c) < alone) {
                extended.at(r, c) = costs.at(r, c);
            }
        }
        extended.at(r, costs.columns() + r) = alone;
    }
    std::vector<int> pairs = assign(extended);
    for (int& column : pairs) {
        if (column >= static_cast<int>(costs.columns())) {
            column = kUnassigned;
        }
    }
    return pairs;
}

template <class Cost>
CostTable table_of(std::size_t rows, std::size_t columns, const Cost& cost) {
    CostTable table(rows, columns);
    for (std::size_t r = 0; r < rows; ++r) {
        for (std::size_t c = 0; c < columns; ++c) {
            table.at(r, c) = cost(r, c);
        }
    }
    return table;
}

}  // namespace

bool may_be_same(ObjectClass a, ObjectClass b) {
    return a == b || (is_vehicle(a) && is_vehicle(b));
}

std::vector<int> pair_up(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    double appearance_weight
) {
    const auto cost = [&](std::size_t r, std::size_t c) {
        return cost_of(expected[r], *detections[c], appearance_weight);
    };
    return assign_or_leave(table_of(expected.size(), detections.size(), cost), kLargestCost);
}

std::vector<int> pair_by_overlap(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    double least_overlap
) {
    const auto cost = [&](std::size_t r, std::size_t c) {
        const Track& track = *expected[r].track;
        const Detection& d = *detections[c];
        return may_be_same(track.cls, d.cls) ? 1 - static_cast<double>(iou(track.box, d.box))
                                             : CostTable::kForbidden;
    };
    return assign_or_leave(table_of(expected.size(), detections.size(), cost), 1 - least_overlap);
}

}  // namespace bongsu::tracking
