#pragma once

#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "core/result.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/camera.hpp"
#include "scenelog/scene_reader.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::pipeline {

/// Zones and rules run again over stored scenes.
struct ReplayRequest {
    CameraConfig camera;  ///< of it: id, zones, rules
    scenelog::TimeSpan span;
    /// So much before the span is run too, without reporting what begins there, so that rules have
    /// seen who was there already and have learnt the view.
    Duration warm_up = std::chrono::minutes{2};
    behaviours::TimeZone time_zone{};
    std::size_t most_events = 10'000;
};

/// One event from its begin to its end, or to the end of the span.
struct ReplayedEvent {
    BehaviourEvent event;           ///< as it was last passed on
    WallTime certain;               ///< when it was raised
    std::optional<WallTime> ended;  ///< nothing: it still went on
};

struct ReplayOutcome {
    std::vector<ReplayedEvent> events;  ///< in the order in which they were raised
    std::vector<BehaviourEvent>
        phases;                  ///< all that the engine said, for comparing with a live run
    scenelog::ReadSummary read;  ///< the warm-up included
    bool is_cut = false;         ///< there were more than most_events
};

/// One stored scene and what the rules say of it.
struct ReplayStep {
    const Scene& scene;  ///< valid during the call
    std::vector<BehaviourEvent> events;
    /// Suspicions that deserve a second look, by behaviour; only those that have any.
    std::vector<std::pair<std::string, int>> proposals;
};

/// Gives every scene of the span and of the warm-up before it, in order, until `visit` says false.
/// Rules have no second look here, as no pictures are stored with the scenes. Errors and threads as
/// in replay_rules.
Result<scenelog::ReadSummary> step_rules(
    const scenelog::SceneReader& reader,
    const behaviours::Registry& registry,
    const ReplayRequest& request,
    const std::function<bool(ReplayStep&&)>& visit
);

/// The events that these rules would have raised. The same scenes give the same events as live: the
/// engine is the same, and the log gives back what it saw. InvalidArgument names the rule and the
/// wrong setting. Runs on: any thread; `cancelled` is asked now and then and may be empty.
Result<ReplayOutcome> replay_rules(
    const scenelog::SceneReader& reader,
    const behaviours::Registry& registry,
    const ReplayRequest& request,
    const std::function<bool()>& cancelled = {}
);

/// What a change of rules would change.
struct ReplayComparison {
    struct Pair {
        std::size_t before = 0;  ///< index into the events before
        std::size_t after = 0;
    };

    std::vector<Pair> kept;
    std::vector<std::size_t> gone;   ///< indices into the events before
    std::vector<std::size_t> added;  ///< indices into the events after
};

/// Pairs events of the same kind that share an object, or that have none, and whose times overlap
/// within two seconds; events of the same rule and longer common time are paired first.
ReplayComparison compare(
    const std::vector<ReplayedEvent>& before, const std::vector<ReplayedEvent>& after
);

}  // namespace bongsu::pipeline
