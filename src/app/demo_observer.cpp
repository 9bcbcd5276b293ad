#include "app/demo_observer.hpp"

#include <algorithm>

namespace bongsu::app {

void DemoObserver::on_incident(const incidents::IncidentUpdate& update) {
    const bool is_opened = std::ranges::find(update.changes, incidents::IncidentChange::Opened) !=
                           update.changes.end();
    const WallTime now = clock_.wall();
    const std::scoped_lock lock(mutex_);
    for (const BehaviourEvent& event : update.incident.events) {
        figures_.kinds.insert(event.kind);
    }
    if (!is_opened) {
        return;
    }
    ++figures_.incidents_by_kind[update.incident.kind];
    const BehaviourEvent& event = update.incident.events.front();
    figures_.delays.push_back(to_seconds(now - event.time));
    // Other behaviours wait on purpose, such as loitering for its dwell time.
    if (event.kind == "intrusion" || event.kind == "line_crossing") {
        figures_.delays_from_start.push_back(to_seconds(now - event.started));
    }
}

void DemoObserver::on_recorded(const AccessUnit& unit) {
    const std::scoped_lock lock(mutex_);
    figures_.recording_after.try_emplace(unit.camera, to_seconds(clock_.mono() - started_));
    figures_.recorded_bytes += unit.bytes->size();
}

DemoObserver::Figures DemoObserver::figures() const {
    const std::scoped_lock lock(mutex_);
    return figures_;
}

}  // namespace bongsu::app
