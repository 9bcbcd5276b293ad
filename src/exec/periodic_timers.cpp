#include "exec/periodic_timers.hpp"

#include "exec/thread_name.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::exec {

void PeriodicTimers::add(Duration period, Action action) {
    const Duration checked = std::max<Duration>(period, std::chrono::milliseconds{1});
    timers_.push_back({checked, clock_.mono() + checked, std::move(action)});
}

std::optional<Duration> PeriodicTimers::run_due() {
    std::optional<Duration> next;
    for (Timer& timer : timers_) {
        const MonoTime now = clock_.mono();
        if (now >= timer.due) {
            timer.action();
            timer.due += timer.period * ((now - timer.due) / timer.period + 1);
        }
        const Duration left = std::max(timer.due - clock_.mono(), Duration{0});
        next = next ? std::min(*next, left) : left;
    }
    return next;
}

TimerThread::TimerThread(std::string name, PeriodicTimers timers)
    : timers_(std::move(timers)),
      thread_([this, name = std::move(name)](const std::stop_token& stop) {
          set_thread_name(name);
          run(stop);
      }) {}

void TimerThread::stop() {
    thread_.request_stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void TimerThread::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const std::optional<Duration> next = timers_.run_due();
        std::unique_lock lock(mutex_);
        woken_.wait_for(lock, stop, next.value_or(std::chrono::hours{1}), [] { return false; });
    }
}

}  // namespace bongsu::exec
