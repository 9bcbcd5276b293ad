#pragma once

#include "eval/measurements.hpp"
#include "eval/zones/scenario.hpp"

#include <span>
#include <string>
#include <vector>

namespace bongsu::eval {

/// A true event and whether it was raised, or a raised one without a true one.
struct ScoredEvent {
    std::string type;
    std::string group;  ///< the person; a false one stands alone
    bool is_true = false;
    bool is_raised = false;
};

/// Pairs the events of one scenario as match_events() does and appends them.
void add_scored(
    const ZoneScenario& scenario,
    const std::vector<ZoneEvent>& raised,
    std::vector<ScoredEvent>& scored
);

/// 2 x hits by all true and all raised events; 1 without any.
double event_f1(std::span<const ScoredEvent> events);

/// Adds TYPE.f1 with its interval, drawn by person, when there are true events of this type.
void add_event_f1(
    const std::string& type, std::span<const ScoredEvent> scored, Measurements& measurements
);

}  // namespace bongsu::eval
