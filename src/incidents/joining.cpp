#include "incidents/joining.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

namespace bongsu::incidents {
namespace {

/// Events that one incident keeps one by one, and tracks that one event keeps.
constexpr std::size_t kMaxEvents = 64;
constexpr std::size_t kMaxTracks = 64;

std::vector<Segment> edges_of(const Zone& zone) {
    std::vector<Segment> edges;
    const std::size_t count = zone.is_line() ? 1 : zone.corners.size();
    for (std::size_t i = 0; i < count; ++i) {
        edges.push_back({zone.corners[i], zone.corners[(i + 1) % zone.corners.size()]});
    }
    return edges;
}

float gap_between(const Zone& a, const Zone& b) {
    const bool is_within = (!b.is_line() && contains(b.corners, a.corners.front())) ||
                           (!a.is_line() && contains(a.corners, b.corners.front()));
    if (is_within) {
        return 0;
    }
    float gap = std::numeric_limits<float>::infinity();
    for (const Segment& s : edges_of(a)) {
        for (const Segment& t : edges_of(b)) {
            const float apart =
                crosses(s, t)
                    ? 0
                    : std::min(
                          {distance(s, t.a), distance(s, t.b), distance(t, s.a), distance(t, s.b)}
                      );
            gap = std::min(gap, apart);
        }
    }
    return gap;
}

bool do_share_tracks(const BehaviourEvent& a, const BehaviourEvent& b) {
    return std::ranges::any_of(a.tracks, [&](TrackId track) {
        return std::ranges::find(b.tracks, track) != b.tracks.end();
    });
}

/// When something last happened in the incident.
WallTime last_activity(const Incident& incident) {
    WallTime last = incident.started;
    for (const BehaviourEvent& event : incident.events) {
        last = std::max(last, event.time);
    }
    return last;
}

bool is_in_time(
    const Incident& incident, const BehaviourEvent& event, const IncidentSettings& settings
) {
    if (event.started - incident.started > settings.longest) {
        return false;
    }
    return !has_ended(incident) || event.started - last_activity(incident) <= settings.join_window;
}

bool is_same_place(
    const BehaviourEvent& known,
    const BehaviourEvent& event,
    const JoinContext& context,
    const IncidentSettings& settings
) {
    return known.kind == event.kind &&
           are_near(known.zone, event.zone, context.zones, settings.near);
}

/// The entry that this event goes on from: the same event, or one that has ended and begins anew
/// for the same rule, zone and people.
BehaviourEvent* continued_by(Incident& incident, const BehaviourEvent& event) {
    const auto same = std::ranges::find(incident.events, event.id, &BehaviourEvent::id);
    if (same != incident.events.end()) {
        return &*same;
    }
    const auto ended = std::ranges::find_if(incident.events, [&](const BehaviourEvent& known) {
        return known.phase == EventPhase::End && known.rule == event.rule &&
               known.zone == event.zone &&
               (do_share_tracks(known, event) || (known.tracks.empty() && event.tracks.empty()));
    });
    return ended != incident.events.end() ? &*ended : nullptr;
}

void go_on(BehaviourEvent& known, const BehaviourEvent& event) {
    std::vector<TrackId> tracks = std::move(known.tracks);
    const WallTime started = std::min(known.started, event.started);
    const float confidence = std::max(known.confidence, event.confidence);
    known = event;
    known.started = started;
    known.confidence = confidence;
    for (TrackId track : known.tracks) {
        if (std::ranges::find(tracks, track) == tracks.end()) {
            tracks.push_back(track);
        }
    }
    if (tracks.size() > kMaxTracks) {
        tracks.erase(tracks.begin(), tracks.end() - kMaxTracks);
    }
    known.tracks = std::move(tracks);
}

bool make_room(Incident& incident) {
    if (incident.events.size() < kMaxEvents) {
        return true;
    }
    const auto ended = std::ranges::find(incident.events, EventPhase::End, &BehaviourEvent::phase);
    if (ended == incident.events.end()) {
        return false;
    }
    incident.events.erase(ended);
    return true;
}

}  // namespace

bool is_camera_fault(std::string_view kind) {
    return kind.starts_with("camera_");
}

bool are_near(const ZoneId& a, const ZoneId& b, std::span<const Zone> zones, float near) {
    if (a == b) {
        return true;
    }
    const auto zone_a = std::ranges::find(zones, a, &Zone::id);
    const auto zone_b = std::ranges::find(zones, b, &Zone::id);
    if (zone_a == zones.end() || zone_b == zones.end()) {
        return true;
    }
    return gap_between(*zone_a, *zone_b) <= near;
}

Fit fit(
    const Incident& incident,
    const BehaviourEvent& event,
    const JoinContext& context,
    const IncidentSettings& settings
) {
    if (incident.camera != event.camera || incident.events.empty() ||
        !is_in_time(incident, event, settings)) {
        return Fit::None;
    }
    const bool is_fault = is_camera_fault(event.kind) || is_camera_fault(incident.kind);
    if (is_fault) {
        return event.kind == incident.kind ? Fit::SamePlace : Fit::None;
    }
    const bool is_judged = !is_open(incident.state) && incident.merged_into.value().empty();
    const bool shares_tracks =
        context.are_tracks_comparable &&
        std::ranges::any_of(incident.events, [&](const BehaviourEvent& known) {
            return do_share_tracks(known, event) && (!is_judged || known.kind == event.kind);
        });
    if (shares_tracks) {
        return Fit::SameTracks;
    }
    const bool is_here =
        !is_judged && std::ranges::any_of(incident.events, [&](const BehaviourEvent& known) {
            return is_same_place(known, event, context, settings);
        });
    return is_here ? Fit::SamePlace : Fit::None;
}

bool absorb(Incident& incident, const BehaviourEvent& event, const IncidentSettings& settings) {
    if (BehaviourEvent* known = continued_by(incident, event)) {
        go_on(*known, event);
    } else if (make_room(incident)) {
        incident.events.push_back(event);
    } else {
        return false;
    }
    if (incident.kind.empty() || event.gravity > incident.gravity) {
        incident.kind = event.kind;
        incident.gravity = event.gravity;
    }
    const bool is_first = incident.started == WallTime{};
    incident.started = is_first ? event.started : std::min(incident.started, event.started);
    incident.confidence = std::max(incident.confidence, event.confidence);
    const bool is_new_zone = std::ranges::find(incident.zones, event.zone) == incident.zones.end();
    if (is_new_zone && !event.zone.value().empty()) {
        incident.zones.push_back(event.zone);
    }
    const WallTime latest = last_activity(incident);
    incident.ended = has_ended(incident) ? std::optional{latest} : std::nullopt;
    incident.clip_from = incident.started - settings.pre_roll;
    incident.clip_to = latest + settings.post_roll;
    return true;
}

bool has_ended(const Incident& incident) {
    return std::ranges::all_of(incident.events, [](const BehaviourEvent& event) {
        return event.phase == EventPhase::End;
    });
}

}  // namespace bongsu::incidents
