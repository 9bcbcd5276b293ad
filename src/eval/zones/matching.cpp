#include "eval/zones/matching.hpp"

#include "domain/assignment.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::eval {
namespace {

constexpr double kTolerance = 1;  // seconds

bool may_match(const ZoneEvent& truth, const ZoneEvent& raised) {
    const bool overlaps = std::max(truth.start, raised.start) < std::min(truth.end, raised.end);
    const bool is_near = std::abs(truth.start - raised.start) <= kTolerance;
    return truth.type == raised.type && truth.zone == raised.zone && (overlaps || is_near);
}

}  // namespace

std::vector<int> match_events(
    const std::vector<ZoneEvent>& truth, const std::vector<ZoneEvent>& raised
) {
    CostTable costs(truth.size(), raised.size());
    for (std::size_t t = 0; t < truth.size(); ++t) {
        for (std::size_t r = 0; r < raised.size(); ++r) {
            if (may_match(truth[t], raised[r])) {
                costs.at(t, r) = std::abs(truth[t].start - raised[r].start);
            }
        }
    }
    return assign(costs);
}

}  // namespace bongsu::eval
