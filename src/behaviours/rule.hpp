#pragma once

#include "behaviours/behaviour.hpp"
#include "behaviours/memory_shelf.hpp"
#include "behaviours/registry.hpp"
#include "behaviours/schedule.hpp"
#include "domain/behaviour_event.hpp"
#include "domain/camera.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace bongsu::behaviours {

/// One configured rule of one camera at work: its behaviour, its memory, its hours and the episodes
/// that it has open. Turns findings into events. Owned by BehaviourEngine. Runs on: the camera's
/// serial queue.
class Rule {
public:
    /// Checks the rule against the registry. Errors name camera, rule, key or zone, and the nearest
    /// known one. `shelf`: where what takes long to learn is kept; may be null.
    static Result<Rule> create(
        const CameraConfig& camera,
        const RuleConfig& config,
        const Registry& registry,
        TimeZone time_zone,
        MemoryShelf* shelf
    );

    /// Appends the events of this scene. Outside its hours the rule ends what is open and forgets
    /// all but what is on the shelf.
    void evaluate(const Scene& scene, std::vector<BehaviourEvent>& out);

    /// Ends all that is open and forgets, as above.
    void finish(WallTime time, std::vector<BehaviourEvent>& out);

    /// Whether `other` does the same, so that this rule can go on in its stead with its memory.
    bool is_same_as(const Rule& other) const;

    const Registration& registration() const { return *registration_; }

    const RuleId& id() const { return config_.id; }

    std::size_t open_episodes() const { return open_.size(); }

    /// Suspicions since the last call.
    std::uint64_t take_proposals() { return std::exchange(proposals_, 0); }

private:
    class Sink;

    struct Episode {
        BehaviourEvent event;  ///< as last passed on
        WallTime passed_on;
    };

    Rule() = default;
    BehaviourEvent make_event(const Scene& scene, Finding finding, std::uint64_t number) const;

    CameraId camera_;
    RuleConfig config_;
    std::vector<Zone> zones_;
    const Registration* registration_ = nullptr;
    Schedule schedule_;
    std::unique_ptr<Behaviour> behaviour_;
    std::unique_ptr<Behaviour::State> state_;  ///< null before the first scene
    ShelfPlace place_;
    std::map<EpisodeId, Episode> open_;
    std::uint64_t episodes_ = 0;
    std::uint64_t proposals_ = 0;
};

}  // namespace bongsu::behaviours
