#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "incidents/incident_sink.hpp"
#include "incidents/incident_update.hpp"

#include <cstddef>
#include <functional>
#include <list>
#include <unordered_map>

namespace bongsu::incidents {

/// Saves incidents and tells of each once it is stored. While the store fails they wait here, in
/// order, the newest version of each (overflow policy: coalesce by incident, then drop the least
/// grave and oldest), and are retried with growing pauses. Runs on: the serial queue of
/// IncidentEngine.
class SaveQueue {
public:
    using OnSaved = std::function<void(IncidentUpdate)>;

    SaveQueue(
        IncidentSink& sink,
        const Clock& clock,
        Metrics& metrics,
        std::size_t limit,
        OnSaved on_saved
    );

    /// Saves now if nothing waits, else behind what waits.
    void put(const Incident& incident, IncidentChange change);

    /// Saves what waits, if the pause after the last failure is over. To be called about once a
    /// second.
    void retry();

    bool holds(const IncidentId& id) const { return by_id_.contains(id); }

    std::size_t waiting() const { return waiting_.size(); }

private:
    using Waiting = std::list<IncidentUpdate>;

    bool save_first();
    void note_failure(const Error& error, const IncidentId& id);
    void make_room();

    IncidentSink& sink_;
    const Clock& clock_;
    std::size_t limit_;
    OnSaved on_saved_;
    Waiting waiting_;
    std::unordered_map<IncidentId, Waiting::iterator> by_id_;
    Duration pause_{};
    MonoTime retry_at_{};
    Gauge& unsaved_;
    Counter& failures_;
    Counter& lost_;
};

}  // namespace bongsu::incidents
