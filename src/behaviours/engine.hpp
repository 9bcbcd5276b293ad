#pragma once

#include "behaviours/memory_shelf.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/rule.hpp"
#include "behaviours/schedule.hpp"
#include "core/metrics.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/camera.hpp"

#include <optional>
#include <vector>

namespace bongsu::behaviours {

/// Evaluates the rules of one camera. The registry and the metrics must outlive it.
/// Runs on: the camera's serial queue.
class BehaviourEngine {
public:
    /// Errors (InvalidArgument) name the camera, the rule, and the wrong key, zone or word with the
    /// nearest right one. `shelf`: where rules keep what a restart must not make them forget;
    /// null for replays.
    static Result<BehaviourEngine> create(
        const CameraConfig& camera,
        const Registry& registry,
        Metrics& metrics,
        TimeZone time_zone = {},
        MemoryShelf* shelf = nullptr
    );

    /// The events of this scene, in order: begins, updates at most once a second, ends. Scenes must
    /// come in order of time; one that is up to two seconds too late is skipped, a longer step back
    /// ends everything and starts anew.
    std::vector<BehaviourEvent> evaluate(const Scene& scene);

    /// Takes a changed configuration of the same camera. Rules that did not change keep their
    /// memory; open events of the others end at `now` and are returned. On an error nothing
    /// changes.
    Result<std::vector<BehaviourEvent>> replace(const CameraConfig& camera, WallTime now);

    /// Ends all open events: the camera is taken out of service.
    std::vector<BehaviourEvent> finish(WallTime now);

    /// What the rules together need from the pipeline.
    Needs needs() const;

    std::size_t rules() const { return rules_.size(); }

    std::size_t open_events() const;

private:
    BehaviourEngine(
        const Registry& registry, Metrics& metrics, TimeZone time_zone, MemoryShelf* shelf
    );
    Result<std::vector<Rule>> make_rules(const CameraConfig& camera) const;
    void count(const std::vector<BehaviourEvent>& events);

    const Registry* registry_;
    Metrics* metrics_;
    TimeZone time_zone_;
    MemoryShelf* shelf_;
    std::vector<Rule> rules_;
    std::optional<WallTime> latest_;
    Counter* scenes_;
    Counter* skipped_;
    Counter* resets_;
    Gauge* open_;
};

}  // namespace bongsu::behaviours
