#include "eval/zones/event_score.hpp"

#include "domain/assignment.hpp"
#include "eval/intervals.hpp"
#include "eval/zones/matching.hpp"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

namespace bongsu::eval {

void add_scored(
    const ZoneScenario& scenario,
    const std::vector<ZoneEvent>& raised,
    std::vector<ScoredEvent>& scored
) {
    const std::vector<int> pairs = match_events(scenario.truth, raised);
    for (std::size_t t = 0; t < scenario.truth.size(); ++t) {
        const ZoneEvent& event = scenario.truth[t];
        scored.push_back({
            .type = event.type,
            .group = fmt::format("{}/{}", scenario.name, event.person),
            .is_true = true,
            .is_raised = pairs[t] != kUnassigned,
        });
    }
    for (std::size_t r = 0; r < raised.size(); ++r) {
        if (std::ranges::find(pairs, static_cast<int>(r)) == pairs.end()) {
            scored.push_back({
                .type = raised[r].type,
                .group = fmt::format("{}/false {}", scenario.name, r),
                .is_true = false,
                .is_raised = true,
            });
        }
    }
}

double event_f1(std::span<const ScoredEvent> events) {
    int hits = 0;
    int all = 0;
    for (const ScoredEvent& event : events) {
        hits += event.is_true && event.is_raised ? 1 : 0;
        all += (event.is_true ? 1 : 0) + (event.is_raised ? 1 : 0);
    }
    return all > 0 ? 2.0 * hits / all : 1;
}

void add_event_f1(
    const std::string& type, std::span<const ScoredEvent> scored, Measurements& measurements
) {
    std::vector<ScoredEvent> events;
    std::vector<std::string> groups;
    std::ranges::copy_if(scored, std::back_inserter(events), [&](const ScoredEvent& event) {
        return event.type == type;
    });
    std::ranges::transform(events, std::back_inserter(groups), &ScoredEvent::group);
    if (std::ranges::none_of(events, &ScoredEvent::is_true)) {
        return;
    }
    const Interval interval = interval_by_group(groups, [&](std::span<const std::size_t> items) {
        std::vector<ScoredEvent> drawn;
        for (const std::size_t item : items) {
            drawn.push_back(events[item]);
        }
        return std::optional(event_f1(drawn));
    });
    measurements.add(type + ".f1", event_f1(events));
    add_interval(measurements, type + ".f1", interval);
}

}  // namespace bongsu::eval
