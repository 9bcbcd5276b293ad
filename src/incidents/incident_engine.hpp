#pragma once

#include "core/clock.hpp"
#include "core/metrics.hpp"
#include "domain/frame.hpp"
#include "domain/incident.hpp"
#include "domain/incident_action.hpp"
#include "domain/incident_summary.hpp"
#include "domain/zone.hpp"
#include "incidents/escalation.hpp"
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
/// and history, stores each before anybody is told of it, carries out what people decide, and
/// escalates what nobody acknowledges. Sink, clock and metrics must outlive it.
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

    /// Incidents of the camera belong to this organisation from now on.
    void set_organisation(const CameraId& camera, OrganisationId organisation);

    void take_snapshots_with(SnapshotTaker taker) { take_snapshot_ = std::move(taker); }

    /// Returns the number to unsubscribe with.
    std::size_t subscribe(Subscriber subscriber);
    void unsubscribe(std::size_t number);

    /// At start: takes back incidents that were going on when the program stopped. Their events end
    /// when the rules say so, or after `stale_after` without news.
    void restore(std::vector<Incident> unended);

    /// At start: takes up the timers of incidents that nobody has acknowledged.
    void watch_unanswered(const std::vector<IncidentSummary>& unanswered);

    /// `frame` is the picture of the event, if there is one; the first one given becomes the
    /// incident's picture. Events of one camera must come in their order; a begin told twice counts
    /// once.
    void handle(const BehaviourEvent& event, const Frame* frame = nullptr);

    /// What a person does, stored and told to subscribers when this returns; the time of the action
    /// is now. NotFound, what apply_action refuses, Unavailable while the incident itself waits for
    /// the store, or the store's own error.
    Result<Incident> act(const IncidentId& id, IncidentAction action);

    /// Merges several incidents into one, which is returned. Errors as above.
    Result<Incident> merge(IncidentMerge request);

    /// Retries what is not stored, escalates what waits for somebody too long, ends events without
    /// news, forgets incidents that nothing can join any more. To be called about once a second.
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
    void take_over(const Incident& stored, IncidentChange change);
    void watch(const IncidentSummary& incident);
    void escalate_due();
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
    std::map<std::size_t, Subscriber> subscribers_;
    std::size_t next_subscriber_ = 1;
    EscalationTimers timers_;
    std::map<CameraId, std::vector<Zone>> zones_;
    std::map<CameraId, OrganisationId> organisations_;
    std::unordered_map<IncidentId, Live> live_;
    std::unordered_map<CameraId, std::vector<IncidentId>> by_camera_;  ///< live ones, oldest first
    std::unordered_map<EventId, IncidentId> open_events_;
    unsigned serial_ = 0;
    Gauge& live_gauge_;
};

}  // namespace bongsu::incidents
