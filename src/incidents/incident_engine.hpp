#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "domain/frame.hpp"
#include "domain/incident.hpp"
#include "domain/zone.hpp"
#include "incidents/incident_sink.hpp"
#include "incidents/incident_update.hpp"
#include "incidents/joining.hpp"
#include "incidents/save_queue.hpp"
#include "incidents/settings.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bongsu::incidents {

/// Writes the picture of an incident and returns its file name below the snapshot folder.
using SnapshotTaker =
    std::function<Result<std::string>(const Incident&, const BehaviourEvent&, const Frame&)>;

/// Turns the events of all cameras into incidents: joins them in place and time, keeps their state
/// and history, stores each before anybody is told of it. Sink, clock and metrics must outlive it.
/// Runs on: one serial queue; subscribers are called on it and must not call back.
class IncidentEngine {
public:
    using Subscriber = std::function<void(const IncidentUpdate&)>;

    IncidentEngine(
        IncidentSettings settings, IncidentSink& sink, const Clock& clock, Metrics& metrics
    );

    /// Zones tell which places are near to each other. To be repeated when a camera's configuration
    /// changes.
    void set_zones(const CameraId& camera, std::vector<Zone> zones);
    const std::vector<Zone>& zones_of(const CameraId& camera) const;

    void take_snapshots_with(SnapshotTaker taker) { take_snapshot_ = std::move(taker); }

    void subscribe(Subscriber subscriber) { subscribers_.push_back(std::move(subscriber)); }

    /// At start: takes back incidents that were going on when the program stopped. Their events end
    /// when the rules say so, or after `stale_after` without news.
    void restore(std::vector<Incident> unended);

    /// `frame` is the picture of the event, if there is one; the first one given becomes the
    /// incident's picture. Events of one camera must come in their order; a begin told twice counts
    /// once.
    void handle(const BehaviourEvent& event, const Frame* frame = nullptr);

    /// An operator's step, stored and told to subscribers when this returns. NotFound,
    /// FailedPrecondition (this state does not lead there, or the incident itself still waits for
    /// the store), or the store's own error.
    Result<Incident> change_state(
        const IncidentId& id, IncidentState to, const std::string& who, const std::string& why
    );

    /// An operator's remark in the history. Errors as above.
    Result<Incident> add_note(
        const IncidentId& id, const std::string& who, const std::string& text
    );

    /// Retries what is not stored, ends events without news, forgets incidents that nothing can
    /// join any more. To be called about once a second.
    void tick();

    std::size_t live() const { return live_.size(); }

    std::size_t unsaved() const { return queue_.waiting(); }

private:
    struct Live {
        Incident incident;
        MonoTime last_news;
        bool is_restored = false;
    };

    void begin(const BehaviourEvent& event, const Frame* frame);
    void go_on(Live& live, const BehaviourEvent& event, const Frame* frame);
    Live* find_joinable(const BehaviourEvent& event);
    Live& open(const BehaviourEvent& event);
    bool absorb_into(Live& live, const BehaviourEvent& event);
    void picture(Live& live, const BehaviourEvent& event, const Frame* frame);
    void make_room();
    void end_all_events(Live& live, std::string_view action, std::string why);
    void end_stale();
    void forget_settled();
    Result<Incident> take_step(
        const IncidentId& id, Result<Incident> stored, IncidentChange change
    );
    Status check_stored(const IncidentId& id) const;
    void add_step(Incident& incident, std::string action, std::string why) const;
    IncidentId next_id(const CameraId& camera);
    void publish(IncidentUpdate update);

    IncidentSettings settings_;
    IncidentSink& sink_;
    const Clock& clock_;
    Metrics& metrics_;
    SaveQueue queue_;
    SnapshotTaker take_snapshot_;
    std::vector<Subscriber> subscribers_;
    std::map<CameraId, std::vector<Zone>> zones_;
    std::unordered_map<IncidentId, Live> live_;
    std::unordered_map<CameraId, std::vector<IncidentId>> by_camera_;  ///< live ones, oldest first
    std::unordered_map<EventId, IncidentId> open_events_;
    unsigned serial_ = 0;
    Gauge& live_gauge_;
};

}  // namespace bongsu::incidents
