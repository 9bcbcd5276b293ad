#pragma once

#include "app/incident_desk.hpp"
#include "console/city.hpp"
#include "core/clock.hpp"
#include "data/incident_year.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace bongsu::bench {

/// Events as rules would report them, each on another camera, so that each opens an incident of its
/// own. Their ends are told by end_all(), so that until then each incident has one change.
class Alarms {
public:
    void raise(City& city) {
        const WallTime now = clock_.wall();
        BehaviourEvent event;
        event.id = EventId("bench-" + std::to_string(now.time_since_epoch().count()));
        event.kind = "intrusion";
        event.camera = CameraId("c" + std::to_string(raised_++ % kCameras));
        event.rule = RuleId("r0");
        event.gravity = 1;  // never escalated
        event.started = now;
        event.time = now;
        event.confidence = 0.8F;
        city.station().parts().desk.take(event, nullptr);
        going_on_.push_back(std::move(event));
    }

    void end_all(City& city) {
        for (BehaviourEvent& event : going_on_) {
            event.phase = EventPhase::End;
            event.time = clock_.wall();
            city.station().parts().desk.take(event, nullptr);
        }
        going_on_.clear();
    }

private:
    SystemClock clock_;
    int raised_ = 0;
    std::vector<BehaviourEvent> going_on_;
};

/// When which change was stored. Thread-safe.
class StoredTimes {
public:
    void note(const incidents::IncidentUpdate& update) {
        const std::scoped_lock lock(mutex_);
        times_.emplace(update.incident.change, clock_.mono());
    }

    std::optional<MonoTime> of(std::int64_t change) const {
        const std::scoped_lock lock(mutex_);
        const auto found = times_.find(change);
        return found != times_.end() ? std::optional{found->second} : std::nullopt;
    }

    std::set<std::int64_t> changes() const {
        const std::scoped_lock lock(mutex_);
        std::set<std::int64_t> numbers;
        for (const auto& [change, time] : times_) {
            numbers.insert(change);
        }
        return numbers;
    }

private:
    SystemClock clock_;
    mutable std::mutex mutex_;
    std::map<std::int64_t, MonoTime> times_;
};

}  // namespace bongsu::bench
