#include "camsim/timer_wheel.hpp"

#include <algorithm>

namespace bongsu::camsim {

TimerWheel::TimerWheel(MonoTime now, Duration tick)
    : tick_(tick), current_(now.time_since_epoch() / tick), slots_(kSlots) {}

void TimerWheel::schedule(Key key, MonoTime due) {
    const std::int64_t tick = std::max(tick_of(due), current_);
    slots_[static_cast<std::size_t>(tick) % kSlots].push_back({key, due});
    ++size_;
}

void TimerWheel::take_due(MonoTime now, std::vector<Key>& due) {
    const std::int64_t last = tick_of(now);
    // After a long pause one whole turn sees every slot.
    const std::int64_t first = std::max(current_, last - static_cast<std::int64_t>(kSlots) + 1);
    for (std::int64_t tick = first; tick <= last; ++tick) {
        take_slot(tick, now, due);
    }
    current_ = std::max(current_, last);
}

void TimerWheel::take_slot(std::int64_t tick, MonoTime now, std::vector<Key>& due) {
    auto& slot = slots_[static_cast<std::size_t>(tick) % kSlots];
    const auto is_waiting = [now](const Entry& entry) { return entry.due > now; };
    const auto first_due = std::partition(slot.begin(), slot.end(), is_waiting);
    for (auto entry = first_due; entry != slot.end(); ++entry) {
        due.push_back(entry->key);
    }
    size_ -= static_cast<std::size_t>(slot.end() - first_due);
    slot.erase(first_due, slot.end());
}

}  // namespace bongsu::camsim
