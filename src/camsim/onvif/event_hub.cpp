#include "camsim/onvif/event_hub.hpp"

#include <algorithm>

namespace bongsu::camsim {

namespace {

constexpr std::size_t kMostSubscriptions = 16;
constexpr std::size_t kMostQueued = 256;

}  // namespace

EventHub::EventHub(const Clock& clock, Duration motion_every, Duration clock_offset)
    : clock_(clock),
      motion_every_(motion_every),
      clock_offset_(clock_offset),
      started_(clock.mono()) {}

std::optional<std::uint64_t> EventHub::subscribe(Duration life) {
    const std::scoped_lock lock(mutex_);
    const MonoTime now = clock_.mono();
    std::erase_if(all_, [&](const auto& item) { return item.second.ends <= now; });
    if (all_.size() >= kMostSubscriptions) {
        return std::nullopt;
    }
    run_script();
    all_[next_].ends = now + life;
    return next_++;
}

bool EventHub::renew(std::uint64_t subscription, Duration life) {
    const std::scoped_lock lock(mutex_);
    Subscription* found = find(subscription);
    if (found != nullptr) {
        found->ends = clock_.mono() + life;
    }
    return found != nullptr;
}

bool EventHub::unsubscribe(std::uint64_t subscription) {
    const std::scoped_lock lock(mutex_);
    woken_.notify_all();
    return all_.erase(subscription) == 1;
}

bool EventHub::synchronise(std::uint64_t subscription) {
    const std::scoped_lock lock(mutex_);
    Subscription* found = find(subscription);
    if (found == nullptr) {
        return false;
    }
    run_script();
    found->queue.push_back(motion(steps_done_ % 2 == 1, "Initialized"));
    return true;
}

std::optional<std::vector<SimulatedEvent>> EventHub::pull(
    std::uint64_t subscription, Duration wait, std::size_t limit
) {
    std::unique_lock lock(mutex_);
    const auto until = std::chrono::steady_clock::now() + wait;
    while (true) {
        run_script();
        Subscription* found = find(subscription);
        if (found == nullptr) {
            return std::nullopt;
        }
        const auto now = std::chrono::steady_clock::now();
        if (!found->queue.empty() || is_stopped_ || now >= until) {
            std::vector<SimulatedEvent> events;
            while (!found->queue.empty() && events.size() < std::max<std::size_t>(1, limit)) {
                events.push_back(std::move(found->queue.front()));
                found->queue.pop_front();
            }
            return events;
        }
        woken_.wait_until(lock, std::min(until, now + until_next_step()));
    }
}

void EventHub::publish(SimulatedEvent event) {
    const std::scoped_lock lock(mutex_);
    push(std::move(event));
}

void EventHub::stop() {
    const std::scoped_lock lock(mutex_);
    is_stopped_ = true;
    woken_.notify_all();
}

std::size_t EventHub::subscriptions() const {
    const std::scoped_lock lock(mutex_);
    return all_.size();
}

/// Catches up with the script: one step per half period, at odd ones the alarm begins.
void EventHub::run_script() {
    if (motion_every_ <= Duration::zero()) {
        return;
    }
    const std::int64_t due = 2 * (clock_.mono() - started_) / motion_every_;
    steps_done_ = std::max(steps_done_, due - static_cast<std::int64_t>(kMostQueued));
    while (steps_done_ < due) {
        ++steps_done_;
        push(motion(steps_done_ % 2 == 1, "Changed"));
    }
}

Duration EventHub::until_next_step() const {
    if (motion_every_ <= Duration::zero()) {
        return std::chrono::hours{1};
    }
    const MonoTime next = started_ + (steps_done_ + 1) * motion_every_ / 2;
    return std::max<Duration>(next - clock_.mono(), std::chrono::milliseconds{1});
}

void EventHub::push(SimulatedEvent event) {
    event.time = clock_.wall() + clock_offset_;
    for (auto& [id, subscription] : all_) {
        if (subscription.queue.size() >= kMostQueued) {
            subscription.queue.pop_front();
        }
        subscription.queue.push_back(event);
    }
    woken_.notify_all();
}

EventHub::Subscription* EventHub::find(std::uint64_t subscription) {
    const auto found = all_.find(subscription);
    if (found == all_.end() || found->second.ends <= clock_.mono()) {
        return nullptr;
    }
    return &found->second;
}

SimulatedEvent EventHub::motion(bool is_on, const char* operation) const {
    return {
        .topic = "tns1:RuleEngine/CellMotionDetector/Motion",
        .source_name = "VideoSourceConfigurationToken",
        .source = "video0",
        .data_name = "IsMotion",
        .data = is_on ? "true" : "false",
        .operation = operation,
        .time = clock_.wall() + clock_offset_,
    };
}

}  // namespace bongsu::camsim
