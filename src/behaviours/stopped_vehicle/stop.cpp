#include "behaviours/stopped_vehicle/stop.hpp"

#include <algorithm>
#include <utility>

namespace bongsu::behaviours::stopped_vehicle {
namespace {

constexpr std::size_t kMost = 64;
constexpr std::size_t kMostNumbers = 8;
/// Another number at so much of the same place is the same vehicle.
constexpr float kSamePlace = 0.4F;
/// One box that is off may be half hidden by a passing bus; two have moved.
constexpr int kDisplacedNeeded = 2;
/// A gap between looks counts at most as much as time in which it was missed.
constexpr Duration kLongestMiss = std::chrono::seconds{1};

bool watches(const std::vector<ObjectClass>& classes, const Track& track) {
    return track.state == TrackState::Confirmed &&
           std::ranges::find(classes, track.cls) != classes.end();
}

float displacement(const Box& a, const Box& b) {
    return distance(a.centre(), b.centre()) / std::max({a.w, a.h, 1.0F});
}

void begin_anew(Stop& stop, const Box& box, WallTime now) {
    stop.box = box;
    stop.since = now;
    stop.sightings = 0;
    stop.displaced = 0;
    stop.is_queued = false;
}

}  // namespace

std::vector<Stop> Stops::update(
    const Scene& scene,
    const traffic::Road& road,
    const std::vector<ObjectClass>& classes,
    const Limits& limits
) {
    ended_.clear();
    const Duration elapsed =
        std::clamp<Duration>(scene.time - last_.value_or(scene.time), Duration{0}, kLongestMiss);
    last_ = scene.time;
    for (const Track& track : scene.tracks) {
        if (!watches(classes, track)) {
            continue;
        }
        if (const auto zone = traffic::area_at(road, scene, track.box, 0)) {
            observe(scene, track, *zone, limits);
        }
    }
    std::erase_if(open_, [&](Stop& stop) {
        if (stop.seen != scene.time && scene.has_detections) {
            stop.missed += elapsed;
        }
        if (stop.missed <= limits.gap) {
            return false;
        }
        ended_.push_back(std::move(stop));
        return true;
    });
    return std::exchange(ended_, {});
}

void Stops::observe(
    const Scene& scene, const Track& track, const ZoneId& zone, const Limits& limits
) {
    Stop* stop = find(scene, track);
    if (stop == nullptr) {
        if (open_.size() < kMost) {
            open_.push_back(
                {.tracks = {track.id},
                 .zone = zone,
                 .box = track.box,
                 .since = scene.time,
                 .seen = scene.time,
                 .score = track.score,
                 .sightings = 1}
            );
        }
        return;
    }
    if (stop->tracks.back() != track.id && stop->tracks.size() < kMostNumbers) {
        stop->tracks.push_back(track.id);
    }
    stop->seen = scene.time;
    stop->missed = Duration{0};
    stop->score = track.score;
    stop->displaced = displacement(stop->box, track.box) > limits.moved ? stop->displaced + 1 : 0;
    if (stop->displaced >= kDisplacedNeeded) {
        if (stop->episode != EpisodeId{}) {
            ended_.push_back(*stop);
        }
        stop->episode = EpisodeId{};
        stop->zone = zone;
        begin_anew(*stop, track.box, scene.time);
    }
    ++stop->sightings;
}

Stop* Stops::find(const Scene& scene, const Track& track) {
    const auto known = std::ranges::find_if(open_, [&](const Stop& stop) {
        return stop.tracks.back() == track.id;
    });
    if (known != open_.end()) {
        return &*known;
    }
    const auto same_place = std::ranges::find_if(open_, [&](const Stop& stop) {
        const bool is_elsewhere = std::ranges::any_of(scene.tracks, [&](const Track& other) {
            return other.id == stop.tracks.back() && other.state == TrackState::Confirmed;
        });
        return !is_elsewhere && iou(stop.box, track.box) >= kSamePlace;
    });
    return same_place != open_.end() ? &*same_place : nullptr;
}

}  // namespace bongsu::behaviours::stopped_vehicle
