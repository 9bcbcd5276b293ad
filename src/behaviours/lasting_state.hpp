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

/// Lasting state that is a struct with kept() and recall() as above.
template <class Memory>
struct LastingMemory final : LastingState {
    std::string kept() const override { return memory.kept(); }

    Status recall(std::string_view kept) override { return memory.recall(kept); }

    Memory memory;
};

/// BehaviourWith for behaviours whose memory lasts.
template <class Memory>
using BehaviourWithLasting = BehaviourWith<Memory, LastingMemory<Memory>>;

}  // namespace bongsu::behaviours
