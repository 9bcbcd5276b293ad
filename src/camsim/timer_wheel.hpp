#pragma once

#include "core/clock.hpp"

#include <cstdint>
#include <vector>

namespace bongsu::camsim {

/// Wakes many sessions from one timer: entries hash into slots by their due time, and only the
/// slots that time has passed are looked at. Entries further away than the wheel reaches stay in
/// their slot for another turn. Runs on: one thread.
class TimerWheel {
public:
    using Key = std::uint64_t;

    /// Reaches kSlots * tick ahead; entries come out at most one tick late.
    TimerWheel(MonoTime now, Duration tick);

    void schedule(Key key, MonoTime due);

    /// Takes out everything due at `now`, in no particular order within a tick.
    void take_due(MonoTime now, std::vector<Key>& due);

    std::size_t size() const { return size_; }

private:
    struct Entry {
        Key key = 0;
        MonoTime due;
    };

    static constexpr std::size_t kSlots = 1024;

    std::int64_t tick_of(MonoTime time) const { return time.time_since_epoch() / tick_; }

    void take_slot(std::int64_t tick, MonoTime now, std::vector<Key>& due);

    Duration tick_;
    std::int64_t current_;  // ticks before this one are empty
    std::vector<std::vector<Entry>> slots_;
    std::size_t size_ = 0;
};

}  // namespace bongsu::camsim
