#include "behaviours/fall/sightings.hpp"

#include <algorithm>
#include <cstddef>

namespace bongsu::behaviours::fall {
namespace {

constexpr Duration kMemory = std::chrono::seconds{3};
constexpr std::size_t kMost = 64;
/// Smaller by this much or more; people of nearly one size are told apart by where they are.
constexpr float kMuchSmaller = 1.5F;
/// The joints fill so much of the height of somebody upright.
constexpr float kLeastFill = 0.55F;
constexpr float kMostFill = 1.15F;
/// How far he may be from where he was seen, in his heights: at once, and more each second.
constexpr float kNear = 0.3F;
constexpr float kPace = 1.2F;

bool holds(const Box& box, Point point) {
    return point.x >= box.x && point.x <= box.right() && point.y >= box.y &&
           point.y <= box.bottom();
}

}  // namespace

void Sightings::remember(const Track& track, WallTime now) {
    const bool is_seen = track.cls == ObjectClass::Person && !track.history.empty() &&
                         track.history.back().is_observed && track.box.h > 0;
    if (!is_seen) {
        return;
    }
    seen_.push_back({now, track.id, track.box});
    if (seen_.size() > kMost) {
        seen_.pop_front();
    }
}

void Sightings::forget(WallTime now) {
    std::erase_if(seen_, [&](const Sighting& old) { return now - old.time > kMemory; });
}

bool Sightings::is_of_another(const Box& extent, WallTime now, const Known& him) const {
    return std::ranges::any_of(seen_, [&](const Sighting& other) {
        const bool is_apart =
            other.time <= him.time && other.track != him.track && !holds(other.box, him.hips);
        const bool is_much_smaller = other.box.h * kMuchSmaller < him.size;
        const float fills = extent.h / other.box.h;
        const auto since = static_cast<float>(to_seconds(now - other.time));
        return is_apart && is_much_smaller && fills >= kLeastFill && fills <= kMostFill &&
               distance(extent.centre(), other.box.centre()) <
                   other.box.h * (kNear + kPace * since);
    });
}

}  // namespace bongsu::behaviours::fall
