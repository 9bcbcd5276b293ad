// Incidents on the walls.
#include "wall/round.hpp"

#include <algorithm>
#include <tuple>

namespace bongsu::wall {
namespace {

/// More than that of anything that shows no undecided incident.
constexpr int kAlarmWeight = 100;

/// Nobody has said yet whether it is real.
bool is_undecided(IncidentState state) {
    return state == IncidentState::New || state == IncidentState::Acknowledged;
}

bool is_over(IncidentState state) {
    return state == IncidentState::Closed || state == IncidentState::FalseAlarm;
}

/// Orders incidents: undecided before decided, then gravity, then age.
auto urgency(const OpenIncident& incident) {
    return std::tuple(!is_undecided(incident.state), -incident.gravity, incident.since);
}

}  // namespace

void Round::collect_alarms() {
    for (std::size_t i = 0; i < snapshot_.cameras.size(); ++i) {
        Alarm alarm{.camera = i};
        for (const OpenIncident& incident : camera(i).incidents) {
            if (is_over(incident.state)) {
                continue;
            }
            alarm.is_undecided |= is_undecided(incident.state);
            alarm.is_escalated |= incident.is_escalated;
            if (alarm.incident == nullptr || urgency(incident) < urgency(*alarm.incident)) {
                alarm.incident = &incident;
            }
        }
        if (alarm.incident != nullptr) {
            alarms_.push_back(alarm);
        }
    }
    std::ranges::sort(alarms_, {}, [](const Alarm& alarm) {
        return std::tuple_cat(urgency(*alarm.incident), std::tuple(alarm.camera));
    });
    for (std::size_t i = 0; i < alarms_.size(); ++i) {
        alarm_of_[alarms_[i].camera] = i;
    }
}

void Round::place_alarms() {
    for (const Alarm& alarm : alarms_) {
        if (const auto shown = shown_by_[alarm.camera]) {
            promote_alarm(alarm, *shown);
        } else if (alarm.is_undecided) {
            place_alarm(alarm);
        }
    }
}

void Round::place_alarm(const Alarm& alarm) {
    const auto owner = shares_.owner_of(alarm.camera);
    if (owner && (place_alarm_at(alarm, *owner) || will_have_room(*owner))) {
        return;
    }
    std::vector<std::size_t> others;
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        if (owner != i && who(i).may_see(camera(alarm.camera))) {
            others.push_back(i);
        }
    }
    std::ranges::sort(others, {}, [&](std::size_t i) {
        return std::pair(screens_[i].incidents(), i);
    });
    for (const std::size_t other : others) {
        if (place_alarm_at(alarm, other)) {
            return;
        }
    }
    if (owner || !others.empty()) {
        waiting_alarms_[owner ? *owner : others.front()].push_back(alarm.incident->id);
    }
}

bool Round::place_alarm_at(const Alarm& alarm, std::size_t operator_number) {
    const bool is_urgent = alarm.incident->gravity >= settings_.urgent_gravity;
    if (who(operator_number).is_paused && !is_urgent) {
        return false;
    }
    Screen& screen = screens_[operator_number];
    PlaceWish wish{.now = snapshot_.now, .dwell = settings_.dwell, .weight = kAlarmWeight};
    Place* place = lightest(screen.main, wish);
    if (place == nullptr && (is_urgent || screen.main.empty())) {
        place = lightest(screen.carousel, wish);
    }
    if (place == nullptr && is_urgent) {
        wish.may_be_fresh = true;
        place = lightest(screen.main, wish);
        place = place != nullptr ? place : lightest(screen.carousel, wish);
        place = place != nullptr ? place : least_alarm(screen.carousel);
    }
    if (place == nullptr) {
        return false;
    }
    show(operator_number, *place, alarm.camera);
    place->is_undecided = alarm.is_undecided;
    place->reason = reason_for(*place);
    return true;
}

/// The carousel's tile of the least incident that is not urgent, for one that is and finds no other
/// place at all.
Place* Round::least_alarm(std::vector<Place>& places) const {
    Place* least = nullptr;
    for (Place& place : places) {
        const bool may_go = !place.is_pinned && !place.is_focused &&
                            place.reason.gravity < settings_.urgent_gravity;
        if (may_go && (least == nullptr || place.reason.gravity < least->reason.gravity)) {
            least = &place;
        }
    }
    return least;
}

/// Whether a tile of the wall is only waiting for its time.
bool Round::will_have_room(std::size_t operator_number) const {
    const Screen& screen = screens_[operator_number];
    const auto& places = screen.main.empty() ? screen.carousel : screen.main;
    return !who(operator_number).is_paused && std::ranges::any_of(places, [](const Place& place) {
        return !place.is_held() && weight_of(place) < kAlarmWeight;
    });
}

/// An incident that began on the carousel moves up when its time there is over, so that the
/// carousel goes on.
void Round::promote_alarm(const Alarm& alarm, std::size_t operator_number) {
    Screen& screen = screens_[operator_number];
    const auto rotating = std::ranges::find(screen.carousel, alarm.camera, &Place::camera);
    if (rotating == screen.carousel.end() || rotating->is_focused || rotating->is_extra ||
        who(operator_number).is_paused || snapshot_.now - rotating->since < settings_.dwell) {
        return;
    }
    const PlaceWish wish{.now = snapshot_.now, .dwell = settings_.dwell, .weight = kAlarmWeight};
    if (Place* place = lightest(screen.main, wish)) {
        *rotating = {};
        show(operator_number, *place, alarm.camera);
        place->is_undecided = alarm.is_undecided;
        place->reason = reason_for(*place);
    }
}

void Round::place_escalations() {
    for (const Alarm& alarm : alarms_) {
        if (!alarm.is_escalated) {
            continue;
        }
        for (std::size_t i = 0; i < screens_.size(); ++i) {
            const bool is_meant = who(i).is_supervisor && who(i).may_see(camera(alarm.camera));
            if (!is_meant || screens_[i].find(alarm.camera) != nullptr) {
                continue;
            }
            const PlaceWish wish{
                .now = snapshot_.now,
                .dwell = settings_.dwell,
                .weight = kAlarmWeight,
                .may_be_fresh = alarm.incident->gravity >= settings_.urgent_gravity
            };
            Place* place = lightest(screens_[i].main, wish);
            if (place == nullptr) {
                waiting_alarms_[i].push_back(alarm.incident->id);
                continue;
            }
            const auto first = shown_by_[alarm.camera];
            show(i, *place, alarm.camera);
            shown_by_[alarm.camera] = first;
            place->is_extra = true;
            place->is_undecided = alarm.is_undecided;
            place->reason = reason_for(*place);
        }
    }
}

}  // namespace bongsu::wall
