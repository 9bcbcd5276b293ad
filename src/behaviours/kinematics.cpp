#include "behaviours/kinematics.hpp"

#include <algorithm>
#include <cmath>
#include <ranges>
#include <vector>

namespace bongsu::behaviours {
namespace {

constexpr std::size_t kLeastDetections = 3;
/// A busy node looks at a camera less often than twice a second; so many windows are searched for
/// the detections that are needed.
constexpr int kMostWindows = 2;
/// Of the person's box that a vehicle must cover for him to be its rider.
constexpr float kRides = 0.2F;

/// The detections to measure on, the latest first: all of the window or, where looks are rare, as
/// many as are needed.
std::vector<const TrackPoint*> seen_in(const Track& track, WallTime now, Duration window) {
    std::vector<const TrackPoint*> seen;
    for (const TrackPoint& point : track.history | std::views::reverse) {
        if (!point.is_observed || point.time > now) {
            continue;
        }
        const Duration age = now - point.time;
        const bool is_needed = seen.size() < kLeastDetections && age <= kMostWindows * window;
        if (age > window && !is_needed) {
            break;
        }
        seen.push_back(&point);
    }
    return seen;
}

}  // namespace

float standing_height(const Track& track, const SizeMap& sizes) {
    std::vector<float> seen;
    for (const TrackPoint& point : track.history) {
        if (point.is_observed) {
            seen.push_back(point.box.h);
        }
    }
    if (seen.empty()) {
        return sizes.height_at(track.box.bottom()).value_or(0);
    }
    std::ranges::sort(seen);
    const auto learnt = sizes.height_at(track.box.bottom());
    return learnt ? std::max(*learnt, seen[seen.size() / 2]) : seen.back();
}

std::optional<Pace> pace_of(
    const Track& track, WallTime now, Duration window, const SizeMap& sizes
) {
    const std::vector<const TrackPoint*> seen = seen_in(track, now, window);
    const float height = standing_height(track, sizes);
    if (seen.size() < kLeastDetections || height <= 0) {
        return std::nullopt;
    }
    const TrackPoint* last = seen.front();
    const TrackPoint* first = seen.back();
    if (last->time - first->time < window / 2) {
        return std::nullopt;
    }
    const Point from = first->box.foot();
    const Point to = last->box.foot();
    const float across = to.x - from.x;
    const float low = to.y - from.y;
    const float high = last->box.y - first->box.y;
    const bool agree = low * high > 0;
    const float along = !agree ? 0 : std::abs(low) < std::abs(high) ? low : high;
    const float way = std::hypot(across, along);
    const auto seconds = static_cast<float>(to_seconds(last->time - first->time));
    Pace pace{
        .speed = way / height / seconds, .direction = {}, .spanned = last->time - first->time
    };
    if (way > 0) {
        pace.direction = {across / way, along / way};
    }
    return pace;
}

bool is_riding(const Track& person, std::span<const Track> tracks) {
    return std::ranges::any_of(tracks, [&](const Track& other) {
        const bool is_ridden =
            other.cls == ObjectClass::Bicycle || other.cls == ObjectClass::Motorcycle;
        return is_ridden && intersection(person.box, other.box).area() > kRides * person.box.area();
    });
}

}  // namespace bongsu::behaviours
