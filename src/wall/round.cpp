#include "wall/round.hpp"

#include <algorithm>
#include <ranges>
#include <tuple>

namespace bongsu::wall {
namespace {

constexpr int kPinWeight = 90;

bool is_listed(const std::vector<CameraId>& list, const CameraId& id) {
    return std::ranges::find(list, id) != list.end();
}

}  // namespace

Round::Round(
    const WallSettings& settings,
    const WallSnapshot& snapshot,
    const Shares& shares,
    std::vector<CameraMemory>& memory,
    std::vector<Screen>& screens,
    const CameraNumbers& numbers
)
    : settings_(settings),
      snapshot_(snapshot),
      shares_(shares),
      memory_(memory),
      screens_(screens),
      numbers_(numbers),
      alarm_of_(snapshot.cameras.size()),
      shown_by_(snapshot.cameras.size()),
      is_wished_(snapshot.cameras.size(), 0),
      pool_(snapshot.operators.size()),
      waiting_pins_(snapshot.operators.size()),
      waiting_alarms_(snapshot.operators.size()) {
    for (std::size_t i = 0; i < snapshot.cameras.size(); ++i) {
        if (const auto owner = shares.owner_of(i); owner && camera(i).signal == SignalState::Up) {
            pool_[*owner].push_back(i);
        }
    }
}

std::vector<OperatorWall> Round::run() {
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        screens_[i].resize(who(i).slots, settings_.carousel_share);
    }
    collect_alarms();
    clear_impossible();
    mark_pins_and_focus();
    refresh_reasons();
    place_alarms();
    place_escalations();
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        place_pins(i);
    }
    for (auto& pool : pool_) {
        std::ranges::sort(pool, [&](std::size_t a, std::size_t b) {
            return std::tie(memory_[a].last_shown, a) < std::tie(memory_[b].last_shown, b);
        });
    }
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        if (!who(i).is_paused) {
            fill_empty(i);
            turn_carousel(i);
            fill_main(i);
        }
    }
    refresh_reasons();
    std::vector<OperatorWall> walls;
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        walls.push_back(report(i));
    }
    return walls;
}

/// Takes away what must not be shown any more, whatever its time: cameras that the operator may
/// not see now, and second showings of what is not escalated any more.
void Round::clear_impossible() {
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        screens_[i].each([&](Place& place, bool) {
            if (place.is_empty()) {
                return;
            }
            const std::size_t shown = *place.camera;
            const bool is_escalated = alarm_of_[shown] && alarms_[*alarm_of_[shown]].is_escalated;
            const bool may_stay = who(i).may_see(camera(shown)) &&
                                  (place.is_extra ? is_escalated && who(i).is_supervisor
                                                  : !shown_by_[shown].has_value());
            if (!may_stay) {
                place = {};
            } else if (!place.is_extra) {
                shown_by_[shown] = i;
            }
        });
    }
}

void Round::mark_pins_and_focus() {
    for (std::size_t i = 0; i < screens_.size(); ++i) {
        screens_[i].each([&](Place& place, bool) {
            if (place.is_empty()) {
                return;
            }
            const CameraId& id = camera(*place.camera).id;
            const auto alarm = alarm_of_[*place.camera];
            place.is_focused = who(i).focus == id;
            place.is_pinned = place.is_pinned && is_listed(who(i).pins, id);
            place.is_undecided = alarm && alarms_[*alarm].is_undecided;
        });
    }
}

void Round::place_pins(std::size_t operator_number) {
    const Screen& screen = screens_[operator_number];
    const std::size_t most = screen.main.size() > 1 ? screen.main.size() - 1 : screen.main.size();
    std::size_t pinned = 0;
    for (const CameraId& id : who(operator_number).pins) {
        const auto number = numbers_.find(id);
        if (number == numbers_.end() || !who(operator_number).may_see(camera(number->second))) {
            continue;
        }
        Place* place = pinned < most ? place_for_pin(operator_number, number->second) : nullptr;
        if (place == nullptr) {
            waiting_pins_[operator_number].push_back(id);
            continue;
        }
        ++pinned;
        place->is_pinned = true;
        place->reason = reason_for(*place);
    }
}

/// Where the pinned camera is now: it stays on its main tile or comes onto one. Null while another
/// wall has it, which lets go of it as soon as it may, or while no tile is free for it.
Place* Round::place_for_pin(std::size_t operator_number, std::size_t camera_number) {
    Screen& screen = screens_[operator_number];
    Place* present = screen.find(camera_number);
    if (present == nullptr && shown_by_[camera_number]) {
        is_wished_[camera_number] = 1;
        return nullptr;
    }
    const bool is_rotating =
        std::ranges::any_of(screen.carousel, [&](const Place& place) { return &place == present; });
    if (present != nullptr && !is_rotating) {
        return present;
    }
    Place* place = lightest(
        screen.main,
        {.now = snapshot_.now, .dwell = settings_.dwell, .weight = kPinWeight, .may_be_fresh = true}
    );
    if (place == nullptr) {
        return present;
    }
    if (present != nullptr) {
        *present = {};
    }
    show(operator_number, *place, camera_number);
    return place;
}

/// Whether another operator waits for the camera: with a pin, or because it has become theirs. A
/// wall with room for more would keep it for ever, and a newcomer's wall would stay empty.
bool Round::is_wanted_elsewhere(std::size_t operator_number, const Place& place) const {
    if (place.is_empty()) {
        return false;
    }
    const auto owner = shares_.owner_of(*place.camera);
    return is_wished_[*place.camera] != 0 ||
           (owner && *owner != operator_number && !who(*owner).is_paused);
}

/// Main tiles first: with few cameras it is the carousel that stays empty.
void Round::fill_empty(std::size_t operator_number) {
    for (Place& place : screens_[operator_number].main) {
        const auto next = place.is_empty() ? next_for_main(operator_number, place) : std::nullopt;
        if (next) {
            show_calmly(operator_number, place, *next);
        }
    }
}

void Round::turn_carousel(std::size_t operator_number) {
    for (Place& place : screens_[operator_number].carousel) {
        const bool is_fresh = !place.is_empty() && snapshot_.now - place.since < settings_.dwell;
        if (place.is_held() || is_fresh) {
            continue;
        }
        const auto next = longest_unseen(operator_number);
        if (!next) {
            if (is_wanted_elsewhere(operator_number, place)) {
                vacate(place);
            }
            continue;
        }
        show_calmly(operator_number, place, *next);
    }
}

void Round::fill_main(std::size_t operator_number) {
    std::size_t swaps = 0;
    for (Place& place : screens_[operator_number].main) {
        const bool is_fresh = !place.is_empty() && snapshot_.now - place.since < settings_.dwell;
        const bool is_swap = !place.is_empty();
        if (place.is_held() || is_fresh || (is_swap && swaps >= settings_.swaps_per_tick)) {
            continue;
        }
        const auto next = next_for_main(operator_number, place);
        if (!next) {
            if (is_wanted_elsewhere(operator_number, place)) {
                vacate(place);
            }
            continue;
        }
        swaps += is_swap ? 1 : 0;
        show_calmly(operator_number, place, *next);
    }
}

/// Who would be better on this place: somebody is there and here not, or this one has had its time
/// and another of its kind was unseen for longer. Decided incidents count as people.
std::optional<std::size_t> Round::next_for_main(std::size_t operator_number, const Place& place)
    const {
    std::optional<std::size_t> best;
    int best_weight = 0;
    for (const std::size_t i : pool_[operator_number]) {
        if (shown_by_[i] || is_wished_[i] != 0) {
            continue;
        }
        const int share = shares_.is_in_share(i) ? 1 : 0;
        const int alarm = alarm_of_[i] ? weight_of(ReasonCode::People) : 0;
        const int weight = std::max(weight_of(activity_of(i)), alarm) + share;
        if (weight > best_weight) {
            best = i;
            best_weight = weight;
        }
    }
    const bool is_free = place.is_empty() || is_wished_[*place.camera] != 0 ||
                         shares_.owner_of(*place.camera) != operator_number;
    if (!best || is_free) {
        return best;
    }
    const int alarm = alarm_of_[*place.camera] ? weight_of(ReasonCode::People) : 0;
    const int present = std::max(weight_of(activity_of(*place.camera)), alarm);
    const bool has_stayed = snapshot_.now - place.since >= settings_.stay;
    const bool is_better = best_weight > present + 1 || (has_stayed && best_weight >= present);
    return is_better ? best : std::nullopt;
}

std::optional<std::size_t> Round::longest_unseen(std::size_t operator_number) const {
    for (const std::size_t i : pool_[operator_number]) {
        if (!shown_by_[i] && is_wished_[i] == 0) {
            return i;
        }
    }
    return std::nullopt;
}

void Round::vacate(Place& place) {
    if (place.camera && !place.is_extra) {
        memory_[*place.camera].last_shown = snapshot_.now;
        shown_by_[*place.camera].reset();
    }
    place = {};
}

void Round::show(std::size_t operator_number, Place& place, std::size_t camera_number) {
    vacate(place);
    place.camera = camera_number;
    place.since = snapshot_.now;
    place.is_focused = who(operator_number).focus == camera(camera_number).id;
    shown_by_[camera_number] = operator_number;
}

/// Shows what is there because it is its turn, unless something goes on before it.
void Round::show_calmly(std::size_t operator_number, Place& place, std::size_t camera_number) {
    show(operator_number, place, camera_number);
    const bool has_room = pool_[operator_number].size() <= who(operator_number).slots;
    place.reason = {
        .code = has_room ? ReasonCode::Spare : ReasonCode::Unseen,
        .since = memory_[camera_number].last_shown
    };
    place.reason = reason_for(place);
}

ReasonCode Round::activity_of(std::size_t camera_number) const {
    const WallCamera& seen = camera(camera_number);
    const bool lingers = seen.last_person && snapshot_.now - *seen.last_person <= settings_.lingers;
    return seen.people > 0 || lingers ? ReasonCode::People
           : seen.vehicles > 0        ? ReasonCode::Vehicles
                                      : ReasonCode::Unseen;
}

Reason Round::reason_for(const Place& place) const {
    const WallCamera& seen = camera(*place.camera);
    const WallTime began = place.reason.since;
    Reason reason{.since = snapshot_.now};
    if (const auto alarm = alarm_of_[*place.camera]) {
        const OpenIncident& incident = *alarms_[*alarm].incident;
        reason.code = place.is_extra ? ReasonCode::Escalated : ReasonCode::Incident;
        reason.kind = incident.kind;
        reason.incident = incident.id;
        reason.gravity = incident.gravity;
        reason.since = incident.since;
        return reason;
    }
    const ReasonCode before = place.reason.code;
    if (place.is_pinned) {
        reason.code = ReasonCode::Pinned;
    } else if (seen.people > 0) {
        reason.code = ReasonCode::People;
        reason.count = seen.people;
    } else if (seen.vehicles > 0) {
        reason.code = ReasonCode::Vehicles;
        reason.count = seen.vehicles;
    } else if (before == ReasonCode::Unseen || before == ReasonCode::Spare) {
        return place.reason;
    } else {
        reason.code = ReasonCode::Left;
        reason.since = seen.last_person.value_or(snapshot_.now);
        reason.since = before == ReasonCode::Left ? began : reason.since;
    }
    reason.since = before == reason.code ? began : reason.since;
    return reason;
}

void Round::refresh_reasons() {
    for (Screen& screen : screens_) {
        screen.each([&](Place& place, bool) {
            if (!place.is_empty()) {
                place.reason = reason_for(place);
            }
        });
    }
}

OperatorWall Round::report(std::size_t operator_number) {
    Screen& screen = screens_[operator_number];
    const auto& pool = pool_[operator_number];
    const std::size_t share = shares_.share_size(operator_number);
    OperatorWall wall{
        .id = who(operator_number).id,
        .tiles = {},
        .carousel = screen.carousel.size(),
        .share = share,
        .beyond = shares_.owned(operator_number) - share,
        .load = shares_.load_of(operator_number),
        .waiting_pins = std::move(waiting_pins_[operator_number]),
        .waiting_incidents = std::move(waiting_alarms_[operator_number]),
    };
    std::size_t turning = 0;
    screen.each([&](Place& place, bool is_carousel) {
        turning += is_carousel && !place.is_held() ? 1 : 0;
        if (place.is_empty()) {
            wall.tiles.emplace_back();
            return;
        }
        if (!place.is_extra) {
            memory_[*place.camera].last_shown = snapshot_.now;
        }
        wall.tiles.push_back(Tile{
            .camera = camera(*place.camera).id,
            .reason = place.reason,
            .since = place.since,
            .is_pinned = place.is_pinned,
            .is_carousel = is_carousel,
            .is_focused = place.is_focused,
        });
    });
    if (turning > 0 && !who(operator_number).is_paused) {
        wall.bound = unseen_bound(pool.size(), turning, settings_.dwell, settings_.tick);
    }
    for (const std::size_t i : pool) {
        const Duration unseen = snapshot_.now - memory_[i].last_shown;
        if (!shown_by_[i] && (!wall.longest_unseen || unseen > wall.unseen)) {
            wall.longest_unseen = camera(i).id;
            wall.unseen = unseen;
        }
    }
    return wall;
}

}  // namespace bongsu::wall
