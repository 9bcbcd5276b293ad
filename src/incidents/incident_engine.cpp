#include "incidents/incident_engine.hpp"

#include "core/log.hpp"
#include "incidents/metrics.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <tuple>
#include <utility>

namespace bongsu::incidents {
namespace {

/// The system's own remarks stop at this length of the history; people's never do.
constexpr std::size_t kMaxSystemSteps = 200;
/// After a long stop many may be due; the rest waits for the next tick.
constexpr std::size_t kMaxEscalationsAtOnce = 50;
constexpr Duration kEscalationRetry = std::chrono::seconds{10};

IncidentChange change_of(IncidentVerb verb) {
    switch (verb) {
        case IncidentVerb::Note:
            return IncidentChange::NoteAdded;
        case IncidentVerb::Assign:
        case IncidentVerb::Release:
            return IncidentChange::Assigned;
        case IncidentVerb::Escalate:
            return IncidentChange::Escalated;
        default:
            return IncidentChange::StateChanged;
    }
}

std::string describe(const BehaviourEvent& event) {
    std::string text = event.kind;
    if (!event.zone.value().empty()) {
        text += " in " + event.zone.value();
    }
    return event.detail.empty() ? text : text + " (" + event.detail + ")";
}

}  // namespace

IncidentEngine::IncidentEngine(
    IncidentSettings settings, IncidentSink& sink, const Clock& clock, Metrics& metrics
)
    : settings_(settings),
      sink_(sink),
      clock_(clock),
      metrics_(metrics),
      queue_(
          sink,
          clock,
          metrics,
          settings.max_unsaved,
          [this](IncidentUpdate update) { publish(std::move(update)); }
      ),
      timers_(settings_),
      live_gauge_(metrics.gauge(kLive)) {}

void IncidentEngine::set_zones(const CameraId& camera, std::vector<Zone> zones) {
    zones_[camera] = std::move(zones);
}

const std::vector<Zone>& IncidentEngine::zones_of(const CameraId& camera) const {
    static const std::vector<Zone> none;
    const auto found = zones_.find(camera);
    return found != zones_.end() ? found->second : none;
}

void IncidentEngine::set_organisation(const CameraId& camera, OrganisationId organisation) {
    organisations_[camera] = std::move(organisation);
}

std::size_t IncidentEngine::subscribe(Subscriber subscriber) {
    subscribers_[next_subscriber_] = std::move(subscriber);
    return next_subscriber_++;
}

void IncidentEngine::unsubscribe(std::size_t number) {
    subscribers_.erase(number);
}

void IncidentEngine::watch_unanswered(const std::vector<IncidentSummary>& unanswered) {
    for (const IncidentSummary& incident : unanswered) {
        watch(incident);
    }
}

void IncidentEngine::restore(std::vector<Incident> unended) {
    std::ranges::sort(unended, {}, &Incident::id);
    for (Incident& incident : unended) {
        const IncidentId id = incident.id;
        for (const BehaviourEvent& event : incident.events) {
            if (event.phase != EventPhase::End) {
                open_events_[event.id] = id;
            }
        }
        by_camera_[incident.camera].push_back(id);
        live_[id] = {std::move(incident), clock_.mono(), true};
    }
    live_gauge_.set(static_cast<double>(live_.size()));
}

void IncidentEngine::handle(const BehaviourEvent& event, const Frame* frame) {
    const auto known = open_events_.find(event.id);
    if (known != open_events_.end()) {
        go_on(live_.at(known->second), event, frame);
    } else if (event.phase == EventPhase::End) {
        metrics_.counter(kUnknownEndsTotal).add();
    } else {
        begin(event, frame);
    }
}

void IncidentEngine::begin(const BehaviourEvent& event, const Frame* frame) {
    IncidentChange change = IncidentChange::EventJoined;
    Live* live = find_joinable(event);
    if (live != nullptr && absorb_into(*live, event)) {
        metrics_.counter(kJoinedTotal).add();
        add_step(live->incident, "event_joined", describe(event));
    } else {
        live = &open(event);
        change = IncidentChange::Opened;
    }
    picture(*live, event, frame);
    queue_.put(live->incident, change);
}

void IncidentEngine::go_on(Live& live, const BehaviourEvent& event, const Frame* frame) {
    absorb_into(live, event);
    picture(live, event, frame);
    if (event.phase != EventPhase::End) {
        queue_.put(live.incident, IncidentChange::EventUpdated);
        return;
    }
    const bool is_over = live.incident.ended.has_value();
    if (is_over) {
        add_step(live.incident, "ended", describe(event));
    }
    queue_.put(live.incident, is_over ? IncidentChange::Ended : IncidentChange::EventEnded);
}

/// The best fitting live incident of the camera; of several, the latest.
IncidentEngine::Live* IncidentEngine::find_joinable(const BehaviourEvent& event) {
    const auto known = by_camera_.find(event.camera);
    if (known == by_camera_.end()) {
        return nullptr;
    }
    Live* best = nullptr;
    Fit best_fit = Fit::None;
    for (const IncidentId& id : known->second) {
        Live& live = live_.at(id);
        const JoinContext context{zones_of(event.camera), !live.is_restored};
        const Fit fits = fit(live.incident, event, context, settings_);
        if (fits != Fit::None && fits >= best_fit) {
            const auto whole = live_.find(live.incident.merged_into);
            best = whole != live_.end() ? &whole->second : &live;
            best_fit = fits;
        }
    }
    return best;
}

IncidentEngine::Live& IncidentEngine::open(const BehaviourEvent& event) {
    make_room();
    Incident incident;
    incident.id = next_id(event.camera);
    incident.camera = event.camera;
    if (const auto known = organisations_.find(event.camera); known != organisations_.end()) {
        incident.organisation = known->second;
    }
    add_step(incident, "opened", describe(event));
    const IncidentId id = incident.id;
    by_camera_[event.camera].push_back(id);
    Live& live = live_[id];
    live.incident = std::move(incident);
    absorb_into(live, event);
    metrics_.counter(kOpenedTotal, {{"gravity", std::to_string(event.gravity)}}).add();
    live_gauge_.set(static_cast<double>(live_.size()));
    return live;
}

bool IncidentEngine::absorb_into(Live& live, const BehaviourEvent& event) {
    if (!absorb(live.incident, event, settings_)) {
        return false;
    }
    live.last_news = clock_.mono();
    if (event.phase == EventPhase::End) {
        open_events_.erase(event.id);
    } else {
        open_events_[event.id] = live.incident.id;
    }
    return true;
}

void IncidentEngine::picture(Live& live, const BehaviourEvent& event, const Frame* frame) {
    if (frame == nullptr || !take_snapshot_ || !live.incident.snapshot.empty()) {
        return;
    }
    Result<std::string> name = take_snapshot_(live.incident, event, *frame);
    if (name) {
        live.incident.snapshot = *std::move(name);
        return;
    }
    metrics_.counter(kSnapshotFailuresTotal).add();
    log::error(
        "incidents.snapshot_failed",
        {{"incident", live.incident.id.value()}, {"error", name.error().describe()}}
    );
}

Result<Incident> IncidentEngine::act(const IncidentId& id, IncidentAction action) {
    BONGSU_TRY(check_stored(id));
    action.when = clock_.wall();
    BONGSU_ASSIGN(Incident stored, sink_.act(id, action));
    take_over(stored, change_of(action.verb));
    return stored;
}

Result<Incident> IncidentEngine::merge(IncidentMerge request) {
    BONGSU_TRY(check_stored(request.into));
    for (const IncidentId& id : request.from) {
        BONGSU_TRY(check_stored(id));
    }
    request.when = clock_.wall();
    BONGSU_ASSIGN(const std::vector<Incident> stored, sink_.merge(request));
    for (const Incident& incident : stored) {
        take_over(incident, IncidentChange::Merged);
    }
    return stored.back();
}

Status IncidentEngine::check_stored(const IncidentId& id) const {
    if (queue_.holds(id)) {
        return fail(
            ErrorKind::Unavailable,
            "store_away"_code,
            "incident '" + id.value() + "' waits for the store; try again when the store is back"
        );
    }
    return {};
}

/// Brings the live copy up to what was done in the store and tells of it. Its own events stay: the
/// store keeps more of them than a live incident does.
void IncidentEngine::take_over(const Incident& stored, IncidentChange change) {
    if (const auto live = live_.find(stored.id); live != live_.end()) {
        Incident& own = live->second.incident;
        Incident next = stored;
        next.events = std::move(own.events);
        next.ended = own.ended;
        own = std::move(next);
    }
    publish({stored, {change}});
}

void IncidentEngine::tick() {
    queue_.retry();
    escalate_due();
    end_stale();
    forget_settled();
}

void IncidentEngine::watch(const IncidentSummary& incident) {
    if (!timers_.watch(incident)) {
        metrics_.counter(kUnwatchedTotal).add();
        log::error(
            "incidents.not_watched",
            {{"incident", incident.id.value()},
             {"why", "too many incidents wait for somebody; this one is not escalated by itself"}}
        );
    }
}

void IncidentEngine::escalate_due() {
    for (const IncidentId& id : timers_.take_due(clock_.wall(), kMaxEscalationsAtOnce)) {
        const Result<Incident> done =
            act(id,
                {.verb = IncidentVerb::Escalate,
                 .who = std::string(kSystem),
                 .why = "nobody acknowledged it in time"});
        if (done) {
            metrics_.counter(kEscalatedTotal).add();
        } else if (traits_of(done.error().kind).is_retryable) {
            timers_.postpone(id, clock_.wall() + kEscalationRetry);
        } else {
            log::warn(
                "incidents.not_escalated",
                {{"incident", id.value()}, {"error", done.error().describe()}}
            );
        }
    }
}

void IncidentEngine::end_stale() {
    for (auto& [id, live] : live_) {
        const bool is_silent = clock_.mono() - live.last_news > settings_.stale_after;
        if (is_silent && !live.incident.ended) {
            end_all_events(
                live, "events_lost", "no news from the rules; the camera or the program stopped"
            );
        }
    }
}

/// Ends what goes on at the time of its last news: nobody knows what came after.
void IncidentEngine::end_all_events(Live& live, std::string_view action, std::string why) {
    const std::vector<BehaviourEvent> events = live.incident.events;
    for (BehaviourEvent event : events) {
        if (event.phase != EventPhase::End) {
            event.phase = EventPhase::End;
            absorb_into(live, event);
            metrics_.counter(kStaleEventsTotal).add();
        }
    }
    add_step(live.incident, std::string(action), std::move(why));
    queue_.put(live.incident, IncidentChange::Ended);
}

void IncidentEngine::forget_settled() {
    const Duration kept = settings_.join_window + settings_.stale_after;
    std::erase_if(live_, [&](const auto& entry) {
        const Live& live = entry.second;
        const bool is_settled = live.incident.ended && clock_.mono() - live.last_news > kept;
        if (is_settled) {
            std::erase(by_camera_[live.incident.camera], entry.first);
        }
        return is_settled;
    });
    std::erase_if(by_camera_, [](const auto& entry) { return entry.second.empty(); });
    live_gauge_.set(static_cast<double>(live_.size()));
}

/// Ends the least grave and oldest incident when there are too many: ended ones first, they are
/// stored and done.
void IncidentEngine::make_room() {
    if (live_.size() < settings_.max_live) {
        return;
    }
    const auto least = std::ranges::min_element(live_, {}, [](const auto& entry) {
        const Incident& incident = entry.second.incident;
        return std::tuple(!incident.ended.has_value(), incident.gravity, incident.started);
    });
    Live& live = least->second;
    if (!live.incident.ended) {
        metrics_.counter(kEvictedTotal).add();
        log::error(
            "incidents.evicted",
            {{"incident", least->first.value()},
             {"why", "too many incidents go on at once; raise incidents.max_live or calm the rules"}
            }
        );
        end_all_events(live, "evicted", "too many incidents went on at once");
    }
    std::erase(by_camera_[live.incident.camera], least->first);
    live_.erase(least);
}

void IncidentEngine::add_step(Incident& incident, std::string action, std::string why) const {
    if (incident.steps.size() < kMaxSystemSteps) {
        incident.steps.push_back({clock_.wall(), "system", std::move(action), std::move(why)});
    }
}

/// 20261121T224005123Z-0007-gate: sorts by time, safe as a file name.
IncidentId IncidentEngine::next_id(const CameraId& camera) {
    std::string time = to_iso8601(clock_.wall());
    std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == '.'; });
    // Numbers begin anew with the program: an incident of the last run may bear this millisecond
    // and number.
    while (true) {
        std::array<char, 16> serial{};
        std::snprintf(serial.data(), serial.size(), "-%04x-", ++serial_ & 0xFFFFU);
        IncidentId id{time + serial.data() + camera.value()};
        if (!live_.contains(id) && !queue_.holds(id)) {
            return id;
        }
    }
}

void IncidentEngine::publish(IncidentUpdate update) {
    const auto live = live_.find(update.incident.id);
    const bool is_opening =
        std::ranges::find(update.changes, IncidentChange::Opened) != update.changes.end();
    if (live != live_.end()) {
        live->second.incident.change = update.incident.change;
    }
    if (is_opening) {
        if (live != live_.end()) {
            live->second.incident.opened = update.incident.opened;
        }
        const WallTime certain = update.incident.events.front().time;
        metrics_.histogram(kStoredDelay).observe(to_seconds(clock_.wall() - certain));
    }
    watch(summary_of(update.incident));
    for (const auto& [number, subscriber] : subscribers_) {
        subscriber(update);
    }
}

}  // namespace bongsu::incidents
