#pragma once

#include "core/clock.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace bongsu::exec {

/// Functions that are called once per period of a Clock. A period that was missed (a suspended
/// machine, a slow function) is skipped, not made up for. Runs on: one thread.
class PeriodicTimers {
public:
    using Action = std::function<void()>;

    /// `clock` must outlive the timers.
    explicit PeriodicTimers(const Clock& clock) : clock_(clock) {}

    /// The first call comes one period from now. `period` is at least one millisecond.
    void add(Duration period, Action action);

    /// Calls all that are due, in the order of adding; returns the time until the next one, or
    /// nothing when there are no timers.
    std::optional<Duration> run_due();

private:
    struct Timer {
        Duration period;
        MonoTime due;
        Action action;
    };

    const Clock& clock_;
    std::vector<Timer> timers_;
};

/// One named thread that runs PeriodicTimers until it is destroyed.
class TimerThread {
public:
    TimerThread(std::string name, PeriodicTimers timers);
    TimerThread(const TimerThread&) = delete;
    TimerThread& operator=(const TimerThread&) = delete;

    /// Lets a running action finish and joins. Idempotent; not from an action.
    void stop();

private:
    void run(const std::stop_token& stop);

    PeriodicTimers timers_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    std::jthread thread_;
};

}  // namespace bongsu::exec
