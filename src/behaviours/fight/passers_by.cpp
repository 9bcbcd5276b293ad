#include "behaviours/fight/passers_by.hpp"

#include "behaviours/fight/usual.hpp"
#include "behaviours/kinematics.hpp"

#include <algorithm>
#include <cmath>

namespace bongsu::behaviours::fight {
namespace {

/// Who walks is remembered for so long: when two meet, one hides the other, and the tracker loses
/// or confuses them.
constexpr Duration kRemembered = std::chrono::seconds{3};

/// Body heights a second; also of somebody who strolls, or is seen from in front.
constexpr float kWalks = 0.3F;
constexpr Duration kPaceWindow = std::chrono::seconds{1};

/// A picture in which nothing moves is not searched: so long after it comes to life everybody who
/// was there has been found.
constexpr Duration kSettled = std::chrono::seconds{1};
/// After so long without a sign of life the next one is a new beginning.
constexpr Duration kQuiet = std::chrono::seconds{2};

/// So many pass each other without more ado.
constexpr std::size_t kTwo = 2;
/// What each one beyond them asks for, in log odds.
constexpr float kForEach = 1.5F;

bool walks(const Track& track, WallTime now) {
    const auto pace = pace_of(track, now, kPaceWindow, SizeMap{});
    return pace && pace->speed >= kWalks;
}

/// Whether somebody has come in at one of the sides, and was not overlooked in the middle.
bool has_come_in(const Track& track, const Scene& scene, WallTime alive_since) {
    if (scene.time - track.first_seen > kRemembered || track.first_seen - alive_since < kSettled ||
        track.history.empty()) {
        return false;
    }
    const Box& first = track.history.front().box;
    return first.x < first.w || first.right() + first.w > static_cast<float>(scene.width);
}

}  // namespace

void PassersBy::watch(const Scene& scene) {
    note_life(scene);
    const auto people = std::ranges::count_if(scene.tracks, [&](const Track& track) {
        return track.cls == ObjectClass::Person &&
               (walks(track, scene.time) || has_come_in(track, scene, alive_since_));
    });
    counts_.push_back({scene.time, static_cast<std::size_t>(people)});
    while (scene.time - counts_.front().time > kRemembered) {
        counts_.pop_front();
    }
}

bool PassersBy::may_pass() const {
    return most() >= kTwo;
}

float PassersBy::needed(float threshold) const {
    const std::size_t people = most();
    if (people <= kTwo || threshold >= kHighestNeeded) {
        return threshold;
    }
    const float odds =
        threshold / (1 - threshold) * std::exp(kForEach * static_cast<float>(people - kTwo));
    return std::min(kHighestNeeded, odds / (1 + odds));
}

void PassersBy::note_life(const Scene& scene) {
    if (scene.tracks.empty() && scene.moving.empty()) {
        return;
    }
    if (scene.time - last_sign_ > kQuiet) {
        alive_since_ = scene.time;
    }
    last_sign_ = scene.time;
}

std::size_t PassersBy::most() const {
    return counts_.empty() ? 0 : std::ranges::max(counts_, {}, &Count::people).people;
}

}  // namespace bongsu::behaviours::fight
