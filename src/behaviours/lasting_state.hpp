#pragma once

#include "behaviours/behaviour.hpp"
#include "core/result.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace bongsu::behaviours {

/// The state of a behaviour that learns for so long that a restart must not make it forget.
class LastingState : public Behaviour::State {
public:
    /// What should outlast a restart, at most some 100 kB; empty: nothing yet.
    virtual std::string kept() const = 0;

    /// Takes what kept() gave in an earlier run. Corrupt: it cannot be read, and nothing changes.
    virtual Status recall(std::string_view kept) = 0;
};

/// BehaviourWith for such behaviours: `Memory` has kept() and recall() as above.
template <class Memory>
class BehaviourWithLasting : public Behaviour {
public:
    std::unique_ptr<State> make_state() const final { return std::make_unique<Holder>(); }

    void evaluate(const Scene& scene, State& state, EventSink& sink) const final {
        look(scene, static_cast<Holder&>(state).memory, sink);
    }

protected:
    virtual void look(const Scene& scene, Memory& memory, EventSink& sink) const = 0;

private:
    struct Holder final : LastingState {
        std::string kept() const override { return memory.kept(); }

        Status recall(std::string_view kept) override { return memory.recall(kept); }

        Memory memory;
    };
};

}  // namespace bongsu::behaviours
