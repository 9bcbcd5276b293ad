#include "behaviours/still_things/keepers.hpp"

#include <algorithm>
#include <ranges>

namespace bongsu::behaviours::still_things {
namespace {

constexpr std::size_t kMostNumbers = 8;
/// A track that begins within so many body heights of where a keeper was last seen, and so soon
/// after, is he.
constexpr float kHandover = 1;
constexpr Duration kHandoverWithin = std::chrono::seconds{5};

/// Who comes back and is gone again so soon has only passed.
constexpr Duration kPassing = std::chrono::seconds{5};

const Track* find(const Scene& scene, TrackId id) {
    const auto found = std::ranges::find(scene.tracks, id, &Track::id);
    return found != scene.tracks.end() ? &*found : nullptr;
}

}  // namespace

Keepers::Keepers(const std::vector<Sighting>& people) {
    for (const Sighting& sighting : people) {
        people_.push_back({.tracks = {sighting.track}, .last = sighting.box, .seen = sighting.time}
        );
    }
}

void Keepers::update(const Scene& scene, const Box& thing, float leaving) {
    for (Person& person : people_) {
        follow(person, scene, thing, leaving);
    }
    const bool is_left = std::ranges::all_of(people_, [](const Person& person) {
        return !person.is_near || person.is_gone;
    });
    if (!is_left) {
        returned_ = returned_.value_or(scene.time);
        if (left_since_ && scene.time - *returned_ > kPassing) {
            left_since_.reset();
        }
        return;
    }
    if (left_since_ && returned_) {
        *left_since_ += scene.time - *returned_;
    }
    left_since_ = left_since_.value_or(scene.time);
    returned_.reset();
}

void Keepers::follow(Person& person, const Scene& scene, const Box& thing, float leaving) {
    const Track* track = find(scene, person.tracks.back());
    if (track == nullptr) {
        person.is_gone = true;
        hand_over(person, scene);
        track = find(scene, person.tracks.back());
    }
    if (track == nullptr || track->state != TrackState::Confirmed) {
        return;
    }
    person.is_gone = false;
    person.last = track->box;
    person.seen = scene.time;
    const float apart = std::min(
        distance(track->box.foot(), thing.foot()), distance(track->box.foot(), thing.centre())
    );
    person.is_near = apart <= leaving * track->box.h;
    person.was_leaving = !person.is_near || is_at_border(track->box, scene.width, scene.height);
}

void Keepers::hand_over(Person& person, const Scene& scene) {
    if (person.tracks.size() >= kMostNumbers) {
        return;
    }
    for (const Track& track : scene.tracks) {
        const Box first = track.history.empty() ? track.box : track.history.front().box;
        if (track.cls == ObjectClass::Person && track.state == TrackState::Confirmed &&
            track.first_seen >= person.seen && track.first_seen - person.seen <= kHandoverWithin &&
            distance(first.foot(), person.last.foot()) <= kHandover * person.last.h) {
            person.tracks.push_back(track.id);
            return;
        }
    }
}

WallTime Keepers::lost_at() const {
    WallTime latest{};
    for (const Person& person : people_) {
        latest = person.was_leaving ? latest : std::max(latest, person.seen);
    }
    return latest;
}

bool Keepers::were_seen_leaving() const {
    return std::ranges::all_of(people_, &Person::was_leaving);
}

}  // namespace bongsu::behaviours::still_things
