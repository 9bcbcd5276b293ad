#pragma once

#include "behaviours/behaviour.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace bongsu::behaviours {

/// Where states that last (LastingState) are kept between two runs. Outlives all engines that use
/// it. Runs on: the serial queues of several cameras at once.
class MemoryShelf {
public:
    virtual ~MemoryShelf() = default;

    /// `name`: up to three ids joined by '.'. NotFound when nothing is kept under it.
    virtual Result<std::string> find(const std::string& name) = 0;

    /// In place of what was kept under this name.
    virtual Status keep(const std::string& name, std::string_view memory) = 0;
};

/// One rule's place on a shelf; without a shelf, and for states that do not last, it does nothing.
/// What goes wrong is logged: a rule that forgets works on.
class ShelfPlace {
public:
    ShelfPlace() = default;
    ShelfPlace(MemoryShelf* shelf, std::string name);

    /// Gives a new state what an earlier one left.
    void fetch(Behaviour::State& state, WallTime now);

    void put(const Behaviour::State& state, WallTime now);

    /// Every quarter of an hour: so much is lost when the machine dies.
    void put_when_due(const Behaviour::State& state, WallTime now);

private:
    MemoryShelf* shelf_ = nullptr;
    std::string name_;
    std::optional<WallTime> latest_;
};

}  // namespace bongsu::behaviours
