#include "tracking/association.hpp"

#include "domain/assignment.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::tracking {
namespace {

constexpr double kLargestGrowth = 1.8;   ///< of height between two sightings
constexpr double kReach = 0.6;           ///< heights that a foot may jump at once ...
constexpr double kReachPerSecond = 1.6;  ///< ... and per second unseen

/// Physical limits that hold whatever the filter believes.
bool is_reachable(const Expectation& e, const Detection& d) {
    const double height = std::max(e.last_seen_box.h, 1.0F);
    const double ratio = std::max(d.box.h, 1.0F) / height;
    if (ratio > kLargestGrowth || ratio < 1 / kLargestGrowth) {
        return false;
    }
    const Point from = e.motion->box().foot();
    const Point to = d.box.foot();
    const double side = std::max(e.last_seen_box.w, e.last_seen_box.h);
    return std::hypot(to.x - from.x, to.y - from.y) <= side * (kReach + kReachPerSecond * e.unseen);
}

double appearance_cost(const Track& track, const Detection& d) {
    if (track.appearance.empty() || d.appearance.empty()) {
        return 0;
    }
    return 0.5 - static_cast<double>(similarity(track.appearance, d.appearance));
}

double cost_of(const Expectation& e, const Detection& d, const PairingRules& rules) {
    if (!may_be_same(e.track->cls, d.cls) || !is_reachable(e, d)) {
        return CostTable::kForbidden;
    }
    const double overlap = static_cast<double>(iou(e.motion->box(), d.box));
    const double distance = e.motion->distance(d.box);
    if (overlap < rules.smallest_overlap && distance > rules.gate) {
        return CostTable::kForbidden;
    }
    double cost = 0.5 * (1 - overlap) + 0.5 * std::min(1.0, distance / rules.gate);
    cost += rules.appearance_weight * appearance_cost(*e.track, d);
    if (e.track->state == TrackState::Lost) {
        cost += rules.lost_penalty;
    } else if (e.track->state == TrackState::Tentative) {
        cost += rules.tentative_penalty;
    }
    return cost;
}

/// Cheapest pairing in which every row may stay alone at the price of `alone`.
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
    const PairingRules& rules
) {
    const CostTable costs =
        table_of(expected.size(), detections.size(), [&](std::size_t r, std::size_t c) {
            return cost_of(expected[r], *detections[c], rules);
        });
    return assign_or_leave(costs, rules.largest_cost);
}

std::vector<int> pair_with_last_seen(
    std::span<const Expectation> expected,
    std::span<const Detection* const> detections,
    double smallest_overlap
) {
    const CostTable costs =
        table_of(expected.size(), detections.size(), [&](std::size_t r, std::size_t c) {
            const Detection& d = *detections[c];
            if (!may_be_same(expected[r].track->cls, d.cls)) {
                return CostTable::kForbidden;
            }
            return 1 - static_cast<double>(iou(expected[r].last_seen_box, d.box));
        });
    return assign_or_leave(costs, 1 - smallest_overlap);
}

}  // namespace bongsu::tracking
