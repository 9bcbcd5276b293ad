#pragma once

#include "core/clock.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace bongsu::camsim {

/// A notification that a simulated camera sends.
struct SimulatedEvent {
    std::string topic;  ///< with prefix: "tns1:RuleEngine/CellMotionDetector/Motion"
    std::string source_name;
    std::string source;
    std::string data_name;
    std::string data;
    std::string operation = "Changed";
    WallTime time;  ///< by the camera's clock; set when published
};

/// The events of one simulated camera: subscriptions with their queues, and a script. Thread-safe.
class EventHub {
public:
    /// `motion_every`: a motion alarm begins at each multiple of it and ends half of it later;
    /// zero: none. `clock` must outlive the hub.
    EventHub(const Clock& clock, Duration motion_every, Duration clock_offset);

    /// The number of a new subscription, or nothing when there are sixteen already.
    std::optional<std::uint64_t> subscribe(Duration life);

    /// False when there is no such subscription, or no longer.
    bool renew(std::uint64_t subscription, Duration life);
    bool unsubscribe(std::uint64_t subscription);

    /// Puts the present state of every property into the subscription's queue.
    bool synchronise(std::uint64_t subscription);

    /// Waits up to `wait` of real time for events; nothing when there is no such subscription.
    std::optional<std::vector<SimulatedEvent>> pull(
        std::uint64_t subscription, Duration wait, std::size_t limit
    );

    /// To all subscriptions. A full queue (256) loses its oldest.
    void publish(SimulatedEvent event);

    /// Ends all waiting; later pulls return at once.
    void stop();

    std::size_t subscriptions() const;

private:
    struct Subscription {
        MonoTime ends;
        std::deque<SimulatedEvent> queue;
    };

    void run_script();
    Duration until_next_step() const;
    void push(SimulatedEvent event);
    Subscription* find(std::uint64_t subscription);
    SimulatedEvent motion(bool is_on, const char* operation) const;

    const Clock& clock_;
    const Duration motion_every_;
    const Duration clock_offset_;
    const MonoTime started_;
    mutable std::mutex mutex_;
    std::condition_variable woken_;
    std::map<std::uint64_t, Subscription> all_;
    std::uint64_t next_ = 1;
    std::int64_t steps_done_ = 0;  // half periods
    bool is_stopped_ = false;
};

}  // namespace bongsu::camsim
