#pragma once

#include "core/clock.hpp"
#include "core/strong_id.hpp"
#include "domain/geometry.hpp"
#include "domain/scene.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace bongsu::behaviours {

/// Names one thing that a rule has reported and that still goes on. The default value names
/// nothing.
using EpisodeId = StrongId<struct EpisodeTag, std::uint64_t>;

/// What a behaviour says about an episode. The engine adds camera, rule, kind, gravity and
/// identity.
struct Finding {
    ZoneId zone;                  ///< empty: the whole picture
    WallTime started;             ///< when what is reported began
    WallTime time;                ///< when it became certain, or was due
    float confidence = 0;         ///< 0..1
    std::vector<TrackId> tracks;  ///< who takes part
    Box box;                      ///< where, pixels of the scene; empty: the whole picture
    std::string detail;           ///< "key=value" words joined by ';'
};

/// Takes what a behaviour finds. Owned by the engine; valid during one evaluation.
class EventSink {
public:
    virtual ~EventSink() = default;
    /// A cheap check saw something that deserves a second look; only counted, so that it is known
    /// where events get lost and where false ones come from. Once per suspicion.
    virtual void propose() = 0;
    virtual EpisodeId begin(Finding finding) = 0;
    /// May be called in every scene: the engine passes on what changed, at most once a second.
    virtual void update(EpisodeId episode, Finding finding) = 0;
    virtual void end(EpisodeId episode, WallTime time) = 0;
};

/// One rule at work: immutable settings and logic without memory. What must be remembered between
/// scenes lives in a State that the engine owns, one per camera, so that a behaviour can be
/// replayed, moved to another node and tested from text. Runs on: any thread; one State is never
/// used twice at once.
class Behaviour {
public:
    class State {
    public:
        virtual ~State() = default;
    };

    virtual ~Behaviour() = default;
    virtual std::unique_ptr<State> make_state() const = 0;
    /// `state` must come from make_state of this object. Scenes arrive in order of time.
    virtual void evaluate(const Scene& scene, State& state, EventSink& sink) const = 0;
};

/// State that is a plain struct.
template <class Memory>
struct MemoryState final : Behaviour::State {
    Memory memory;
};

/// Base of behaviours that keep a plain struct `Memory` between scenes. `Holder`: the state that
/// holds it in `memory`.
template <class Memory, class Holder = MemoryState<Memory>>
class BehaviourWith : public Behaviour {
public:
    std::unique_ptr<State> make_state() const final { return std::make_unique<Holder>(); }

    void evaluate(const Scene& scene, State& state, EventSink& sink) const final {
        look(scene, static_cast<Holder&>(state).memory, sink);
    }

protected:
    virtual void look(const Scene& scene, Memory& memory, EventSink& sink) const = 0;
};

}  // namespace bongsu::behaviours
